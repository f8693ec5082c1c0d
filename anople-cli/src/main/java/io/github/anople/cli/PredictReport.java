package io.github.anople.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.console.Output;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.core.drift.Drift;
import io.github.anople.core.drift.DriftSummary;
import io.github.anople.core.drift.DriftTest;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.predict.PredictionListener;
import io.github.anople.inspect.predict.Predictions;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** What {@code anople predict} prints: scores, failures, a bar on a terminal, a last line. */
final class PredictReport implements PredictionListener, AutoCloseable {

  private final Output output;
  private final Optional<ResultFolder> results;
  private final Optional<ProgressBar> bar;
  private final PictureNotes notes;

  /** What was said of parts, by name. */
  private final Map<String, String> told = new HashMap<>();

  /**
   * A report.
   *
   * @param images how many there are; 0 where nobody knows
   */
  PredictReport(Output output, Optional<ResultFolder> results, int images) {
    this.output = output;
    this.results = results;
    this.notes = new PictureNotes(output);
    boolean drawn = results.isPresent() && images > 1 && output.onTerminal();
    this.bar = drawn ? Optional.of(bar(images)) : Optional.empty();
  }

  static ProgressBar bar(int images) {
    return new ProgressBarBuilder()
        .setTaskName("pictures")
        .setInitialMax(images)
        .setStyle(ProgressBarStyle.ASCII)
        .build();
  }

  @Override
  public void scored(Inspection inspection) {
    bar.ifPresent(ProgressBar::step);
    inspection.notes().forEach(note -> notes.noted(inspection.path(), note));
    if (results.isEmpty() && !output.json()) {
      output.result().println(line(inspection));
    } else if (bar.isEmpty()) {
      output.info(line(inspection));
    }
  }

  @Override
  public void failed(Failure failure) {
    bar.ifPresent(ProgressBar::step);
    output.fault(Hints.with(failure.reason(), failure.topic()));
  }

  @Override
  public void complete(Part part) {
    tell(part);
  }

  private void tell(Part part) {
    String line = line(part);
    if (!line.equals(told.put(part.name(), line))) {
      say(line);
    }
  }

  private void say(String line) {
    if (results.isEmpty() && !output.json()) {
      output.result().println(line);
    } else {
      output.info(line);
    }
  }

  /** Where a folder has them all, only those that somebody must look at. */
  private void tellParts(List<Part> parts) {
    parts.stream().filter(part -> results.isEmpty() || !part.ok()).forEach(this::tell);
    long alone = parts.stream().filter(part -> !part.matched()).count();
    if (alone > 0) {
      output.info(
          "%s %s not match --part: each is a part of its own"
              .formatted(Words.count(alone, "picture"), alone == 1 ? "does" : "do"));
    }
    if (!parts.isEmpty()) {
      output.info(Part.counts(parts));
    }
  }

  /** On the terminal even between pictures that are only counted: somebody has to go and look. */
  @Override
  public void drifted(Drift drift) {
    output.info("drift: " + drift.words());
  }

  /** Says how it went. */
  void finished(Predictions predictions) {
    close();
    notes.finished();
    if (output.json()) {
      JsonNode json = new JsonMapper().valueToTree(predictions.content());
      output.result().println(json.toPrettyString());
    }
    tellParts(predictions.parts());
    String unlike =
        predictions.unlike() > 0 ? " (" + predictions.unlike() + " NOT LIKE THE PRODUCT)" : "";
    Optional<Threshold> threshold = predictions.settings().threshold();
    String uncertain =
        threshold.flatMap(Threshold::uncertain).isPresent()
            ? ", " + predictions.uncertain() + " UNCERTAIN"
            : "";
    String rejected =
        threshold.isPresent() ? uncertain + ", " + predictions.rejected() + " NOT OK" + unlike : "";
    String where = results.map(folder -> "; results in " + folder.folder()).orElse("");
    predictions
        .drift()
        .filter(summary -> summary.pictures() >= DriftTest.LEAST)
        .flatMap(DriftSummary::unable)
        .ifPresent(output::info);
    if (results.isPresent() || !predictions.failed().isEmpty()) {
      output.info(
          "%s scored%s, %d failed%s"
              .formatted(
                  Words.count(predictions.scored().size(), "picture"),
                  rejected + unclear(predictions),
                  predictions.failed().size(),
                  where));
    }
  }

  private static String unclear(Predictions predictions) {
    long count =
        predictions.scored().stream()
            .filter(one -> one.verdict().filter(Verdict::isWithinEstimate).isPresent())
            .count();
    return count == 0
        ? ""
        : ", %d not clear (the threshold is an estimate: calibrate it)".formatted(count);
  }

  /** For example {@code part A17: NOT OK, 0.31, worst view new/A17_cam2.png}. */
  private static String line(Part part) {
    String worst =
        part.worst()
            .filter(image -> part.images().size() > 1)
            .map(image -> ", worst view " + plain(image.path()))
            .orElse("");
    OptionalDouble score = part.score();
    return "part "
        + plain(part.name())
        + part.text().map(text -> ": " + text).orElse("")
        + (score.isPresent() ? ", " + (float) score.getAsDouble() : "")
        + worst;
  }

  /** A name may hold a line break; a line per picture is promised. */
  private static String plain(String path) {
    return path.replaceAll("\\p{Cntrl}", "?");
  }

  private static String line(Inspection result) {
    String verdict = result.verdict().map(PredictReport::words).orElse("");
    return Float.toString(result.score()) + verdict + "  " + plain(result.path());
  }

  /**
   * For example {@code NOT OK (+34 %)}: by how much of the threshold the score is above it; {@code
   * NOT OK (+9 %, not clear)} near to an estimated one; {@code UNCERTAIN (-8 %)} below the higher
   * of two. Of what is not the product its score says nothing.
   */
  private static String words(Verdict verdict) {
    OptionalDouble margin = verdict.faults().isEmpty() ? verdict.margin() : OptionalDouble.empty();
    String doubt = verdict.isWithinEstimate() ? ", not clear" : "";
    String far =
        margin.isPresent()
            ? String.format(Locale.ROOT, " (%+.0f %%%s)", 100 * margin.getAsDouble(), doubt)
            : "";
    return "  " + verdict.text() + far;
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
