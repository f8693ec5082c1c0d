package io.github.anople.inspect.report.html;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.ReportThreshold;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An image with its outcome.
 *
 * @param image the image
 * @param outcome how its score compares with what is known of it
 * @param severity how wrong the score is; above 0 for a miss. With a threshold, how far the score
 *     lies on the wrong side of it (below 0: on the right side); of an image that is unlike the
 *     product at least the part of the threshold by which it exceeds the limit. Of two thresholds,
 *     the one that keeps it from the right side; an uncertain image is on the wrong side of it.
 *     Without, the part of the images of the other kind that are not on their side of it
 */
record Judged(Inspection image, Outcome outcome, double severity) {

  /** Misses first, the worst of them first; among equals, what looks most wrong. */
  private static final Comparator<Judged> WORST_FIRST =
      Comparator.comparing((Judged judged) -> !judged.outcome.isMiss())
          .thenComparing(judged -> judged.label() == Label.UNKNOWN)
          .thenComparing(judged -> -judged.severity)
          .thenComparing(
              judged -> judged.label() == Label.ANOMALOUS ? judged.score() : -judged.score())
          .thenComparing(judged -> judged.image.path());

  /** All images of a report, the worst misses first. */
  static List<Judged> worstFirst(InspectionReport report) {
    ReportThreshold threshold = report.imageThreshold();
    double[] good = Scores.of(report.images(), Label.NORMAL);
    double[] bad = Scores.of(report.images(), Label.ANOMALOUS);
    return report.images().stream()
        .map(
            image ->
                threshold.value().isPresent()
                    ? against(
                        image,
                        threshold.value().getAsDouble(),
                        threshold.uncertain().orElse(threshold.value().getAsDouble()))
                    : among(image, good, bad))
        .sorted(WORST_FIRST)
        .toList();
  }

  private static Judged against(Inspection image, double threshold, double lower) {
    double over = Math.max(image.score() - threshold, excess(image, threshold));
    boolean unlike = image.verdict().filter(verdict -> !verdict.faults().isEmpty()).isPresent();
    boolean above = over > 0 || unlike;
    double overLower = above ? over : image.score() - lower;
    if (!above && overLower > 0) {
      double wrong = image.sample().label() == Label.ANOMALOUS ? -over : overLower;
      return new Judged(image, Outcome.UNCERTAIN, wrong);
    }
    return switch (image.sample().label()) {
      case NORMAL -> new Judged(image, above ? Outcome.FALSE_ALARM : Outcome.PASSED, overLower);
      case ANOMALOUS -> new Judged(image, above ? Outcome.FOUND : Outcome.MISSED, -overLower);
      case UNKNOWN ->
          new Judged(image, above ? Outcome.CALLED_DEFECTIVE : Outcome.CALLED_GOOD, overLower);
    };
  }

  /** As much of the threshold as the worst of a picture's faults exceeds of its limit. */
  private static double excess(Inspection image, double threshold) {
    return image.verdict().stream()
        .flatMap(verdict -> verdict.faults().stream())
        .mapToDouble(fault -> fault.value() / fault.limit() - 1)
        .map(excess -> threshold * Math.min(excess, 1))
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static Judged among(Inspection image, double[] good, double[] bad) {
    double score = image.score();
    double wrong =
        switch (image.sample().label()) {
          case NORMAL -> part(bad, Arrays.stream(bad).filter(other -> other <= score).count());
          case ANOMALOUS -> part(good, Arrays.stream(good).filter(other -> other >= score).count());
          case UNKNOWN -> 0;
        };
    if (image.sample().label() == Label.UNKNOWN) {
      return new Judged(image, Outcome.UNJUDGED, wrong);
    }
    return new Judged(image, wrong > 0 ? Outcome.MISRANKED : Outcome.RANKED, wrong);
  }

  private static double part(double[] all, long some) {
    return all.length == 0 ? 0 : (double) some / all.length;
  }

  Label label() {
    return image.sample().label();
  }

  double score() {
    return image.score();
  }
}
