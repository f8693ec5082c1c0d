package io.github.anople.core.image;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * An immutable picture of 8-bit red, green and blue samples, no alpha, rows from top to bottom.
 *
 * <p>A value: two pictures with the same size and samples are equal. Safe to share between threads.
 */
public final class RgbImage {

  static final int BANDS = 3;

  /** The largest picture one Java array of interleaved samples holds. */
  static final long MAX_PIXELS = (Integer.MAX_VALUE - 8) / BANDS;

  private final int width;
  private final int height;
  private final byte[] samples;

  private RgbImage(int width, int height, byte[] samples) {
    this.width = width;
    this.height = height;
    this.samples = samples;
  }

  /**
   * A picture from a copy of its samples.
   *
   * @param width columns, at least 1
   * @param height rows, at least 1
   * @param interleavedRgb {@code [height, width, 3]}, red first, each byte unsigned
   * @return the picture
   * @throws IllegalArgumentException if a side is not positive, or the array's length is not {@code
   *     3 * width * height}
   */
  public static RgbImage of(int width, int height, byte[] interleavedRgb) {
    return adopt(width, height, interleavedRgb.clone());
  }

  /**
   * A picture from one that is already in memory, for example a camera's frame. Its samples are
   * taken as they are stored: alpha is dropped, grey repeated, 16 bits keep their high byte, a
   * palette is looked up, and no colour profile is applied. A picture of another colour model
   * (CMYK) is to be converted by the caller first.
   *
   * @param image the picture, of one or two bands (grey) or of three or four (RGB), or with a
   *     palette
   * @return the same pixels
   * @throws IllegalArgumentException if its samples are not unsigned integers
   */
  public static RgbImage of(BufferedImage image) {
    return of(image, OptionalInt.empty());
  }

  /**
   * The same of a camera that puts fewer bits into the low ones of 16: 10, 12 or 14.
   *
   * @param image the picture
   * @param bitDepth how many of 16 bits its samples use, 8 to 16; of samples of 8 bits nothing
   *     changes
   * @return the same pixels
   * @throws IllegalArgumentException if its samples are not unsigned integers, a sample has more
   *     bits than that, or nobody could use so many
   */
  public static RgbImage of(BufferedImage image, int bitDepth) {
    if (bitDepth < Byte.SIZE || bitDepth > Short.SIZE) {
      throw new IllegalArgumentException("a bit depth of " + bitDepth + ", which is not 8 to 16");
    }
    return of(image, OptionalInt.of(bitDepth));
  }

  private static RgbImage of(BufferedImage image, OptionalInt bitDepth) {
    try {
      Raster raster = image.getRaster();
      RgbImage adopted = Rasters.toRgb(raster, image.getColorModel(), Reading.ofPicture(bitDepth));
      // The fast path hands over the raster's own array, which the caller may go on drawing into.
      return adopt(adopted.width, adopted.height, adopted.samples.clone());
    } catch (ImageException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /** As {@link #of}, but keeps the array: the caller must never write to it again. */
  static RgbImage adopt(int width, int height, byte[] interleavedRgb) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          "a picture of " + width + " x " + height + " pixels; both sides must be at least 1");
    }
    if (interleavedRgb.length != (long) BANDS * width * height) {
      throw new IllegalArgumentException(
          String.format(
              "%d samples for a picture of %d x %d pixels, which has %d",
              interleavedRgb.length, width, height, (long) BANDS * width * height));
    }
    return new RgbImage(width, height, interleavedRgb);
  }

  /**
   * How wide the picture is.
   *
   * @return columns
   */
  public int width() {
    return width;
  }

  /**
   * How high the picture is.
   *
   * @return rows
   */
  public int height() {
    return height;
  }

  /**
   * How much memory the samples take.
   *
   * @return bytes
   */
  public long bytes() {
    return (long) BANDS * width * height;
  }

  /**
   * One sample.
   *
   * @param x column, from the left
   * @param y row, from the top
   * @return red, 0 to 255
   * @throws IndexOutOfBoundsException if the pixel lies outside the picture
   */
  public int red(int x, int y) {
    return samples[index(x, y)] & 0xff;
  }

  /**
   * One sample.
   *
   * @param x column, from the left
   * @param y row, from the top
   * @return green, 0 to 255
   * @throws IndexOutOfBoundsException if the pixel lies outside the picture
   */
  public int green(int x, int y) {
    return samples[index(x, y) + 1] & 0xff;
  }

  /**
   * One sample.
   *
   * @param x column, from the left
   * @param y row, from the top
   * @return blue, 0 to 255
   * @throws IndexOutOfBoundsException if the pixel lies outside the picture
   */
  public int blue(int x, int y) {
    return samples[index(x, y) + 2] & 0xff;
  }

  private int index(int x, int y) {
    return BANDS * (Objects.checkIndex(y, height) * width + Objects.checkIndex(x, width));
  }

  /**
   * All samples.
   *
   * @return a copy, {@code [height, width, 3]}, red first, each byte unsigned
   */
  public byte[] pixels() {
    return samples.clone();
  }

  /**
   * A part of the picture.
   *
   * @param left its first column
   * @param top its first row
   * @param columns how many, at least 1
   * @param rows how many, at least 1
   * @return a copy; this picture itself where it is all of it
   * @throws IllegalArgumentException if it is empty
   * @throws IndexOutOfBoundsException if it reaches outside
   */
  public RgbImage part(int left, int top, int columns, int rows) {
    Objects.checkFromIndexSize(left, columns, width);
    Objects.checkFromIndexSize(top, rows, height);
    if (columns == width && rows == height) {
      return this;
    }
    byte[] part = new byte[Math.multiplyExact(BANDS * columns, rows)];
    for (int y = 0; y < rows; y++) {
      System.arraycopy(
          samples, BANDS * ((top + y) * width + left), part, BANDS * y * columns, BANDS * columns);
    }
    return of(columns, rows, part);
  }

  /** The samples themselves: for reading only. */
  byte[] raw() {
    return samples;
  }

  /**
   * The samples as planes of numbers, the form in which simulated defects are drawn.
   *
   * @return {@code [3, height, width]}, each sample divided by 255, in [0, 1]
   */
  public float[] toPlanar() {
    int plane = width * height;
    float[] planar = new float[samples.length];
    for (int i = 0, from = 0; i < plane; i++, from += BANDS) {
      planar[i] = (samples[from] & 0xff) / 255f;
      planar[plane + i] = (samples[from + 1] & 0xff) / 255f;
      planar[2 * plane + i] = (samples[from + 2] & 0xff) / 255f;
    }
    return planar;
  }

  /**
   * Puts the samples into a caller's memory as planes of bytes, at the buffer's position, which
   * moves on; several pictures one after the other make a batch.
   *
   * @param target takes {@code [3, height, width]}: the plane of red, then green, then blue
   * @throws java.nio.BufferOverflowException if fewer bytes remain
   */
  public void putPlanar(ByteBuffer target) {
    byte[] plane = new byte[width * height];
    for (int band = 0; band < BANDS; band++) {
      for (int i = 0, from = band; i < plane.length; i++, from += BANDS) {
        plane[i] = samples[from];
      }
      target.put(plane);
    }
  }

  /**
   * The picture for Java's own drawing and writing.
   *
   * @return a copy, of type {@link BufferedImage#TYPE_INT_RGB}
   */
  public BufferedImage toBufferedImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0, from = 0; y < height; y++) {
      for (int x = 0; x < width; x++, from += BANDS) {
        row[x] =
            (samples[from] & 0xff) << 16
                | (samples[from + 1] & 0xff) << 8
                | (samples[from + 2] & 0xff);
      }
      image.getRaster().setDataElements(0, y, width, 1, row);
    }
    return image;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof RgbImage that
        && width == that.width
        && height == that.height
        && Arrays.equals(samples, that.samples);
  }

  @Override
  public int hashCode() {
    return Objects.hash(width, height, Arrays.hashCode(samples));
  }

  @Override
  public String toString() {
    return "RgbImage[" + width + " x " + height + "]";
  }
}
