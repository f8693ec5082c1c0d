package io.github.anople.core.image;

import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;

/** TIFF strips or tiles that are JPEG streams with shared tables: grey, RGB or YCbCr. */
final class TiffJpeg {

  private TiffJpeg() {}

  static RgbImage decode(TiffLayout layout, ByteBuffer file, ByteBuffer tables, Reading reading)
      throws IOException {
    JpegColors colors = colors(layout);
    int width = (int) layout.width();
    byte[] image = new byte[RgbImage.BANDS * width * (int) layout.height()];
    int across = (int) layout.across();
    for (int part = 0; part < across * layout.down(); part++) {
      ByteBuffer stream = file.slice((int) layout.offset(part), (int) layout.length(part));
      int left = (int) (part % across * layout.partWidth());
      int top = (int) (part / across * layout.partHeight());
      int columns = (int) Math.min(layout.partWidth(), width - left);
      int rows = (int) Math.min(layout.partHeight(), layout.height() - top);
      RgbImage tile = tile(layout, JpegStream.parse(stream, tables), colors, reading);
      if (tile.width() < columns || tile.height() < rows) {
        throw ImageException.damaged("TIFF strip or tile " + (part + 1) + " is too small");
      }
      for (int y = 0; y < rows; y++) {
        System.arraycopy(
            tile.raw(),
            RgbImage.BANDS * y * tile.width(),
            image,
            RgbImage.BANDS * ((top + y) * width + left),
            RgbImage.BANDS * columns);
      }
    }
    return RgbImage.adopt(width, (int) layout.height(), image);
  }

  private static JpegColors colors(TiffLayout layout) throws ImageException {
    return switch (layout.planar() ? -1 : layout.photometric()) {
      case TiffLayout.BLACK_IS_ZERO -> JpegColors.GREY;
      case TiffLayout.RGB -> JpegColors.RGB;
      case TiffLayout.YCBCR -> JpegColors.YCBCR;
      default ->
          throw ImageException.unsupported("it is a JPEG-compressed TIFF that is not grey or RGB");
    };
  }

  private static RgbImage tile(
      TiffLayout layout, JpegStream stream, JpegColors colors, Reading reading) throws IOException {
    // Encoders round tiles up to whole blocks; anything larger is an attempt on the memory.
    if (stream.width() > layout.partWidth() + 16 || stream.height() > layout.partHeight() + 16) {
      throw ImageException.damaged(
          "a TIFF strip or tile claims " + stream.width() + " x " + stream.height() + " pixels");
    }
    if (stream.components() != (colors == JpegColors.GREY ? 1 : RgbImage.BANDS)) {
      throw ImageException.damaged("a TIFF strip or tile has the wrong number of colours");
    }
    Raster raster = JpegDamage.raster(stream, reading);
    int[] all = IntStream.range(0, stream.components()).toArray();
    return colors.toRgb(raster.getWidth(), raster.getHeight(), Rasters.interleaved(raster, all));
  }
}
