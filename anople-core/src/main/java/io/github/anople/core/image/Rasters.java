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
  static RgbImage toRgb(Raster raster, ColorModel colors) throws ImageException {
    return toRgb(raster, colors, Rasters::to8Bits);
  }

  /** As {@link #toRgb}, but samples of more than 8 bits that are not zero stay so. */
  static RgbImage toMarks(Raster raster, ColorModel colors) throws ImageException {
    return toRgb(
        raster, colors, (sample, depth) -> sample == 0 ? 0 : Math.max(1, to8Bits(sample, depth)));
  }

  private static RgbImage toRgb(Raster raster, ColorModel colors, IntBinaryOperator narrowing)
      throws ImageException {
    int bands = raster.getNumBands();
    if (colors instanceof IndexColorModel palette) {
      return lookUp(raster, palette);
    }
    int[] sources = bands < RgbImage.BANDS ? new int[] {0, 0, 0} : new int[] {0, 1, 2};
    return RgbImage.adopt(
        raster.getWidth(), raster.getHeight(), interleaved(raster, narrowing, sources));
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

  private static RgbImage lookUp(Raster raster, IndexColorModel palette) throws ImageException {
    int width = raster.getWidth();
    int height = raster.getHeight();
    int[] colors = new int[palette.getMapSize()];
    palette.getRGBs(colors);
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
