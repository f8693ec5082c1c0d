package io.github.anople.core.image;

/**
 * How each output sample of a row is mixed from input samples: Catmull and Rom's cubic (a = -1/2),
 * widened by the scale where the row shrinks, as in Pillow's {@code precompute_coeffs}.
 *
 * <p>Output {@code i} is the sum over {@code k < count[i]} of {@code weight[i * taps + k]} times
 * input {@code first[i] + k}; its weights sum to 1.
 *
 * @param first the first input sample of each output sample
 * @param count how many input samples each output sample has
 * @param taps the largest of these counts
 * @param weight {@code [outputs, taps]}
 */
@SuppressWarnings("ArrayRecordComponent") // Arrays of a cache within the package; never compared.
record BicubicWeights(int[] first, int[] count, int taps, double[] weight) {

  private static final double SUPPORT = 2;
  private static final int FRACTION_BITS = 22;

  static BicubicWeights of(int in, int out) {
    double scale = (double) in / out;
    double stretch = Math.max(scale, 1);
    double reach = SUPPORT * stretch;
    int taps = (int) Math.ceil(reach) * 2 + 1;
    int[] first = new int[out];
    int[] count = new int[out];
    double[] weight = new double[Math.multiplyExact(out, taps)];
    for (int i = 0; i < out; i++) {
      double center = (i + 0.5) * scale;
      first[i] = Math.max(0, (int) (center - reach + 0.5));
      count[i] = Math.min(in, (int) (center + reach + 0.5)) - first[i];
      double sum = 0;
      for (int k = 0; k < count[i]; k++) {
        // Multiplying by the reciprocal, as Pillow does: the last bit may decide a rounding.
        double w = cubic((k + first[i] - center + 0.5) * (1 / stretch));
        weight[i * taps + k] = w;
        sum += w;
      }
      for (int k = 0; k < count[i]; k++) {
        weight[i * taps + k] /= sum;
      }
    }
    return new BicubicWeights(first, count, taps, weight);
  }

  private static double cubic(double offset) {
    double x = Math.abs(offset);
    if (x < 1) {
      return (1.5 * x - 2.5) * x * x + 1;
    }
    return x < 2 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0;
  }

  /** The weights with {@link #FRACTION_BITS} fractional bits, halves away from zero. */
  int[] fixedPoint() {
    int[] fixed = new int[weight.length];
    for (int i = 0; i < fixed.length; i++) {
      fixed[i] = (int) (weight[i] * (1 << FRACTION_BITS) + Math.copySign(0.5, weight[i]));
    }
    return fixed;
  }

  /** What a sum of fixed-point products starts from, so that {@link #level} rounds. */
  static int half() {
    return 1 << (FRACTION_BITS - 1);
  }

  /** A sum of fixed-point products as an 8-bit level. */
  static byte level(int sum) {
    int level = sum >> FRACTION_BITS;
    // One comparison for the usual case: negative levels are large as unsigned ones.
    return (byte) ((level & ~0xff) == 0 ? level : ~(level >> 31));
  }
}
