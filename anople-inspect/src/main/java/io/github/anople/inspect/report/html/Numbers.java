package io.github.anople.inspect.report.html;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.page.Chip;
import io.github.anople.inspect.page.NumberCard;
import io.github.anople.inspect.page.NumberCard.Entry;
import io.github.anople.inspect.page.Table;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.report.BoxNumbers;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.KeyNumbers;
import io.github.anople.inspect.report.ReportThreshold;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * The numbers behind the verdict.
 *
 * @param cards the numbers, by what they are about
 * @param thresholds where the thresholds come from
 * @param decisions what was decided on which images, and on which parts; none without a threshold
 */
record Numbers(List<NumberCard> cards, List<Explained> thresholds, List<Table> decisions) {

  /**
   * A threshold in words.
   *
   * @param name which
   * @param origin where it comes from
   * @param text what it promises
   */
  record Explained(String name, Chip origin, String text) {}

  private static final String OF_IMAGES = "Image threshold";
  private static final String OF_PIXELS = "Pixel threshold";

  static Numbers of(InspectionReport report, List<Judged> images) {
    boolean decided = report.imageThreshold().value().isPresent();
    return new Numbers(
        cards(report),
        List.of(
            explained(OF_IMAGES, report.imageThreshold()),
            explained(OF_PIXELS, report.pixelThreshold())),
        decided ? decisions(report, images) : List.of());
  }

  private static List<Table> decisions(InspectionReport report, List<Judged> images) {
    List<Table> tables = new ArrayList<>();
    tables.add(decisions(images, report.imageThreshold().uncertain().isPresent()));
    report
        .parts()
        .filter(parts -> !parts.decisions().isEmpty())
        .ifPresent(parts -> tables.add(decisions(parts)));
    return tables;
  }

  private static Table decisions(InspectionReport.PartSummary parts) {
    // A narrow page has no room for verdicts that no part has.
    List<Integer> shown =
        IntStream.range(0, parts.verdicts().size())
            .filter(
                at ->
                    List.of(Verdict.OK, Verdict.NOT_OK).contains(parts.verdicts().get(at))
                        || parts.decisions().values().stream().anyMatch(row -> row.get(at) > 0))
            .boxed()
            .toList();
    List<String> head = new ArrayList<>(List.of("Known as"));
    shown.forEach(at -> head.add(parts.verdicts().get(at)));
    List<Table.Row> rows = new ArrayList<>();
    parts
        .decisions()
        .forEach(
            (known, counts) ->
                rows.add(
                    new Table.Row(
                        known, shown.stream().map(at -> Words.count(counts.get(at))).toList())));
    return new Table("Decisions on parts, each its worst view's", head, rows);
  }

  private static NumberCard card(InspectionReport.PartSummary parts) {
    return new NumberCard(
        "Parts",
        "Has one of its views a defect?",
        List.of(
            share("AUROC", parts.auroc()),
            share("Average precision", parts.ap()),
            share("F1-max", parts.f1Max())));
  }

  private static List<NumberCard> cards(InspectionReport report) {
    List<NumberCard> cards = new ArrayList<>(ofImages(report));
    report.parts().ifPresent(parts -> cards.add(1, card(parts)));
    return cards;
  }

  private static List<NumberCard> ofImages(InspectionReport report) {
    KeyNumbers numbers = report.numbers();
    List<Entry> decisions = new ArrayList<>();
    decisions.add(share("False alarms", numbers.falseAlarmRate()));
    decisions.add(share("Missed defects", numbers.missedRate()));
    OptionalDouble lower = report.imageThreshold().uncertain();
    if (lower.isPresent()) {
      decisions.add(share("Uncertain, of good", numbers.goodUncertainRate()));
      decisions.add(share("Uncertain, of defective", numbers.defectiveUncertainRate()));
      decisions.add(
          new Entry("Uncertain threshold", Optional.of(Words.score(lower.getAsDouble()))));
    }
    decisions.add(threshold(OF_IMAGES, report.imageThreshold()));
    decisions.add(threshold(OF_PIXELS, report.pixelThreshold()));
    List<NumberCard> cards = new ArrayList<>();
    cards.add(
        new NumberCard(
            "Images",
            "Is there a defect?",
            List.of(
                share("AUROC", numbers.imageAuroc()),
                share("Average precision", numbers.imageAp()),
                share("F1-max", numbers.imageF1Max()))));
    cards.add(
        new NumberCard(
            "Pixels",
            "Where is it?",
            List.of(
                share("AUROC", numbers.pixelAuroc()),
                share("Average precision", numbers.pixelAp()),
                share("AUPRO at 0.3", numbers.aupro30()),
                share("AUPRO at 0.05", numbers.aupro05()))));
    numbers.boxes().filter(boxes -> boxes.masks() > 0).ifPresent(boxes -> cards.add(boxes(boxes)));
    cards.add(
        new NumberCard(
            "Decisions",
            lower.isPresent()
                ? "What happens at the thresholds?"
                : "What happens at the threshold?",
            decisions));
    return cards;
  }

  private static NumberCard boxes(BoxNumbers boxes) {
    return new NumberCard(
        "Boxes",
        "Do they lie on the marked defects?",
        List.of(
            share("Defects found", boxes.foundShare()),
            share("Mean IoU of these", boxes.meanIou()),
            share("Boxes on a defect", boxes.onMasksShare()),
            share("Good with a box", boxes.goodShare())));
  }

  private static Entry share(String name, OptionalDouble share) {
    return new Entry(
        name, share.isPresent() ? Optional.of(Words.percent(share)) : Optional.empty());
  }

  private static Entry threshold(String name, ReportThreshold threshold) {
    OptionalDouble value = threshold.value();
    return new Entry(
        name, value.isPresent() ? Optional.of(Words.score(value.getAsDouble())) : Optional.empty());
  }

  private static Explained explained(String name, ReportThreshold threshold) {
    return new Explained(name, origin(threshold.origin()), threshold.explanation());
  }

  private static Chip origin(ReportThreshold.Origin origin) {
    return switch (origin) {
      case CALIBRATED -> new Chip("calibrated", false);
      case ESTIMATE -> new Chip("estimate", true);
      case MANUAL -> new Chip("set by hand", false);
      case EARLIER -> new Chip("earlier calibration", false);
      case NONE -> new Chip("none", true);
    };
  }

  private static Table decisions(List<Judged> images, boolean two) {
    List<Outcome> between = two ? List.of(Outcome.UNCERTAIN) : List.of();
    List<Table.Row> rows = new ArrayList<>();
    rows.add(row("Good", of(images, Label.NORMAL), Outcome.PASSED, between, Outcome.FALSE_ALARM));
    rows.add(row("Defective", of(images, Label.ANOMALOUS), Outcome.MISSED, between, Outcome.FOUND));
    List<Judged> unknown = of(images, Label.UNKNOWN);
    if (!unknown.isEmpty()) {
      rows.add(row("Unknown", unknown, Outcome.CALLED_GOOD, between, Outcome.CALLED_DEFECTIVE));
    }
    return new Table(
        "Decisions on images",
        two
            ? List.of("Known as", "Called good", "Called uncertain", "Called defective")
            : List.of("Known as", "Called good", "Called defective"),
        rows);
  }

  private static List<Judged> of(List<Judged> images, Label label) {
    return images.stream().filter(image -> image.label() == label).toList();
  }

  private static Table.Row row(
      String name, List<Judged> images, Outcome good, List<Outcome> between, Outcome defective) {
    List<String> cells = new ArrayList<>();
    cells.add(count(images, good));
    between.forEach(outcome -> cells.add(count(images, outcome)));
    cells.add(count(images, defective));
    return new Table.Row(name, cells);
  }

  private static String count(List<Judged> images, Outcome outcome) {
    return Words.count(images.stream().filter(image -> image.outcome() == outcome).count());
  }
}
