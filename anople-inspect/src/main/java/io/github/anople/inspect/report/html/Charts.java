package io.github.anople.inspect.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.InspectionReport;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jsoup.nodes.Element;

/**
 * Histogram and curves of the image scores: a place for each chart, its numbers in a table, and its
 * data for the script that draws it.
 */
final class Charts {

  private static final int POINTS = 1000;
  private static final int TABLE_ROWS = 25;

  private Charts() {}

  static void append(Element parent, InspectionReport report, ObjectNode data) {
    if (report.images().isEmpty()) {
      return;
    }
    Element section = Dom.section(parent, "scores", "Image scores");
    Element charts = section.appendElement("div").addClass("charts");
    OptionalDouble threshold = report.imageThreshold().value();
    histogram(charts, Histogram.of(report.images(), threshold), threshold, data);
    double[] good = Scores.of(report.images(), Label.NORMAL);
    double[] bad = Scores.of(report.images(), Label.ANOMALOUS);
    if (good.length == 0 || bad.length == 0) {
      Dom.paragraph(
          section, "note", "Curves need good and defective images; this test has only one kind.");
      return;
    }
    double falseAlarms = above(good, threshold);
    double found = above(bad, threshold);
    Curve roc = Curve.roc(good, bad);
    Element rocChart =
        chart(charts, "roc", "ROC curve", "Defects found, for each rate of false alarms.");
    table(rocChart, roc, "ROC curve", List.of("Score at least", "False alarms", "Found"));
    points(data.putObject("roc"), roc, falseAlarms / good.length, found / bad.length, threshold);
    Curve pr = Curve.precisionRecall(good, bad);
    Element prChart =
        chart(
            charts,
            "pr",
            "Precision and recall",
            "How many of the images called defective are, for each part of the defects found.");
    table(prChart, pr, "Precision and recall", List.of("Score at least", "Recall", "Precision"));
    // With nothing above the threshold there is no precision, and no point to show.
    OptionalDouble at = falseAlarms + found > 0 ? threshold : OptionalDouble.empty();
    points(data.putObject("pr"), pr, found / bad.length, found / (found + falseAlarms), at);
  }

  private static double above(double[] scores, OptionalDouble threshold) {
    double limit = threshold.orElse(Double.POSITIVE_INFINITY);
    return Arrays.stream(scores).filter(score -> score > limit).count();
  }

  /** A place for a chart; the script fills it, and without script it stays hidden. */
  static Element chart(Element parent, String id, String title, String caption) {
    Element figure = parent.appendElement("figure").addClass("chart");
    figure.appendElement("h3").text(title);
    figure
        .appendElement("div")
        .addClass("canvas")
        .attr("data-chart", id)
        .attr("role", "img")
        .attr("aria-label", title + ". " + caption + " The numbers are in the table below.")
        .attr("hidden", "");
    figure.appendElement("figcaption").text(caption);
    return figure;
  }

  private static void histogram(
      Element parent, Histogram histogram, OptionalDouble threshold, ObjectNode data) {
    String caption =
        threshold.isPresent()
            ? "Images by score. What is right of the threshold is called defective."
            : "Images by score. There is no threshold.";
    Element figure = chart(parent, "histogram", "Scores", caption);
    figure.addClass("wide");
    Element body =
        Dom.table(
            Dom.details(figure, "Numbers"),
            "Images by score",
            List.of("Score", "Good", "Defective", "Unknown"));
    for (int bin = 0; bin < histogram.bins(); bin++) {
      List<String> cells = cells(histogram, bin);
      if (cells.stream().anyMatch(cell -> !cell.equals("0"))) {
        Dom.row(body, range(histogram, bin), cells);
      }
    }
    ObjectNode node = data.putObject("histogram");
    ArrayNode edges = node.putArray("edges");
    Arrays.stream(histogram.edges()).forEach(edges::add);
    histogram
        .counts()
        .forEach(
            (label, counts) -> {
              ArrayNode array = node.putArray(label.name().toLowerCase(Locale.ROOT));
              Arrays.stream(counts).forEach(array::add);
            });
    threshold.ifPresent(value -> node.put("threshold", value));
  }

  private static List<String> cells(Histogram histogram, int bin) {
    return List.of(Label.NORMAL, Label.ANOMALOUS, Label.UNKNOWN).stream()
        .map(label -> Words.count(histogram.counts().get(label)[bin]))
        .toList();
  }

  private static String range(Histogram histogram, int bin) {
    return Words.score(histogram.edges()[bin]) + " to " + Words.score(histogram.edges()[bin + 1]);
  }

  private static void table(Element figure, Curve curve, String caption, List<String> head) {
    Element body = Dom.table(Dom.details(figure, "Numbers"), caption, head);
    // The first point belongs to no image.
    List<Curve.Point> points = curve.points().subList(1, curve.points().size());
    for (Curve.Point point : Thinned.to(TABLE_ROWS, points)) {
      Dom.row(
          body,
          Words.score(point.threshold()),
          List.of(Words.percent(point.x()), Words.percent(point.y())));
    }
  }

  private static void points(
      ObjectNode node, Curve curve, double atX, double atY, OptionalDouble threshold) {
    ArrayNode points = node.putArray("points");
    for (Curve.Point point : Thinned.to(POINTS, curve.points())) {
      points.addArray().add(point.x()).add(point.y());
    }
    if (threshold.isPresent()) {
      node.putArray("at").add(atX).add(atY);
    }
  }
}
