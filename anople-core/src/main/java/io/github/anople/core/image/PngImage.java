package io.github.anople.core.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.zip.CRC32;

/**
 * A PNG file. Its critical chunks are checked against their checksums and handed on; ancillary ones
 * (transparency, gamma, profiles, texts, animation) never reach the decoder, EXIF is looked into
 * for the orientation. (ISO/IEC 15948, clause 5.)
 */
record PngImage(
    long width, long height, int heapPerPixel, Orientation orientation, ByteBuffer imageOnly)
    implements EncodedImage {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int CHUNK_OVERHEAD = 12;
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504c5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;
  private static final int EXIF = 0x65584966;
  private static final Set<Integer> KEPT = Set.of(IHDR, PLTE, IDAT, IEND);

  static boolean matches(byte[] file) {
    return file.length >= SIGNATURE.length
        && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static PngImage parse(ByteBuffer file) throws ImageException {
    ByteBuffer kept = ByteBuffer.allocate(file.limit()).put(SIGNATURE);
    Orientation orientation = Orientation.UPRIGHT;
    int type = 0;
    for (int at = SIGNATURE.length; type != IEND; ) {
      int length = chunkLength(file, at);
      type = file.getInt(at + 4);
      if ((at == SIGNATURE.length) != (type == IHDR)) {
        throw ImageException.damaged("its header chunk is missing or out of place");
      }
      if (KEPT.contains(type)) {
        checkSum(file, at, length);
        kept.put(file.slice(at, CHUNK_OVERHEAD + length));
      } else if (type == EXIF) {
        orientation = Orientation.ofExif(file.slice(at + 8, length));
      } else if (((type >>> 24) & 0x20) == 0) {
        // A lower-case first letter marks a chunk that may be skipped.
        throw ImageException.damaged("it has an unknown critical chunk");
      }
      at += CHUNK_OVERHEAD + length;
    }
    return header(kept.flip(), orientation);
  }

  private static int chunkLength(ByteBuffer file, int at) throws ImageException {
    if (at + CHUNK_OVERHEAD > file.limit()) {
      throw ImageException.truncated("it ends before its last chunk, at byte " + file.limit());
    }
    long length = file.getInt(at) & 0xffff_ffffL;
    if (at + CHUNK_OVERHEAD + length > file.limit()) {
      throw ImageException.truncated(
          "the chunk at byte " + at + " claims " + length + " bytes, more than the file has");
    }
    return (int) length;
  }

  private static void checkSum(ByteBuffer file, int at, int length) throws ImageException {
    CRC32 sum = new CRC32();
    sum.update(file.slice(at + 4, length + 4));
    if ((int) sum.getValue() != file.getInt(at + 8 + length)) {
      throw ImageException.damaged("the chunk at byte " + at + " fails its checksum");
    }
  }

  private static PngImage header(ByteBuffer imageOnly, Orientation orientation)
      throws ImageException {
    int at = SIGNATURE.length;
    if (imageOnly.getInt(at) != 13) {
      throw ImageException.damaged("its header chunk has the wrong length");
    }
    int depth = imageOnly.get(at + 16);
    int bands =
        switch (imageOnly.get(at + 17)) {
          case 0, 3 -> 1;
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> throw ImageException.damaged("its header names no PNG colour type");
        };
    return new PngImage(
        imageOnly.getInt(at + 8),
        imageOnly.getInt(at + 12),
        depth > 8 ? 2 * bands : bands,
        orientation,
        imageOnly);
  }

  @Override
  public RgbImage decode() throws IOException {
    BufferedImage image = Codec.PNG.read(imageOnly);
    return Rasters.toRgb(image.getRaster(), image.getColorModel());
  }

  @Override
  public RgbImage decodeMarks() throws IOException {
    BufferedImage image = Codec.PNG.read(imageOnly);
    return Rasters.toMarks(image.getRaster(), image.getColorModel());
  }
}
