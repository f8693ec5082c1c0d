package io.github.anople.core.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** A Windows or OS/2 bitmap: palettes, 16, 24 and 32 bits, run lengths; no embedded JPEG or PNG. */
record BmpImage(long width, long height, int heapPerPixel, ByteBuffer file)
    implements EncodedImage {

  private static final int FILE_HEADER = 14;
  private static final int CORE_HEADER = 12;
  private static final int INFO_HEADER = 40;
  private static final int UNCOMPRESSED = 0;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final Set<Integer> BIT_FIELDS = Set.of(3, 6);

  static boolean matches(byte[] file) {
    return file.length >= 2 && file[0] == 'B' && file[1] == 'M';
  }

  static BmpImage parse(ByteBuffer bytes) throws ImageException {
    ByteBuffer file = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    if (file.limit() < FILE_HEADER + CORE_HEADER) {
      throw ImageException.truncated("its header is cut short");
    }
    int header = file.getInt(FILE_HEADER);
    if (header != CORE_HEADER && (header < INFO_HEADER || header > 124)) {
      throw ImageException.unsupported("its header of " + header + " bytes is not a BMP header");
    }
    if (FILE_HEADER + header > file.limit()) {
      throw ImageException.truncated("its header is cut short");
    }
    boolean core = header == CORE_HEADER;
    long width = core ? file.getShort(18) & 0xffff : file.getInt(18);
    // Negative heights mean that rows come from the top.
    long height = core ? file.getShort(20) & 0xffff : Math.abs((long) file.getInt(22));
    int bits = file.getShort(core ? 24 : 28);
    int compression = core ? UNCOMPRESSED : file.getInt(30);
    check(bits, compression);
    long pixelsAt = file.getInt(10) & 0xffff_ffffL;
    boolean packed = compression == RLE8 || compression == RLE4;
    long needed = packed ? 1 : (width * bits + 31) / 32 * 4 * height;
    if (pixelsAt + needed > file.limit()) {
      throw ImageException.truncated(
          "its pixels need "
              + needed
              + " bytes from byte "
              + pixelsAt
              + " on, and the file has "
              + file.limit());
    }
    return new BmpImage(width, height, Math.max(1, bits / 8), bytes);
  }

  private static void check(int bits, int compression) throws ImageException {
    boolean sound =
        switch (bits) {
          case 1, 2, 24 -> compression == UNCOMPRESSED;
          case 4 -> compression == UNCOMPRESSED || compression == RLE4;
          case 8 -> compression == UNCOMPRESSED || compression == RLE8;
          case 16, 32 -> compression == UNCOMPRESSED || BIT_FIELDS.contains(compression);
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
  public RgbImage decode() throws IOException {
    BufferedImage image = Codec.BMP.read(file);
    return Rasters.toRgb(image.getRaster(), image.getColorModel());
  }
}
