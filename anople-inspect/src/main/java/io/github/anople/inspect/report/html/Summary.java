package io.github.anople.inspect.report.html;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.KeyNumbers;
import io.github.anople.inspect.report.ReportThreshold;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jsoup.nodes.Element;

/** The first that a reader sees: what was tested, the verdict, the numbers behind it. */
final class Summary {

  private Summary() {}

  static void header(Element parent, InspectionReport report) {
    InspectionReport.Heading heading = report.heading();
    Element header = parent.appendElement("header");
    if (!heading.title().endsWith(" " + heading.category())) { // else it would stand there twice
      Dom.name(header.appendElement("p").addClass("kicker"), heading.category());
    }
    Dom.name(header.appendElement("h1"), heading.title());
    Element verdict = header.appendElement("p").addClass("verdict");
    Dom.name(verdict, heading.verdict());
    Element made = header.appendElement("p").addClass("made");
    made.appendElement("time")
        .attr("datetime", heading.made().toString())
        .text(Words.time(heading.made()));
    Dom.name(made.appendText(" · "), heading.program());
    made.appendText(" · " + tested(report));
  }

  private static String tested(InspectionReport report) {
    String images = Words.count(report.images().size(), "image");
    long good = count(report, Label.NORMAL);
    long bad = count(report, Label.ANOMALOUS);
    long unknown = count(report, Label.UNKNOWN);
    String told = images + ": " + Words.count(good) + " good, " + Words.count(bad) + " defective";
    return unknown == 0 ? told : told + ", " + Words.count(unknown) + " unknown";
  }

  private static long count(InspectionReport report, Label label) {
    return report.images().stream().filter(image -> image.result().label() == label).count();
  }

  static void numbers(Element parent, InspectionReport report, List<Judged> images) {
    KeyNumbers numbers = report.numbers();
    Element section = Dom.section(parent, "numbers", "Key numbers");
    Element groups = section.appendElement("div").addClass("groups");
    Element image = group(groups, "Images", "Is there a defect?");
    number(image, "AUROC", numbers.imageAuroc());
    number(image, "Average precision", numbers.imageAp());
    number(image, "F1-max", numbers.imageF1Max());
    Element pixel = group(groups, "Pixels", "Where is it?");
    number(pixel, "AUROC", numbers.pixelAuroc());
    number(pixel, "Average precision", numbers.pixelAp());
    number(pixel, "AUPRO at 0.3", numbers.aupro30());
    number(pixel, "AUPRO at 0.05", numbers.aupro05());
    Element decision = group(groups, "Decisions", "What happens at the threshold?");
    number(decision, "False alarms", numbers.falseAlarmRate());
    number(decision, "Missed defects", numbers.missedRate());
    threshold(decision, "Image threshold", report.imageThreshold());
    threshold(decision, "Pixel threshold", report.pixelThreshold());
    explanation(section, "Image threshold", report.imageThreshold());
    explanation(section, "Pixel threshold", report.pixelThreshold());
    if (report.imageThreshold().value().isPresent()) {
      decisions(section, images);
    }
  }

  private static Element group(Element parent, String title, String question) {
    Element group = parent.appendElement("div").addClass("group");
    group.appendElement("h3").text(title);
    Dom.paragraph(group, "question", question);
    return group.appendElement("dl");
  }

  private static void number(Element list, String name, OptionalDouble share) {
    entry(list, name, Words.percent(share), share.isPresent());
  }

  private static void threshold(Element list, String name, ReportThreshold threshold) {
    OptionalDouble value = threshold.value();
    String text = value.isPresent() ? Words.score(value.getAsDouble()) : Words.ABSENT;
    entry(list, name, text, value.isPresent());
  }

  private static void entry(Element list, String name, String text, boolean defined) {
    Element entry = list.appendElement("div");
    entry.appendElement("dt").text(name);
    Element value = entry.appendElement("dd").text(text);
    if (!defined) {
      value.addClass("absent").appendElement("span").addClass("hidden").text(" not defined");
    }
  }

  private static void explanation(Element parent, String name, ReportThreshold threshold) {
    Element line = parent.appendElement("p").addClass("explanation");
    line.appendElement("strong").text(name);
    line.appendElement("span")
        .addClass("origin " + threshold.origin().name().toLowerCase(Locale.ROOT))
        .text(origin(threshold.origin()));
    Dom.name(line, threshold.explanation());
  }

  private static String origin(ReportThreshold.Origin origin) {
    return switch (origin) {
      case CALIBRATED -> "calibrated";
      case ESTIMATE -> "estimate";
      case MANUAL -> "set by hand";
      case EARLIER -> "earlier calibration";
      case NONE -> "none";
    };
  }

  private static void decisions(Element parent, List<Judged> images) {
    Element decisions = parent.appendElement("div").addClass("decisions");
    Element body =
        Dom.table(
            decisions,
            "Decisions on images",
            List.of("Known as", "Called good", "Called defective"));
    Dom.row(
        body, "Good", List.of(count(images, Outcome.PASSED), count(images, Outcome.FALSE_ALARM)));
    Dom.row(
        body, "Defective", List.of(count(images, Outcome.MISSED), count(images, Outcome.FOUND)));
    if (images.stream().anyMatch(image -> image.label() == Label.UNKNOWN)) {
      Dom.row(
          body,
          "Unknown",
          List.of(count(images, Outcome.CALLED_GOOD), count(images, Outcome.CALLED_DEFECTIVE)));
    }
  }

  private static String count(List<Judged> images, Outcome outcome) {
    return Words.count(images.stream().filter(image -> image.outcome() == outcome).count());
  }
}
