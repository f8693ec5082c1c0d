package io.github.anople.benchmark.command;

import io.github.anople.benchmark.BenchmarkListener;
import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellResult;
import io.github.anople.console.Output;
import io.github.anople.core.InputException;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** A benchmark's progress: a line a run, with the time that is left. */
final class BenchmarkProgress implements BenchmarkListener {

  private final Output output;

  BenchmarkProgress(Output output) {
    this.output = output;
  }

  @Override
  public void started(int cells, int finished) {
    output.info(
        finished == 0
            ? runs(cells)
            : "%s, %d of them finished before".formatted(runs(cells), finished));
  }

  @Override
  public void finished(Progress progress, Cell cell, CellResult result) {
    MetricTable mean =
        MetricTable.mean(result.categories().stream().map(CellResult.Measured::metrics).toList());
    output.info(
        "%s %s: image AUROC %s, pixel AUROC %s (%s)"
            .formatted(
                place(progress),
                cell,
                percent(mean.get(Metric.IMAGE_AUROC)),
                percent(mean.get(Metric.PIXEL_AUROC)),
                times(progress)));
    result.notes().forEach(note -> output.info("  note: " + note));
  }

  @Override
  public void failed(Progress progress, Cell cell, RuntimeException fault) {
    String why = fault instanceof InputException ? fault.getMessage() : "internal fault, " + fault;
    output.fault("%s %s failed: %s (%s)".formatted(place(progress), cell, why, times(progress)));
  }

  static String runs(int cells) {
    return cells == 1 ? "1 run" : cells + " runs";
  }

  private static String place(Progress progress) {
    return "[%d/%d]".formatted(progress.done(), progress.cells());
  }

  private static String percent(OptionalDouble value) {
    return value.isEmpty()
        ? "undefined"
        : String.format(Locale.ROOT, "%.1f", 100 * value.getAsDouble());
  }

  private static String times(Progress progress) {
    return words(progress.took())
        + progress.left().map(left -> "; about " + words(left) + " left").orElse("");
  }

  /** Two units at most: 41 s, 12 min 5 s, 7 h 30 min. */
  static String words(Duration time) {
    long seconds = Math.max(1, Math.round(time.toMillis() / 1000.0));
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
