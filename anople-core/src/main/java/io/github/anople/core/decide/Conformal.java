package io.github.anople.core.decide;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/**
 * Thresholds with a promise, from good pictures that the detector has not learned from (split
 * conformal prediction: Vovk, Gammerman and Shafer, Algorithmic Learning in a Random World, 2005).
 *
 * <p>Let n good pictures have the scores s₍₁₎ ≤ … ≤ s₍ₙ₎, and take t = s₍ₖ₎ with k = ⌈(n + 1)(1 −
 * α)⌉. If the next good picture is exchangeable with them, its score has each of the n + 1 ranks
 * equally often (ties only help), so that it exceeds t in a share of at most 1 − k / (n + 1) ≤ α.
 * No distribution is assumed. k ≤ n takes n ≥ 1/α − 1. With fewer pictures t is the largest score,
 * and 1 / (n + 1) is what they promise.
 *
 * <p>The promise is an average over the draw of the n pictures as well as of the next one. It holds
 * for the image threshold and, with the largest value of each map as score, for the pixel
 * threshold; not for both at once.
 */
public final class Conformal {

  private Conformal() {}

  /**
   * Thresholds from further good pictures.
   *
   * @param scores what the detector says of each; none may be a picture it learned from
   * @param target α, the share of false alarms to promise, in [1e-6, 0.5]
   * @return a calibration of kind {@link Calibration.Kind#CONFORMAL}, which promises α if there are
   *     at least {@link #needed} pictures and {@link #best} otherwise
   * @throws IllegalArgumentException if there are no scores, or the target is out of range
   */
  public static Calibration calibrate(List<NormalScore> scores, double target) {
    Calibration.requireTarget(target);
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("a calibration needs at least one good picture");
    }
    int n = scores.size();
    double[] images = scores.stream().mapToDouble(NormalScore::image).sorted().toArray();
    double[] pixels = scores.stream().mapToDouble(NormalScore::pixel).sorted().toArray();
    double[] levels = scores.stream().mapToDouble(NormalScore::level).sorted().toArray();
    float pixelThreshold =
        (float) Math.max(threshold(pixels, target), Calibration.SMALLEST_THRESHOLD);
    return new Calibration(
        Calibration.Kind.CONFORMAL,
        (float) threshold(images, target),
        pixelThreshold,
        Math.min((float) levels[(n - 1) / 2], pixelThreshold),
        target,
        n,
        Optional.of(Math.max(target, best(n))));
  }

  /**
   * How many further good pictures a promise takes.
   *
   * @param target α, in [1e-6, 0.5]
   * @return the smallest n with n ≥ 1/α − 1
   */
  public static long needed(double target) {
    // In decimals: 1 / 0.01 is to be 100, and no 101.
    return BigDecimal.ONE
        .divide(exact(target), 0, RoundingMode.CEILING)
        .subtract(BigDecimal.ONE)
        .longValueExact();
  }

  /**
   * The least share of false alarms that n pictures can promise.
   *
   * @param images n, at least 0
   * @return 1 / (n + 1)
   */
  public static double best(int images) {
    return 1.0 / (images + 1L);
  }

  /** s₍ₖ₎ of scores in rising order; the largest where k is beyond them. */
  static double threshold(double[] rising, double target) {
    // ceil((n + 1)(1 - a)) = n + 1 - floor((n + 1) a), in decimals so that 100 x 0.01 is 1.
    int above =
        exact(target)
            .multiply(BigDecimal.valueOf(rising.length + 1L))
            .setScale(0, RoundingMode.FLOOR)
            .intValueExact();
    int k = Math.min(rising.length, rising.length + 1 - above);
    return rising[k - 1];
  }

  private static BigDecimal exact(double share) {
    return new BigDecimal(Double.toString(share));
  }
}
