package io.github.anople.inspect.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How well scores tell anomalous images from normal ones. Each metric is empty where there are none
 * of one kind.
 *
 * @param auroc area under the ROC curve, ties counting half
 * @param averagePrecision the step sum over distinct scores
 * @param f1Max the best F1, with its threshold
 */
public record ImageMetrics(
    OptionalDouble auroc, OptionalDouble averagePrecision, Optional<F1Max> f1Max) {

  /**
   * The metrics of some scores.
   *
   * @param normal the scores of normal images, in any order
   * @param anomalous the scores of anomalous images, in any order
   * @return their metrics
   * @throws IllegalArgumentException if a score is not finite
   */
  public static ImageMetrics of(double[] normal, double[] anomalous) {
    double[] normals = sorted(normal);
    double[] anomalies = sorted(anomalous);
    if (normals.length == 0 || anomalies.length == 0) {
      return new ImageMetrics(OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
    }
    Auroc auroc = new Auroc(normals.length, anomalies.length);
    AveragePrecision precision = new AveragePrecision(anomalies.length);
    F1Max.Search f1 = new F1Max.Search(anomalies.length);
    sweep(normals, anomalies, List.of(auroc, precision, f1));
    return new ImageMetrics(
        OptionalDouble.of(auroc.value()),
        OptionalDouble.of(precision.value()),
        Optional.of(f1.result()));
  }

  private static double[] sorted(double[] scores) {
    double[] sorted = new double[scores.length];
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isFinite(scores[i])) {
        throw new IllegalArgumentException("score " + i + " is " + scores[i]);
      }
      // Of -0 and 0 the order is the sort's, not the numbers'.
      sorted[i] = scores[i] + 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static void sweep(double[] normals, double[] anomalies, List<Tally> tallies) {
    int normal = normals.length;
    int end = anomalies.length;
    while (end > 0) {
      double score = anomalies[end - 1];
      int before = end;
      while (end > 0 && anomalies[end - 1] == score) {
        end--;
      }
      while (normal > 0 && normals[normal - 1] > score) {
        normal--;
      }
      int above = normals.length - normal;
      while (normal > 0 && normals[normal - 1] == score) {
        normal--;
      }
      int equal = normals.length - normal - above;
      for (Tally tally : tallies) {
        tally.at(score, above, equal, before - end, 0);
      }
    }
  }
}
