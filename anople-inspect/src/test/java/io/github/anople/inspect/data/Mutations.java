package io.github.anople.inspect.data;

import java.util.Arrays;
import java.util.Random;

/** Damages bytes as disks, editors and strangers do. */
final class Mutations {

  private static final byte[] MARKS =
      "{}[]\",:/\\.-0e9 null".getBytes(java.nio.charset.StandardCharsets.UTF_8);

  private Mutations() {}

  static byte[] of(byte[] whole, Random random) {
    byte[] bytes = whole.clone();
    for (int count = 1 + random.nextInt(3); count > 0 && bytes.length > 1; count--) {
      int at = random.nextInt(bytes.length);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] = MARKS[random.nextInt(MARKS.length)];
        case 2 -> bytes = Arrays.copyOf(bytes, at);
        case 3 -> {
          int from = random.nextInt(bytes.length);
          int length = Math.min(random.nextInt(40), bytes.length - Math.max(from, at));
          System.arraycopy(bytes, from, bytes, at, length);
        }
        default -> {
          int end = Math.min(bytes.length, at + 1 + random.nextInt(30));
          byte[] shorter = Arrays.copyOf(bytes, bytes.length - (end - at));
          System.arraycopy(bytes, end, shorter, at, bytes.length - end);
          bytes = shorter;
        }
      }
    }
    return bytes;
  }
}
