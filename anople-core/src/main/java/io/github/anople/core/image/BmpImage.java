package io.github.anople.core.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/**
 * A Windows or OS/2 bitmap: palettes, 16, 24 and 32 bits, run lengths; no embedded JPEG or PNG.
 *
 * <p>The decoder never sees the file's own headers, which come in seven sizes and hold much that is
 * to be ignored: it gets the oldest Windows header, the masks where they count, the palette and the
 * pixels.
 */
record BmpImage(long width, long height, int heapPerPixel, BmpHeader header, ByteBuffer file)
    implements EncodedImage {

  static final int FILE_HEADER = 14;
  static final int INFO_HEADER = 40;
  static final int UNCOMPRESSED = 0;
  static final int BIT_FIELDS = 3;

  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int ALPHA_BIT_FIELDS = 6;
  private static final Set<Integer> MASKED = Set.of(BIT_FIELDS, ALPHA_BIT_FIELDS);

  static boolean matches(byte[] file) {
    return file.length >= 2 && file[0] == 'B' && file[1] == 'M';
  }

  static BmpImage parse(ByteBuffer bytes, Reading reading) throws ImageException {
    ByteBuffer file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    BmpHeader header = BmpHeader.parse(file, reading);
    check(header.bits(), header.compression());
    boolean packed = packed(header.compression());
    long needed = packed ? 1 : header.leastBytes();
    if (header.pixelsAt() + needed > file.limit()) {
      throw ImageException.truncated(
          "its pixels need "
              + needed
              + " bytes from byte "
              + header.pixelsAt()
              + " on, and the file has "
              + file.limit());
    }
    if (!packed && header.pixelsAt() + header.rowBytes() * header.rows() > file.limit()) {
      reading.repaired("lacks the filling behind its last row");
    }
    return new BmpImage(
        header.width(), header.rows(), Math.max(1, header.bits() / 8), header, file);
  }

  static boolean masked(int compression) {
    return MASKED.contains(compression);
  }

  static boolean packed(int compression) {
    return compression == RLE8 || compression == RLE4;
  }

  private static void check(int bits, int compression) throws ImageException {
    boolean sound =
        switch (bits) {
          case 1, 2, 24 -> compression == UNCOMPRESSED;
          case 4 -> compression == UNCOMPRESSED || compression == RLE4;
          case 8 -> compression == UNCOMPRESSED || compression == RLE8;
          case 16, 32 -> compression == UNCOMPRESSED || masked(compression);
          default -> false;
        };
    if (!sound) {
      throw ImageException.unsupported(
          "it is a BMP with " + bits + " bits per pixel and compression " + compression);
    }
  }

  @Override
  public Orientation orientation() {
    return Orientation.UPRIGHT;
  }

  @Override
  public RgbImage decode(Reading reading) throws IOException {
    BufferedImage image = Codec.BMP.read(header.rewritten(file));
    return Rasters.toRgb(image.getRaster(), image.getColorModel(), reading);
  }
}
