package io.github.anople.inspect.report.html;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.page.ChartFigure;
import io.github.anople.inspect.page.Table;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.ReportThreshold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * Histogram and curves of the image scores.
 *
 * @param figures the histogram, and the curves where there are images of both kinds; none without
 *     images
 * @param data what the script draws in them
 */
record Charts(List<ChartFigure> figures, ChartData data) {

  private static final int POINTS = 1000;
  private static final int TABLE_ROWS = 25;

  static Charts of(InspectionReport report) {
    if (report.images().isEmpty()) {
      return new Charts(List.of(), ChartData.NONE);
    }
    OptionalDouble threshold = report.imageThreshold().value();
    Histogram histogram =
        Histogram.of(report.images(), threshold, report.imageThreshold().uncertain());
    ChartFigure scores = figure(histogram, report.imageThreshold());
    ChartData.Bars bars = bars(histogram, report.imageThreshold());
    double[] good = Scores.of(report.images(), Label.NORMAL);
    double[] bad = Scores.of(report.images(), Label.ANOMALOUS);
    if (good.length == 0 || bad.length == 0) {
      return new Charts(List.of(scores), new ChartData(bars, null, null, null));
    }
    double falseAlarms = above(good, threshold);
    double found = above(bad, threshold);
    Curve roc = Curve.roc(good, bad);
    Curve pr = Curve.precisionRecall(good, bad);
    // With nothing above the threshold there is no precision, and no point to show.
    OptionalDouble at = falseAlarms + found > 0 ? threshold : OptionalDouble.empty();
    return new Charts(
        List.of(scores, roc(roc), precisionRecall(pr)),
        new ChartData(
            bars,
            line(roc, falseAlarms / good.length, found / bad.length, threshold),
            line(pr, found / bad.length, found / (found + falseAlarms), at),
            null));
  }

  private static double above(double[] scores, OptionalDouble threshold) {
    double limit = threshold.orElse(Double.POSITIVE_INFINITY);
    return Arrays.stream(scores).filter(score -> score > limit).count();
  }

  private static ChartFigure figure(Histogram histogram, ReportThreshold threshold) {
    List<Table.Row> rows = new ArrayList<>();
    for (int bin = 0; bin < histogram.bins(); bin++) {
      List<String> cells = cells(histogram, bin);
      if (cells.stream().anyMatch(cell -> !cell.equals("0"))) {
        rows.add(new Table.Row(range(histogram, bin), cells));
      }
    }
    return new ChartFigure(
        "histogram",
        "Scores",
        caption(threshold),
        true,
        new Table("Images by score", List.of("Score", "Good", "Defective", "Unknown"), rows));
  }

  private static String caption(ReportThreshold threshold) {
    if (threshold.value().isEmpty()) {
      return "Images by score. There is no threshold.";
    }
    return threshold.uncertain().isPresent()
        ? "Images by score. What is right of the threshold is called defective, what is left of the"
            + " lower one good, and what is between them uncertain."
        : "Images by score. What is right of the threshold is called defective.";
  }

  private static List<String> cells(Histogram histogram, int bin) {
    return Stream.of(Label.NORMAL, Label.ANOMALOUS, Label.UNKNOWN)
        .map(label -> Words.count(histogram.counts().get(label)[bin]))
        .toList();
  }

  private static String range(Histogram histogram, int bin) {
    return Words.score(histogram.edges()[bin]) + " to " + Words.score(histogram.edges()[bin + 1]);
  }

  private static ChartData.Bars bars(Histogram histogram, ReportThreshold threshold) {
    return new ChartData.Bars(
        histogram.edges(),
        histogram.counts().get(Label.NORMAL),
        histogram.counts().get(Label.ANOMALOUS),
        histogram.counts().get(Label.UNKNOWN),
        number(threshold.value()),
        number(threshold.uncertain()));
  }

  private static Double number(OptionalDouble value) {
    return value.isPresent() ? value.getAsDouble() : null;
  }

  private static ChartFigure roc(Curve curve) {
    return new ChartFigure(
        "roc",
        "ROC curve",
        "Defects found, for each rate of false alarms.",
        false,
        table(curve, "ROC curve", List.of("Score at least", "False alarms", "Found")));
  }

  private static ChartFigure precisionRecall(Curve curve) {
    return new ChartFigure(
        "pr",
        "Precision and recall",
        "How many of the images called defective are, for each part of the defects found.",
        false,
        table(curve, "Precision and recall", List.of("Score at least", "Recall", "Precision")));
  }

  private static Table table(Curve curve, String caption, List<String> head) {
    // The first point belongs to no image.
    List<Curve.Point> points = curve.points().subList(1, curve.points().size());
    List<Table.Row> rows =
        Thinned.to(TABLE_ROWS, points).stream()
            .map(
                point ->
                    new Table.Row(
                        Words.score(point.threshold()),
                        List.of(Words.percent(point.x()), Words.percent(point.y()))))
            .toList();
    return new Table(caption, head, rows);
  }

  private static ChartData.Line line(
      Curve curve, double atX, double atY, OptionalDouble threshold) {
    return new ChartData.Line(
        Thinned.to(POINTS, curve.points()).stream()
            .map(point -> new double[] {point.x(), point.y()})
            .toList(),
        threshold.isPresent() ? new double[] {atX, atY} : null);
  }
}
