package io.github.anople.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.console.ExitCode;
import io.github.anople.console.Output;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftSummary;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.evaluate.Decisions;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationJson;
import io.github.anople.inspect.evaluate.PartQuality;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.report.BoxNumbers;
import io.github.anople.inspect.report.Part;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What {@code anople test} prints in the end: a table, or JSON, and what to know about it. */
final class TestReport {

  private static final String INDENT = "  ";

  private final Output output;
  private final Optional<Path> folder;

  TestReport(Output output, Optional<Path> folder) {
    this.output = output;
    this.folder = folder;
  }

  /** Prints, and says how the command ends. */
  int print(List<Evaluation> evaluations) {
    if (output.json()) {
      JsonNode json = new JsonMapper().valueToTree(EvaluationJson.of(evaluations));
      output.result().println(json.toPrettyString());
    } else {
      table(evaluations).forEach(output.result()::println);
      boxes(evaluations).forEach(output.result()::println);
    }
    for (Evaluation evaluation : evaluations) {
      decisions(evaluation).ifPresent(output::info);
      evaluation.parts().ifPresent(parts -> parts(evaluation.category(), parts));
      evaluation.drift().ifPresent(drift -> drift(evaluation.category(), drift));
      evaluation
          .notes()
          .forEach(note -> output.info("note: " + line(evaluation.category() + ": " + note)));
    }
    Evaluation.lackingInMean(evaluations).forEach(note -> output.info("note: " + line(note)));
    int scored = evaluations.stream().mapToInt(one -> one.images().size()).sum();
    int failed = evaluations.stream().mapToInt(one -> one.failures().size()).sum();
    output.info(
        "%s scored, %s%s"
            .formatted(
                Words.count(scored, "picture"),
                Words.count(failed, "failure"),
                folder.map(where -> "; results in " + where).orElse("")));
    return failed == 0 ? 0 : ExitCode.INPUT_FAULT;
  }

  /** What share of good and bad pictures the thresholds call what; empty without one. */
  private static Optional<String> decisions(Evaluation evaluation) {
    boolean two =
        evaluation.images().stream()
            .flatMap(image -> image.verdict().stream())
            .anyMatch(verdict -> verdict.threshold().uncertain().isPresent());
    List<String> parts = new ArrayList<>();
    for (Label label : List.of(Label.NORMAL, Label.ANOMALOUS)) {
      Decisions decided = Decisions.of(evaluation.images(), label);
      if (decided.all() > 0) {
        parts.add(
            "of %d %s %s"
                .formatted(
                    decided.all(),
                    label == Label.NORMAL ? "good" : "defective",
                    decided.words(two)));
      }
    }
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(line(evaluation.category() + ": " + String.join("; ", parts)));
  }

  /** Of the good pictures alone: those with defects are another matter. */
  private void drift(String category, DriftSummary summary) {
    for (Drift drift : summary.drifts()) {
      String until = drift.ended().map(path -> ", to " + path).orElse("");
      output.info(
          line(
              "%s: drift of the good pictures: %s, from %s%s"
                  .formatted(category, drift.change().words(), drift.began(), until)));
    }
  }

  private void parts(String category, PartQuality parts) {
    output.info(line(category + ": " + parts.words()));
    if (parts.parts().get(0).images().get(0).verdict().isPresent()) {
      output.info(line(category + ": " + Part.counts(parts.parts())));
    }
  }

  /**
   * A head, a row a category with its kinds of defect below, and the mean of several; a column for
   * each metric that a category has.
   */
  private static List<String> table(List<Evaluation> evaluations) {
    List<List<String>> rows = new ArrayList<>();
    List<String> head = new ArrayList<>(List.of("", "good", "bad"));
    List<Metric> shown =
        MetricTable.defined(evaluations.stream().map(one -> one.overall().metrics()).toList());
    shown.forEach(metric -> head.add(metric.title()));
    rows.add(head);
    for (Evaluation evaluation : evaluations) {
      rows.add(row(evaluation.category(), evaluation.overall(), shown));
      for (Evaluation.Part type : evaluation.defectTypes()) {
        rows.add(row(INDENT + type.name(), type, shown));
      }
    }
    if (evaluations.size() > 1) {
      rows.add(row("mean of categories", "", "", Evaluation.mean(evaluations), shown));
    }
    return aligned(rows);
  }

  /** A line a category whose masks can be compared with boxes. */
  private static List<String> boxes(List<Evaluation> evaluations) {
    List<String> lines = new ArrayList<>();
    for (Evaluation evaluation : evaluations) {
      evaluation
          .overall()
          .boxes()
          .filter(boxes -> boxes.masks() > 0)
          .ifPresent(boxes -> lines.add(line(evaluation.category()) + ": " + words(boxes)));
    }
    return lines;
  }

  private static String words(BoxNumbers boxes) {
    String iou =
        boxes.meanIou().isPresent()
            ? String.format(Locale.ROOT, " (mean IoU %.2f)", boxes.meanIou().getAsDouble())
            : "";
    return "boxes find %d of %s%s; %d of %s lie on one; %d of %s a box"
        .formatted(
            boxes.found(),
            Words.count(boxes.masks(), "marked defect"),
            iou,
            boxes.onMasks(),
            boxes.boxes() == 1 ? "1 box" : Words.count(boxes.boxes()) + " boxes",
            boxes.goodWithBoxes(),
            boxes.good() == 1 ? "1 good picture has" : boxes.good() + " good pictures have");
  }

  private static List<String> row(String name, Evaluation.Part part, List<Metric> shown) {
    return row(name, "" + part.good(), "" + part.defective(), part.metrics(), shown);
  }

  private static List<String> row(
      String name, String good, String bad, MetricTable metrics, List<Metric> shown) {
    List<String> row = new ArrayList<>(List.of(line(name), good, bad));
    for (Metric metric : shown) {
      OptionalDouble value = metrics.get(metric);
      row.add(value.isPresent() ? String.format(Locale.ROOT, "%.4f", value.getAsDouble()) : "-");
    }
    return row;
  }

  private static List<String> aligned(List<List<String>> rows) {
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < row.size(); column++) {
        int at = column;
        int width = rows.stream().mapToInt(other -> other.get(at).length()).max().orElse(0);
        String pad = " ".repeat(width - row.get(column).length());
        // Names to the left, numbers to the right.
        text.append(column == 0 ? row.get(0) + pad : INDENT + pad + row.get(column));
      }
      lines.add(text.toString());
    }
    return lines;
  }

  /** A name may hold a line break; a line a row is promised. */
  private static String line(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
