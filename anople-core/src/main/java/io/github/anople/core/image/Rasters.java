package io.github.anople.core.image;

import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;

/**
 * From what decoders give to 8-bit RGB, sample by sample: {@link
 * java.awt.image.BufferedImage#getRGB} would convert between colour spaces, which brightens grey.
 */
final class Rasters {

  private Rasters() {}

  /**
   * The picture in a raster. One or two bands are grey (and alpha), three or four RGB (and alpha);
   * alpha is dropped. May take over the raster's own array.
   */
  static RgbImage toRgb(Raster raster, ColorModel colors, Reading reading) throws ImageException {
    if (colors instanceof IndexColorModel palette) {
      int[] entries = new int[palette.getMapSize()];
      palette.getRGBs(entries);
      return lookUp(raster, entries);
    }
    int[] sources = sources(raster);
    IntBinaryOperator narrowing = narrowing(raster, sources, reading);
    return RgbImage.adopt(
        raster.getWidth(), raster.getHeight(), interleaved(raster, narrowing, sources));
  }

  private static int[] sources(Raster raster) {
    return raster.getNumBands() < RgbImage.BANDS ? new int[] {0, 0, 0} : new int[] {0, 1, 2};
  }

  /** How a sample of so many bits becomes 8: those of 16 may use only their low ones. */
  private static IntBinaryOperator narrowing(Raster raster, int[] sources, Reading reading)
      throws ImageException {
    if (reading.marks()) {
      return (sample, size) -> sample == 0 ? 0 : Math.max(1, to8Bits(sample, size));
    }
    if (raster.getSampleModel().getSampleSize(0) != Short.SIZE) {
      return Rasters::to8Bits;
    }
    int bands = sources[1] == 0 ? 1 : sources.length;
    int depth = reading.depth().of(new WideSamples(raster, bands), reading);
    return (sample, size) -> to8Bits(sample, size == Short.SIZE ? depth : size);
  }

  /**
   * The chosen bands as 8-bit samples, {@code [height, width, sources.length]}. May be the raster's
   * own array.
   */
  static byte[] interleaved(Raster raster, int... sources) throws ImageException {
    return interleaved(raster, Rasters::to8Bits, sources);
  }

  private static byte[] interleaved(Raster raster, IntBinaryOperator narrowing, int... sources)
      throws ImageException {
    int type = raster.getTransferType();
    if (type != DataBuffer.TYPE_BYTE
        && type != DataBuffer.TYPE_USHORT
        && type != DataBuffer.TYPE_INT) {
      throw ImageException.unsupported("its samples are not unsigned whole numbers");
    }
    if (raster.getDataBuffer() instanceof DataBufferByte buffer
        && buffer.getNumBanks() == 1
        && buffer.getOffset() == 0
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel layout
        && raster.getParent() == null
        && layout.getSampleSize(0) == 8) {
      return fromBytes(buffer.getData(), layout, raster.getWidth(), raster.getHeight(), sources);
    }
    return fromSamples(raster, narrowing, sources);
  }

  private static byte[] fromBytes(
      byte[] from, PixelInterleavedSampleModel layout, int width, int height, int[] sources) {
    int[] bands = layout.getBandOffsets();
    int[] offsets = Arrays.stream(sources).map(source -> bands[source]).toArray();
    int stride = layout.getPixelStride();
    int out = sources.length;
    boolean tight =
        stride == out
            && layout.getScanlineStride() == width * out
            && from.length == width * height * out;
    if (tight && inOrder(offsets)) {
      return from;
    }
    byte[] to = new byte[width * height * out];
    for (int y = 0, at = 0; y < height; y++) {
      int source = y * layout.getScanlineStride();
      for (int x = 0; x < width; x++, source += stride) {
        for (int offset : offsets) {
          to[at++] = from[source + offset];
        }
      }
    }
    return to;
  }

  private static boolean inOrder(int[] offsets) {
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] != i) {
        return false;
      }
    }
    return true;
  }

  private static byte[] fromSamples(Raster raster, IntBinaryOperator narrowing, int[] sources)
      throws ImageException {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] to = new byte[width * height * sources.length];
    int[] row = new int[width];
    for (int band = 0; band < sources.length; band++) {
      int depth = raster.getSampleModel().getSampleSize(sources[band]);
      if (depth < 1) {
        throw ImageException.damaged("one of its colours has no bits");
      }
      for (int y = 0, at = band; y < height; y++) {
        raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, sources[band], row);
        for (int x = 0; x < width; x++, at += sources.length) {
          to[at] = (byte) narrowing.applyAsInt(row[x], depth);
        }
      }
    }
    return to;
  }

  /** Fewer bits are stretched to 0..255, more keep their highest eight: as Pillow does. */
  private static int to8Bits(int sample, int depth) {
    return depth > 8 ? sample >>> (depth - 8) : sample * 255 / ((1 << depth) - 1);
  }

  /** Every sample taken from the largest one. */
  static RgbImage inverted(RgbImage image) {
    byte[] samples = image.pixels();
    for (int i = 0; i < samples.length; i++) {
      samples[i] ^= (byte) 0xff;
    }
    return RgbImage.adopt(image.width(), image.height(), samples);
  }

  /**
   * Colours that were multiplied with an alpha, divided by it again: as Pillow does, in 8 bits, cut
   * at 255; where nothing is opaque there is no colour.
   *
   * @param image the colours
   * @param raster where they are from
   * @param band which of its bands is alpha
   */
  static RgbImage unmultiplied(RgbImage image, Raster raster, int band) throws ImageException {
    byte[] alpha = interleaved(raster, band);
    byte[] samples = image.pixels();
    for (int i = 0; i < samples.length; i++) {
      int opacity = alpha[i / RgbImage.BANDS] & 0xff;
      samples[i] = (byte) (opacity == 0 ? 0 : Math.min(255, (samples[i] & 0xff) * 255 / opacity));
    }
    return RgbImage.adopt(image.width(), image.height(), samples);
  }

  /** A picture whose first band has the numbers of colours, each 0xRRGGBB. */
  static RgbImage lookUp(Raster raster, int[] colors) throws ImageException {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] to = new byte[width * height * RgbImage.BANDS];
    int[] row = new int[width];
    for (int y = 0, at = 0; y < height; y++) {
      raster.getSamples(raster.getMinX(), raster.getMinY() + y, width, 1, 0, row);
      for (int x = 0; x < width; x++, at += RgbImage.BANDS) {
        if (row[x] >= colors.length) {
          throw ImageException.damaged(
              "a pixel has colour " + row[x] + " of a palette of " + colors.length);
        }
        int color = colors[row[x]];
        to[at] = (byte) (color >> 16);
        to[at + 1] = (byte) (color >> 8);
        to[at + 2] = (byte) color;
      }
    }
    return RgbImage.adopt(width, height, to);
  }
}
