package io.github.anople.core.decide;

import io.github.anople.core.detect.Scene;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

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
 * <p>With a scene check the promise is the verdict's. Its limits are {@link SceneLimits#from} the n
 * pictures. A picture stands out where it exceeds what the limits would be without it ({@link
 * SceneLimits#unlikeTheOthers}); the next picture is NOT LIKE THE PRODUCT exactly where it stands
 * out among all n + 1. Let S be those of the n + 1 that stand out, and give them the score ∞: all
 * scores are exchangeable still, so with ⌊(n + 1) α⌋ = b the argument above holds as long as S has
 * fewer than b. The o pictures that stand out among the n alone contain S's, since another picture
 * only widens limits, and more of them only raise t. So t = s₍ₖ₎ with o scores ∞, and α is promised
 * while o &lt; b. Where o ≥ b no score is left to give away: t is the largest of all, and at most
 * one more of the n + 1 is NOT OK by its score. Counted over which of the n + 1 is the next one, a
 * promise of (1 + o + o / (n + 1 − o)) / (n + 1) is kept then: where |S| = s, the n + 1 − s others
 * see at least s that stand out and those of S at least s − 1, and (n + 1 − s)(1 + s + s / (n + 1 −
 * s)) + s² = (n + 1)(1 + s), which is at least (n + 1) times how many are NOT OK.
 *
 * <p>With two targets α &lt; β there are two thresholds, each found in this way from the same
 * pictures beside the same limits. Which pictures stand out depends on no target, so the argument
 * holds for each: NOT OK is what one threshold of α rejects, UNCERTAIN or NOT OK what one of β
 * does. k falls as its target grows, and so the lower threshold is β's; whatever is NOT OK is among
 * what β's rejects, so that what is promised of these holds for NOT OK too.
 *
 * <p>The promise is an average over the draw of the n pictures as well as of the next one. It holds
 * for the image threshold and, with the largest value of each map as score, for the pixel
 * threshold; not for both at once. The scene check does not judge pixels.
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
    return calibrate(scores, target, Optional.empty());
  }

  /**
   * Thresholds and limits of the scene check from further good pictures; the promise is that of
   * both together.
   *
   * @param scores what the detector says of each; none may be a picture it learned from
   * @param target α, the share of false alarms to promise, in [1e-6, 0.5]
   * @param ofShots limits from the shots alone; empty for no scene check
   * @return a calibration of kind {@link Calibration.Kind#CONFORMAL}, which promises α unless there
   *     are too few pictures, or too many of them stand out
   * @throws IllegalArgumentException if there are no scores, the target is out of range, or a scene
   *     is missing
   */
  public static Calibration calibrate(
      List<NormalScore> scores, double target, Optional<SceneLimits> ofShots) {
    return calibrate(scores, new Targets(target), ofShots);
  }

  /**
   * One or two thresholds and limits of the scene check from further good pictures. Each target is
   * promised on its own, of the verdict with the scene check in it.
   *
   * @param scores what the detector says of each; none may be a picture it learned from
   * @param targets the shares to promise
   * @param ofShots limits from the shots alone; empty for no scene check
   * @return a calibration of kind {@link Calibration.Kind#CONFORMAL}
   * @throws IllegalArgumentException if there are no scores, or a scene is missing
   */
  public static Calibration calibrate(
      List<NormalScore> scores, Targets targets, Optional<SceneLimits> ofShots) {
    double target = targets.falseAlarm();
    if (scores.isEmpty()) {
      throw new IllegalArgumentException("a calibration needs at least one good picture");
    }
    int n = scores.size();
    List<Scene> scenes = ofShots.isEmpty() ? List.of() : scenes(scores);
    Set<Integer> unlike =
        ofShots.map(limits -> limits.unlikeTheOthers(scenes).keySet()).orElse(Set.of());
    double[] images = rising(scores, unlike);
    double[] pixels = scores.stream().mapToDouble(NormalScore::pixel).sorted().toArray();
    double[] levels = scores.stream().mapToDouble(NormalScore::level).sorted().toArray();
    Optional<Uncertain> lower =
        targets
            .uncertain()
            .map(
                share ->
                    new Uncertain(
                        (float) Math.min(threshold(images, share), largest(scores)),
                        Optional.of(share),
                        Optional.of(promise(n, unlike.size(), share))));
    float pixelThreshold =
        (float) Math.max(threshold(pixels, target), Calibration.SMALLEST_THRESHOLD);
    return new Calibration(
        Calibration.Kind.CONFORMAL,
        (float) Math.min(threshold(images, target), largest(scores)),
        pixelThreshold,
        Math.min((float) levels[(n - 1) / 2], pixelThreshold),
        target,
        n,
        Optional.of(
            lower
                .flatMap(Uncertain::promised)
                .map(most -> Math.min(most, promise(n, unlike.size(), target)))
                .orElseGet(() -> promise(n, unlike.size(), target))),
        ofShots.map(limits -> limits.from(scenes)),
        lower);
  }

  private static List<Scene> scenes(List<NormalScore> scores) {
    return scores.stream()
        .map(
            score ->
                score
                    .scene()
                    .orElseThrow(() -> new IllegalArgumentException("a picture has no scene")))
        .toList();
  }

  /** Scores in rising order, of pictures that stand out infinite. */
  private static double[] rising(List<NormalScore> scores, Set<Integer> unlike) {
    return IntStream.range(0, scores.size())
        .mapToDouble(i -> unlike.contains(i) ? Double.POSITIVE_INFINITY : scores.get(i).image())
        .sorted()
        .toArray();
  }

  private static double largest(List<NormalScore> scores) {
    return scores.stream().mapToDouble(NormalScore::image).max().orElseThrow();
  }

  /** What n pictures promise of which some stand out. */
  private static double promise(int n, int unlike, double target) {
    double kept = best(n) * (1 + unlike + unlike / (n + 1.0 - unlike));
    return unlike < allowed(n, target) ? target : Math.min(1, Math.max(target, kept));
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
    int k = Math.min(rising.length, rising.length + 1 - allowed(rising.length, target));
    return rising[k - 1];
  }

  /** How many of n + 1 may be NOT OK: ceil((n + 1)(1 - a)) = n + 1 - floor((n + 1) a). */
  private static int allowed(int n, double target) {
    // In decimals, so that 100 x 0.01 is 1.
    return exact(target)
        .multiply(BigDecimal.valueOf(n + 1L))
        .setScale(0, RoundingMode.FLOOR)
        .intValueExact();
  }

  private static BigDecimal exact(double share) {
    return new BigDecimal(Double.toString(share));
  }
}
