package io.github.anople.core.detect;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.util.Arrays;

/**
 * A map of anomaly scores over the whole of a picture, [height, width]: one float a pixel of the
 * detector's input, which is a square unless it looks at a picture in tiles. Larger is more
 * anomalous. Immutable.
 */
public final class ScoreMap {

  private static final int WHITE = 65535;

  private final int height;
  private final int width;
  private final float[] values;

  private ScoreMap(int height, int width, float[] values) {
    this.height = height;
    this.width = width;
    this.values = values;
  }

  /**
   * A square map of those values.
   *
   * @param side width and height in pixels, at least 1
   * @param values side × side finite numbers, row-major; copied
   * @return the map
   * @throws IllegalArgumentException if the number of values differs, or one is not finite
   */
  public static ScoreMap of(int side, float[] values) {
    return of(side, side, values);
  }

  /**
   * A map of those values.
   *
   * @param height rows, at least 1
   * @param width columns, at least 1
   * @param values height × width finite numbers, row-major; copied
   * @return the map
   * @throws IllegalArgumentException if the number of values differs, or one is not finite
   */
  public static ScoreMap of(int height, int width, float[] values) {
    if (height < 1 || width < 1 || values.length != (long) height * width) {
      throw new IllegalArgumentException(
          values.length
              + " values do not make a map of "
              + height
              + " rows and "
              + width
              + " columns: give height x width of them");
    }
    return owned(height, width, values.clone());
  }

  /** The same without a copy: nobody else may know the values. */
  static ScoreMap owned(int height, int width, float[] values) {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new IllegalArgumentException(
            "the map's value at row " + i / width + ", column " + i % width + " is " + values[i]);
      }
    }
    return new ScoreMap(height, width, values);
  }

  /**
   * Rows.
   *
   * @return pixels
   */
  public int height() {
    return height;
  }

  /**
   * Columns.
   *
   * @return pixels
   */
  public int width() {
    return width;
  }

  /**
   * One value.
   *
   * @param row from 0 at the top
   * @param column from 0 at the left
   * @return the score there
   * @throws IndexOutOfBoundsException if it is outside the map
   */
  public float at(int row, int column) {
    if (column < 0 || column >= width) {
      throw new IndexOutOfBoundsException("column " + column + " of a map of " + width);
    }
    return values[row * width + column];
  }

  /**
   * The largest value.
   *
   * @return the score of the most anomalous pixel
   */
  public float max() {
    float max = values[0];
    for (float value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  /**
   * All values.
   *
   * @return a copy, [height, width] row-major
   */
  public float[] toArray() {
    return values.clone();
  }

  /** The values themselves: for reading only. */
  float[] raw() {
    return values;
  }

  /**
   * The map as a greyscale picture for other programs to measure with: value v is stored as
   * round(65535 v), v cut to [0, 1] first, so that v = stored / 65535 within 1/131070. One scale
   * for every map, none is stretched, and no gamma is applied.
   *
   * @return [height, width] pixels of 16 bits
   */
  public BufferedImage greyImage() {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_USHORT_GRAY);
    // Straight into the raster: setRGB would convert to linear grey.
    short[] pixels = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (short) Math.round(Math.max(0, Math.min(values[i], 1)) * WHITE);
    }
    return image;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreMap map
        && map.height == height
        && map.width == width
        && Arrays.equals(map.values, values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "ScoreMap[" + width + " x " + height + ", max " + max() + "]";
  }
}
