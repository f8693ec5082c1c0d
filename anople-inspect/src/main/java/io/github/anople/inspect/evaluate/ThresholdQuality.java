package io.github.anople.inspect.evaluate;

import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.metric.F1Max;
import io.github.anople.inspect.metric.ImageMetrics;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/**
 * What a calibrated threshold is worth on images whose truth is known: the false alarms that came
 * against those that were promised or aimed at, and the F1 against the best that any threshold
 * reaches on these images. What cannot be told is empty.
 *
 * @param calibration what was decided beforehand
 * @param normal how many normal images there were
 * @param falseAlarms how many of them are NOT OK
 * @param anomalous how many anomalous images there were
 * @param found how many of them are NOT OK
 * @param f1Max the largest F1 that a threshold chosen on these very images reaches; empty without
 *     images of both kinds
 * @param normalUncertain how many normal images are UNCERTAIN; 0 with one threshold
 * @param anomalousUncertain how many anomalous images are
 */
public record ThresholdQuality(
    Calibration calibration,
    int normal,
    int falseAlarms,
    int anomalous,
    int found,
    OptionalDouble f1Max,
    int normalUncertain,
    int anomalousUncertain) {

  /**
   * What one threshold is worth.
   *
   * @param calibration what was decided beforehand
   * @param normal how many normal images there were
   * @param falseAlarms how many of them are NOT OK
   * @param anomalous how many anomalous images there were
   * @param found how many of them are NOT OK
   * @param f1Max the largest F1 of any threshold
   */
  public ThresholdQuality(
      Calibration calibration,
      int normal,
      int falseAlarms,
      int anomalous,
      int found,
      OptionalDouble f1Max) {
    this(calibration, normal, falseAlarms, anomalous, found, f1Max, 0, 0);
  }

  /**
   * Judges images whose truth is known.
   *
   * @param calibration what was decided beforehand, not from these images
   * @param normal scores of normal images
   * @param anomalous scores of anomalous images
   * @return what the threshold is worth
   * @throws IllegalArgumentException if a score is not in [0, 1]
   */
  public static ThresholdQuality of(Calibration calibration, double[] normal, double[] anomalous) {
    Threshold threshold = calibration.threshold();
    return new ThresholdQuality(
        calibration,
        normal.length,
        count(threshold, normal, Verdict::rejected),
        anomalous.length,
        count(threshold, anomalous, Verdict::rejected),
        f1Max(normal, anomalous),
        count(threshold, normal, Verdict::uncertain),
        count(threshold, anomalous, Verdict::uncertain));
  }

  /**
   * Judges what a test measured, by the scores and, where calibration and detector have one, by the
   * scene check.
   *
   * @param calibration what was decided beforehand, not from these images
   * @param evaluation what was found of labelled images
   * @return what the verdict is worth
   */
  public static ThresholdQuality of(Calibration calibration, Evaluation evaluation) {
    Threshold rule = calibration.threshold();
    double[] normal = scores(evaluation, Label.NORMAL);
    double[] anomalous = scores(evaluation, Label.ANOMALOUS);
    return new ThresholdQuality(
        calibration,
        normal.length,
        count(rule, evaluation, Label.NORMAL, Verdict::rejected),
        anomalous.length,
        count(rule, evaluation, Label.ANOMALOUS, Verdict::rejected),
        f1Max(normal, anomalous),
        count(rule, evaluation, Label.NORMAL, Verdict::uncertain),
        count(rule, evaluation, Label.ANOMALOUS, Verdict::uncertain));
  }

  private static int count(
      Threshold rule, Evaluation evaluation, Label label, Predicate<Verdict> which) {
    return (int)
        evaluation.images().stream()
            .filter(image -> image.sample().label() == label)
            .filter(image -> which.test(rule.judge(image.score(), image.scene())))
            .count();
  }

  private static OptionalDouble f1Max(double[] normal, double[] anomalous) {
    return ImageMetrics.of(normal, anomalous)
        .f1Max()
        .map(F1Max::value)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private static double[] scores(Evaluation evaluation, Label label) {
    return evaluation.images().stream()
        .filter(image -> image.sample().label() == label)
        .mapToDouble(image -> image.score())
        .toArray();
  }

  private static int count(Threshold threshold, double[] scores, Predicate<Verdict> which) {
    return (int)
        Arrays.stream(scores).filter(score -> which.test(threshold.judge((float) score))).count();
  }

  /**
   * The share of normal images that are NOT OK.
   *
   * @return the achieved rate of false alarms; empty without normal images
   */
  public OptionalDouble falseAlarmRate() {
    return share(falseAlarms, normal);
  }

  /**
   * The share of anomalous images that are NOT OK.
   *
   * @return the recall; empty without anomalous images
   */
  public OptionalDouble recall() {
    return share(found, anomalous);
  }

  /**
   * The share of anomalous images that are OK, and nobody looks at.
   *
   * @return what neither NOT OK nor UNCERTAIN caught; empty without anomalous images
   */
  public OptionalDouble missedRate() {
    return share(anomalous - found - anomalousUncertain, anomalous);
  }

  /**
   * The share of normal images that are UNCERTAIN.
   *
   * @return 0 with one threshold; empty without normal images
   */
  public OptionalDouble normalUncertainRate() {
    return share(normalUncertain, normal);
  }

  /**
   * The share of anomalous images that are UNCERTAIN.
   *
   * @return 0 with one threshold; empty without anomalous images
   */
  public OptionalDouble anomalousUncertainRate() {
    return share(anomalousUncertain, anomalous);
  }

  /**
   * F1 = 2TP / (2TP + FP + FN) at the threshold.
   *
   * @return F1; empty exactly where {@link #f1Max} is
   */
  public OptionalDouble f1() {
    return f1Max.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(2.0 * found / (found + falseAlarms + anomalous));
  }

  private static OptionalDouble share(int part, int whole) {
    return whole == 0 ? OptionalDouble.empty() : OptionalDouble.of(part / (double) whole);
  }
}
