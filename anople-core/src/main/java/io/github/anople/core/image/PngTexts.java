package io.github.anople.core.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * What a PNG's texts say of its orientation: ImageMagick keeps EXIF in them as hexadecimal digits,
 * others an XMP packet. A broken text says nothing. (ISO/IEC 15948, 11.3.4; EXIF's prefix {@code
 * APP1} is that of ImageMagick's older versions.)
 */
final class PngTexts {

  private static final int TEXT = 0x74455874;
  private static final int COMPRESSED = 0x7a545874;
  private static final int INTERNATIONAL = 0x69545874;
  private static final Set<Integer> TYPES = Set.of(TEXT, COMPRESSED, INTERNATIONAL);

  private static final Set<String> EXIF = Set.of("Raw profile type exif", "Raw profile type APP1");
  private static final String XMP = "XML:com.adobe.xmp";

  /** As much as Pillow unpacks; EXIF has 64 KiB at most. */
  private static final int LONGEST = 1 << 20;

  private PngTexts() {}

  static boolean isText(int type) {
    return TYPES.contains(type);
  }

  /** The EXIF block in a text chunk, if it is one. */
  static Optional<Orientation> exif(int type, ByteBuffer chunk) {
    return value(type, chunk, EXIF).flatMap(PngTexts::profile).flatMap(Orientation::ofExif);
  }

  /** The XMP packet in a text chunk, if it is one. */
  static Optional<Orientation> xmp(int type, ByteBuffer chunk) {
    return value(type, chunk, Set.of(XMP)).map(ByteBuffer::wrap).flatMap(Orientation::ofXmp);
  }

  /** The text under one of some keywords. */
  private static Optional<byte[]> value(int type, ByteBuffer chunk, Set<String> keywords) {
    ByteBuffer rest = chunk.slice();
    if (!keywords.contains(word(rest))) {
      return Optional.empty();
    }
    boolean compressed = type == COMPRESSED;
    if (type == INTERNATIONAL) {
      if (rest.remaining() < 2) {
        return Optional.empty();
      }
      compressed = rest.get() == 1;
      rest.get();
      // Language and translated keyword.
      word(rest);
      word(rest);
    } else if (compressed && rest.hasRemaining()) {
      rest.get();
    }
    byte[] text = new byte[Math.min(rest.remaining(), LONGEST)];
    rest.get(text);
    return compressed ? inflated(text) : Optional.of(text);
  }

  /** What stands before the next zero. */
  private static String word(ByteBuffer from) {
    StringBuilder word = new StringBuilder();
    while (from.hasRemaining()) {
      int next = from.get() & 0xff;
      if (next == 0) {
        break;
      }
      word.append((char) next);
    }
    return word.toString();
  }

  private static Optional<byte[]> inflated(byte[] packed) {
    Inflater inflater = new Inflater();
    try {
      inflater.setInput(packed);
      ByteBuffer out = ByteBuffer.allocate(LONGEST);
      while (!inflater.finished() && out.hasRemaining()) {
        if (inflater.inflate(out) == 0) {
          break;
        }
      }
      byte[] text = new byte[out.flip().limit()];
      out.get(text);
      return Optional.of(text);
    } catch (DataFormatException e) {
      return Optional.empty();
    } finally {
      inflater.end();
    }
  }

  /** A name and a length, each on a line, and digits in lines: after an empty line. */
  private static Optional<ByteBuffer> profile(byte[] text) {
    String[] lines = new String(text, StandardCharsets.ISO_8859_1).split("\n", 4);
    if (lines.length < 4) {
      return Optional.empty();
    }
    String digits = lines[3].replaceAll("\\s", "");
    try {
      return Optional.of(ByteBuffer.wrap(HexFormat.of().parseHex(digits)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
