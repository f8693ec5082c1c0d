package io.github.anople.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.console.Output;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.predict.PredictionListener;
import io.github.anople.inspect.predict.Predictions;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.inspect.report.Inspection;
import java.util.Locale;
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

  /** Says how it went. */
  void finished(Predictions predictions) {
    close();
    notes.finished();
    if (output.json()) {
      JsonNode json = new JsonMapper().valueToTree(predictions.content());
      output.result().println(json.toPrettyString());
    }
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

  private static String line(Inspection result) {
    String verdict = result.verdict().map(PredictReport::words).orElse("");
    // A name may hold a line break; a line per picture is promised.
    String path = result.path().replaceAll("\\p{Cntrl}", "?");
    return Float.toString(result.score()) + verdict + "  " + path;
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
