package io.github.anople.inspect.metric;

/** Floats as ints of the same order, which sort faster. */
final class Keys {

  private static final int DIGIT_BITS = 11;
  private static final int DIGITS = 1 << DIGIT_BITS;

  private Keys() {}

  /** The key of a number that is not NaN: a smaller number has a smaller key, -0 that of 0. */
  static int of(float value) {
    int bits = Float.floatToRawIntBits(value + 0.0f);
    // Negative numbers' bits grow with their size.
    return bits ^ (bits >> 31 & Integer.MAX_VALUE);
  }

  /** The number that has a key. */
  static float value(int key) {
    return Float.intBitsToFloat(key ^ (key >> 31 & Integer.MAX_VALUE));
  }

  /**
   * Sorts by three passes of a radix sort, least digit first: linear in time.
   *
   * @return the keys, smallest first, in another array; the given one is overwritten
   */
  static int[] sort(int[] keys) {
    int[] from = keys;
    int[] to = new int[keys.length];
    for (int shift = 0; shift < Integer.SIZE; shift += DIGIT_BITS) {
      scatter(from, to, shift);
      int[] filled = to;
      to = from;
      from = filled;
    }
    return from;
  }

  private static void scatter(int[] from, int[] to, int shift) {
    int[] start = new int[DIGITS + 1];
    for (int key : from) {
      start[digit(key, shift) + 1]++;
    }
    for (int digit = 0; digit < DIGITS; digit++) {
      start[digit + 1] += start[digit];
    }
    for (int key : from) {
      to[start[digit(key, shift)]++] = key;
    }
  }

  private static int digit(int key, int shift) {
    // With the sign turned, the order of the bits is that of the numbers.
    return (key ^ Integer.MIN_VALUE) >>> shift & DIGITS - 1;
  }
}
