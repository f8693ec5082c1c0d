package io.github.anople.core.image;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * A TIFF file: its first page, strips or tiles, grey, palette, RGB, YCbCr and CMYK of 1 to 16 bits.
 *
 * <p>Strips and tiles with JPEG inside are decoded by {@link TiffJpeg}, everything else by the
 * library, from a directory that holds only the tags that carry the picture.
 */
record TiffImage(
    TiffDirectory directory, ByteBuffer file, TiffLayout layout, Orientation orientation)
    implements EncodedImage {

  private static final Set<Integer> IMAGE_TAGS =
      Set.of(
          256, 257, 258, 259, 262, 266, 273, 277, 278, 279, 284, 292, 293, 317, 320, 322, 323, 324,
          325, 338, 339, 529, 530, 531, 532);

  static boolean matches(byte[] file) {
    if (file.length < 4) {
      return false;
    }
    // A byte order, and 42 or 43 in that order.
    int little = file[0] == 'I' && file[1] == 'I' && file[3] == 0 ? file[2] : 0;
    int big = file[0] == 'M' && file[1] == 'M' && file[2] == 0 ? file[3] : 0;
    return (little | big) == 42 || (little | big) == 43;
  }

  static TiffImage parse(ByteBuffer file) throws ImageException {
    TiffDirectory directory = TiffDirectory.parse(file);
    TiffLayout layout = TiffLayout.of(directory, file.limit());
    return new TiffImage(directory, file, layout, Orientation.ofDirectory(directory));
  }

  @Override
  public long width() {
    return layout.width();
  }

  @Override
  public long height() {
    return layout.height();
  }

  @Override
  public int heapPerPixel() {
    return layout.samples() * (layout.bits() > 8 ? 2 : 1);
  }

  @Override
  public RgbImage decode() throws IOException {
    return decode(Rasters::toRgb);
  }

  @Override
  public RgbImage decodeMarks() throws IOException {
    return decode(Rasters::toMarks);
  }

  private interface Conversion {
    RgbImage of(Raster raster, ColorModel colors) throws ImageException;
  }

  private RgbImage decode(Conversion conversion) throws IOException {
    layout.checkParts();
    if (layout.compression() == TiffLayout.JPEG) {
      return TiffJpeg.decode(layout, file, directory.bytes(TiffLayout.JPEG_TABLES));
    }
    BufferedImage image = Codec.TIFF.read(directory.rewritten(IMAGE_TAGS));
    if (layout.photometric() == TiffLayout.SEPARATED) {
      byte[] inks = Rasters.interleaved(image.getRaster(), 0, 1, 2, 3);
      return Inks.toRgb(image.getWidth(), image.getHeight(), inks);
    }
    return conversion.of(image.getRaster(), image.getColorModel());
  }
}
