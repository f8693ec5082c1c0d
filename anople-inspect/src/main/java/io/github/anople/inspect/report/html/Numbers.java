package io.github.anople.inspect.report.html;

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

/**
 * The numbers behind the verdict.
 *
 * @param cards the numbers, by what they are about
 * @param thresholds where the thresholds come from
 * @param decisions what was decided on which images; empty without a threshold
 */
record Numbers(List<NumberCard> cards, List<Explained> thresholds, Optional<Table> decisions) {

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
        decided
            ? Optional.of(decisions(images, report.imageThreshold().uncertain().isPresent()))
            : Optional.empty());
  }

  private static List<NumberCard> cards(InspectionReport report) {
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
