package io.github.anople.core.tensorfile;

/**
 * The two 16-bit floating-point types, which Java 17 lacks: IEEE 754 binary16 and bfloat16.
 *
 * <p>Widening is exact. Narrowing rounds to nearest, ties to even, as IEEE 754 section 4.3.1 asks.
 */
final class HalfPrecision {

  /** 2 to the -24: the smallest positive binary16, the unit of its subnormals. */
  private static final float HALF_SUBNORMAL_UNIT = 0x1p-24f;

  private HalfPrecision() {}

  /** Widens a binary16: 1 sign bit, 5 bits of exponent (bias 15), 10 bits of fraction. */
  static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = fraction * HALF_SUBNORMAL_UNIT;
      return sign == 0 ? magnitude : -magnitude;
    }
    // 112 = 127 - 15, the difference of the biases; 31 is infinity or not a number and stays so.
    int wideExponent = exponent == 0x1f ? 0xff : exponent + 112;
    return Float.intBitsToFloat(sign | wideExponent << 23 | fraction << 13);
  }

  /** Narrows to binary16; beyond 65519.99 is infinity, not a number keeps its upper payload. */
  static short floatToHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    int half;
    if (magnitude > 0x7f800000) {
      int payload = (magnitude >>> 13) & 0x3ff;
      // A payload that lived in the lost bits only must not turn into infinity.
      half = 0x7c00 | (payload == 0 ? 0x200 : payload);
    } else if (magnitude >= 0x47800000) {
      half = 0x7c00; // 65536 and more
    } else if (magnitude < 0x38800000) {
      // Below 2^-14: counts of the subnormal unit. The product is exact, rint rounds ties to even.
      half = (int) Math.rint(Float.intBitsToFloat(magnitude) / (double) HALF_SUBNORMAL_UNIT);
    } else {
      half = roundToEven(magnitude - (112 << 23), 13); // may carry into infinity: 65520 does
    }
    return (short) (sign | half);
  }

  /** Widens a bfloat16: the upper half of a binary32. */
  static float bfloatToFloat(short bfloat) {
    return Float.intBitsToFloat(bfloat << 16);
  }

  /** Narrows to bfloat16; not a number keeps its upper payload. */
  static short floatToBfloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int magnitude = bits & 0x7fffffff;
    if (magnitude > 0x7f800000) {
      int payload = (magnitude >>> 16) & 0x7f;
      return (short) (sign | 0x7f80 | (payload == 0 ? 0x40 : payload));
    }
    return (short) (sign | roundToEven(magnitude, 16));
  }

  private static int roundToEven(int value, int droppedBits) {
    int odd = (value >>> droppedBits) & 1;
    return (value + (1 << (droppedBits - 1)) - 1 + odd) >>> droppedBits;
  }
}
