package io.github.anople.core.decide;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Thresholds from next to nothing: scores of altered views of the few shots, and of simulated
 * defects on them. They promise nothing, since no view of a shot is another part.
 *
 * <p>For pictures' scores, and in the same way for the largest values of maps:
 *
 * <p>Where a class has one shot, nothing can be held out: its views meet the patches of their own
 * picture, shifted and altered in everything at once, and so lie about as far off as other parts.
 *
 * <ol>
 *   <li>A score is governed by the worst of many patches, so the views' scores are taken for
 *       extreme values: a Gumbel distribution of their mean and deviation (method of moments), of
 *       which the tail quantile Q is μ − β ln(−ln(1 − α)), β = σ√6/π, μ = mean − 0.5772 β. A normal
 *       distribution would be too light in the tail that matters.
 *   <li>Good parts reach N = max(E, Q), where E is the views' own quantile ({@link Conformal}'s).
 *   <li>Defects begin at D, the score that a tenth of the simulated ones stays below. Where a gap
 *       is left between N and D, other good parts lie in it rather than below: the detector has
 *       seen the shots, and views of a shot are more alike than parts are. The threshold is the
 *       geometric mean of N and D then. Where there is none, it is N: no good part is to be called
 *       bad for the sake of defects that were only made up.
 * </ol>
 *
 * <p>A view that is unlike the product by the limits of the shots is NOT OK whatever its score is:
 * its score counts as infinite for E and is left out of Q.
 */
public final class Estimate {

  /**
   * How wide an estimate is, as a part of the threshold: over four real products the threshold that
   * a hundredth of the good pictures exceed was from 14 % below to 22 % above it (docs/results.md).
   */
  public static final double WIDTH = 0.2;

  /** Euler and Mascheroni's. */
  private static final double EULER = 0.577_215_664_901_532_9;

  private static final double EASY_DEFECTS_FROM = 0.1;

  private Estimate() {}

  /**
   * Thresholds from views and simulated defects.
   *
   * @param views what the detector says of good views, each held out of the memory where that is
   *     possible
   * @param defects the same of views with a simulated defect; may be empty
   * @param shots how many pictures the views are of
   * @param target α, the share of false alarms that is aimed at, in [1e-6, 0.5]
   * @return a calibration of kind {@link Calibration.Kind#ESTIMATE}
   * @throws IllegalArgumentException if there are no views, or a number is out of range
   */
  public static Calibration calibrate(
      List<NormalScore> views, List<NormalScore> defects, int shots, double target) {
    return calibrate(views, defects, shots, target, Optional.empty());
  }

  /**
   * Thresholds from views and simulated defects, beside a scene check.
   *
   * @param views what the detector says of good views
   * @param defects the same of views with a simulated defect; may be empty
   * @param shots how many pictures the views are of
   * @param target α, the share of false alarms that is aimed at, in [1e-6, 0.5]
   * @param ofShots limits of the scene check, which stay as they are; empty for none
   * @return a calibration of kind {@link Calibration.Kind#ESTIMATE}
   * @throws IllegalArgumentException if there are no views, or a number is out of range
   */
  public static Calibration calibrate(
      List<NormalScore> views,
      List<NormalScore> defects,
      int shots,
      double target,
      Optional<SceneLimits> ofShots) {
    return calibrate(views, defects, shots, new Targets(target), ofShots);
  }

  /**
   * One or two thresholds from views and simulated defects. N falls as α grows, so of two targets
   * the greater has the lower threshold.
   *
   * @param views what the detector says of good views
   * @param defects the same of views with a simulated defect; may be empty
   * @param shots how many pictures the views are of
   * @param targets the shares that are aimed at
   * @param ofShots limits of the scene check, which stay as they are; empty for none
   * @return a calibration of kind {@link Calibration.Kind#ESTIMATE}
   * @throws IllegalArgumentException if there are no views
   */
  public static Calibration calibrate(
      List<NormalScore> views,
      List<NormalScore> defects,
      int shots,
      Targets targets,
      Optional<SceneLimits> ofShots) {
    double target = targets.falseAlarm();
    if (views.isEmpty()) {
      throw new IllegalArgumentException("an estimate needs at least one view");
    }
    double[] levels = rising(views, NormalScore::level);
    double[] images =
        views.stream()
            .mapToDouble(view -> unlike(view, ofShots) ? Double.POSITIVE_INFINITY : view.image())
            .sorted()
            .toArray();
    double[] bad = rising(defects, NormalScore::image);
    float pixelThreshold =
        (float)
            Math.max(
                threshold(
                    rising(views, NormalScore::pixel), rising(defects, NormalScore::pixel), target),
                Calibration.SMALLEST_THRESHOLD);
    return new Calibration(
        Calibration.Kind.ESTIMATE,
        (float) threshold(images, bad, target),
        pixelThreshold,
        Math.min((float) levels[(levels.length - 1) / 2], pixelThreshold),
        target,
        shots,
        Optional.empty(),
        ofShots,
        targets
            .uncertain()
            .map(
                share ->
                    new Uncertain(
                        (float) threshold(images, bad, share),
                        Optional.of(share),
                        Optional.empty())));
  }

  private static boolean unlike(NormalScore view, Optional<SceneLimits> limits) {
    return limits
        .flatMap(known -> view.scene().map(scene -> !known.faults(scene).isEmpty()))
        .orElse(false);
  }

  private static double[] rising(List<NormalScore> scores, ToDoubleFunction<NormalScore> what) {
    return scores.stream().mapToDouble(what).sorted().toArray();
  }

  private static double threshold(double[] good, double[] bad, double target) {
    double[] finite = Arrays.stream(good).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return 1; // no score makes any of them OK
    }
    double seen = Math.min(Conformal.threshold(good, target), finite[finite.length - 1]);
    double tail = gumbelQuantile(finite, target);
    double normal = Math.min(1, Math.max(seen, tail));
    double defects = bad.length == 0 ? 0 : bad[(int) (EASY_DEFECTS_FROM * (bad.length - 1))];
    return defects > normal ? Math.sqrt(normal * defects) : normal;
  }

  /** What a share α of a Gumbel distribution with these values' mean and deviation exceeds. */
  static double gumbelQuantile(double[] values, double target) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElse(0);
    double scale = Math.sqrt(6 * variance) / Math.PI;
    return mean - EULER * scale - scale * Math.log(-Math.log1p(-target));
  }
}
