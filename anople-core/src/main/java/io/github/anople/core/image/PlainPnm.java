package io.github.anople.core.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The plain forms of a portable anymap, whose samples are decimal numbers: P1 (bits), P2 (grey) and
 * P3 (colour), rewritten into the binary ones. (Netpbm's pages pbm, pgm and ppm.)
 */
final class PlainPnm {

  /** From a plain type to the binary one of the same kind. */
  private static final int TO_BINARY = 3;

  private final ByteBuffer file;

  private PlainPnm(ByteBuffer file) {
    this.file = file;
  }

  static boolean matches(byte[] file) {
    return file.length >= 3 && file[0] == 'P' && file[1] >= '1' && file[1] <= '3' && file[2] <= ' ';
  }

  /** The same picture in the binary form. */
  static ByteBuffer binary(ByteBuffer file) throws ImageException {
    return new PlainPnm(file.duplicate().position(2)).rewritten(file.get(1) - '0');
  }

  private ByteBuffer rewritten(int type) throws ImageException {
    long width = number();
    long height = number();
    long largest = type == 1 ? 1 : number();
    int bands = type == 3 ? RgbImage.BANDS : 1;
    // Every sample is a character at least, so a size that needs more than there are is a false
    // one.
    if (width > file.remaining()
        || height > file.remaining()
        || width * height * bands > file.remaining()) {
      throw ImageException.truncated(
          "it claims %d x %d pixels, and has %d characters for them"
              .formatted(width, height, file.remaining()));
    }
    byte[] header =
        "P%d %d %d %s\n"
            .formatted(type + TO_BINARY, width, height, type == 1 ? "" : largest + "")
            .replace(" \n", "\n")
            .getBytes(StandardCharsets.US_ASCII);
    long row = type == 1 ? (width + 7) / 8 : width * bands * (largest > 0xff ? 2 : 1);
    ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(header.length + row * height)).put(header);
    for (long y = 0; y < height; y++) {
      if (type == 1) {
        bits((int) width, out);
      } else {
        samples((int) width * bands, largest, out);
      }
    }
    return out.rewind();
  }

  private void samples(int count, long largest, ByteBuffer out) throws ImageException {
    for (int i = 0; i < count; i++) {
      long sample = number();
      if (sample > largest) {
        throw ImageException.damaged(
            "has a sample of " + sample + ", above its largest value of " + largest);
      }
      if (largest > 0xff) {
        out.putShort((short) sample);
      } else {
        out.put((byte) sample);
      }
    }
  }

  /** Bits need no space between them. */
  private void bits(int count, ByteBuffer out) throws ImageException {
    byte[] row = new byte[(count + 7) / 8];
    for (int i = 0; i < count; i++) {
      int digit = next();
      if (digit != '0' && digit != '1') {
        throw ImageException.damaged("has a bit that is neither 0 nor 1");
      }
      row[i / 8] |= (byte) ((digit - '0') << (7 - i % 8));
    }
    out.put(row);
  }

  private long number() throws ImageException {
    int digit = next();
    if (digit < '0' || digit > '9') {
      throw ImageException.damaged("has no number where one belongs");
    }
    long number = 0;
    while (digit >= '0' && digit <= '9' && number <= Integer.MAX_VALUE) {
      number = 10 * number + digit - '0';
      digit = file.hasRemaining() ? file.get() : ' ';
    }
    if (digit > ' ') {
      throw ImageException.damaged("has no number where one belongs");
    }
    return number;
  }

  /** The next character that is no space and in no comment, which goes to the end of its line. */
  private int next() throws ImageException {
    boolean comment = false;
    while (file.hasRemaining()) {
      int character = file.get() & 0xff;
      comment = character == '#' || (comment && character != '\n' && character != '\r');
      if (!comment && character > ' ') {
        return character;
      }
    }
    throw ImageException.truncated("it ends before its last pixel");
  }
}
