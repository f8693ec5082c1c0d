package io.github.anople.cli;

import io.github.anople.console.Output;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.report.Inspection;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;

/** A test's progress: a bar on a terminal, a line a category elsewhere; and faults at once. */
final class TestProgress implements EvaluationListener, AutoCloseable {

  private final Output output;
  private final Optional<ProgressBar> bar;
  private String category = "";

  /** A progress of that many pictures. */
  TestProgress(Output output, int images) {
    this.output = output;
    this.bar =
        output.onTerminal() && images > 0
            ? Optional.of(PredictReport.bar(images))
            : Optional.empty();
  }

  @Override
  public void scored(Inspection image, Seen seen) {
    step(image.sample());
  }

  @Override
  public void failed(Sample sample, Failure failure) {
    output.fault(Hints.with(failure.reason(), failure.topic()));
  }

  private void step(Sample sample) {
    bar.ifPresent(ProgressBar::step);
    if (bar.isEmpty() && !sample.category().equals(category)) {
      category = sample.category();
      output.info("testing " + category);
    }
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }
}
