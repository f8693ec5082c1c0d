package io.github.anople.core.image;

import io.github.anople.core.image.PictureNote.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * A PNG file. Its critical chunks are checked against their checksums and handed on; ancillary ones
 * (transparency, gamma, profiles, texts, animation) never reach the decoder; EXIF and texts are
 * looked into for the orientation, and three others for what a person should know. (ISO/IEC 15948,
 * clauses 5 and 11.)
 */
record PngImage(
    long width,
    long height,
    int heapPerPixel,
    Orientation orientation,
    int significantBits,
    boolean endless,
    ByteBuffer imageOnly)
    implements EncodedImage {

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  private static final int CHUNK_OVERHEAD = 12;
  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504c5445;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454e44;
  private static final int EXIF = 0x65584966;
  private static final int SIGNIFICANT_BITS = 0x73424954;
  private static final int ANIMATION = 0x6163544c;

  /** The end chunk, which is always the same. */
  private static final byte[] END = {
    0, 0, 0, 0, 'I', 'E', 'N', 'D', (byte) 0xae, 0x42, 0x60, (byte) 0x82
  };

  private static final Set<Integer> KEPT = Set.of(IHDR, PLTE, IDAT, IEND);

  static boolean matches(byte[] file) {
    return file.length >= SIGNATURE.length
        && Arrays.equals(file, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  static PngImage parse(ByteBuffer file, Reading reading) throws ImageException {
    ByteBuffer kept = ByteBuffer.allocate(file.limit() + END.length).put(SIGNATURE);
    Optional<Orientation> exif = Optional.empty();
    Optional<Orientation> text = Optional.empty();
    Optional<Orientation> xmp = Optional.empty();
    int significant = 0;
    int type = 0;
    boolean pixels = false;
    boolean endless = false;
    for (int at = SIGNATURE.length; type != IEND; ) {
      if (pixels && lacksEnd(file, at)) {
        endless = true;
        kept.put(END);
        break;
      }
      int length = chunkLength(file, at);
      type = file.getInt(at + 4);
      if ((at == SIGNATURE.length) != (type == IHDR)) {
        throw ImageException.damaged("its header chunk is missing or out of place");
      }
      ByteBuffer content = file.slice(at + 8, length);
      pixels |= type == IDAT;
      if (KEPT.contains(type)) {
        checkSum(file, at, length);
        kept.put(file.slice(at, CHUNK_OVERHEAD + length));
      } else if (type == EXIF) {
        exif = Orientation.ofExif(content);
      } else if (PngTexts.isText(type)) {
        int kind = type;
        text = text.or(() -> PngTexts.exif(kind, content));
        xmp = xmp.or(() -> PngTexts.xmp(kind, content));
      } else if (type == SIGNIFICANT_BITS) {
        significant = mostBits(content);
      } else if (type == ANIMATION) {
        noteFrames(content, reading);
      } else if (((type >>> 24) & 0x20) == 0) {
        // A lower-case first letter marks a chunk that may be skipped.
        throw ImageException.damaged("it has an unknown critical chunk");
      }
      at += CHUNK_OVERHEAD + length;
    }
    return header(
        kept.flip(),
        exif.or(or(text)).or(or(xmp)).orElse(Orientation.UPRIGHT),
        significant,
        endless);
  }

  /** Whether nothing follows but a part of the end chunk, or zeros that fill the file up. */
  private static boolean lacksEnd(ByteBuffer file, int at) {
    ByteBuffer rest = file.slice(at, file.limit() - at);
    boolean whole = rest.limit() >= END.length;
    if (whole && rest.getInt(4) == IEND) {
      return rest.getInt(0) == 0 && !rest.slice(0, END.length).equals(ByteBuffer.wrap(END));
    }
    return whole
        ? isZero(rest)
        : rest.equals(ByteBuffer.wrap(END, 0, rest.limit())) || isZero(rest);
  }

  private static boolean isZero(ByteBuffer bytes) {
    for (int i = 0; i < bytes.limit(); i++) {
      if (bytes.get(i) != 0) {
        return false;
      }
    }
    return true;
  }

  private static Supplier<Optional<Orientation>> or(Optional<Orientation> other) {
    return () -> other;
  }

  /** One number a colour: the largest counts. */
  private static int mostBits(ByteBuffer content) {
    int most = 0;
    for (int i = 0; i < Math.min(RgbImage.BANDS, content.limit()); i++) {
      most = Math.max(most, content.get(i) & 0xff);
    }
    return most;
  }

  private static void noteFrames(ByteBuffer content, Reading reading) {
    if (content.limit() >= 4 && content.getInt(0) > 1) {
      reading.note(
          Kind.FURTHER_PAGES,
          "has " + content.getInt(0) + " frames, of which the first alone was read");
    }
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

  private static PngImage header(
      ByteBuffer imageOnly, Orientation orientation, int significant, boolean endless)
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
        significant,
        endless,
        imageOnly);
  }

  @Override
  public RgbImage decode(Reading reading) throws IOException {
    reading.depth().significant(significantBits);
    BufferedImage image;
    try {
      image = Codec.PNG.read(imageOnly);
    } catch (IOException e) {
      throw endless
          ? ImageException.truncated("it has no end chunk, and its pixels are not all there")
          : e;
    }
    if (endless) {
      reading.repaired("has no end chunk, but all its rows");
    }
    return Rasters.toRgb(image.getRaster(), image.getColorModel(), reading);
  }
}
