package io.github.anople.cli;

import io.github.anople.cli.demo.DemoListener;
import io.github.anople.cli.demo.ProductResult;
import io.github.anople.cli.demo.Story;
import io.github.anople.console.Output;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.torch.train.TrainingListener;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A demo's progress: a line a stage, and while one takes long a line every few seconds, in a log as
 * on a terminal; and each product's outcome at once.
 */
final class DemoProgress implements DemoListener {

  private static final long SILENCE_NANOS = Duration.ofSeconds(4).toNanos();
  private static final double NANOS_PER_SECOND = 1e9;

  private final Output output;
  private final LongSupplier clock;
  private long begun;
  private long lastLine;

  /**
   * A progress.
   *
   * @param output where the lines go
   * @param clock nanoseconds from any start
   */
  DemoProgress(Output output, LongSupplier clock) {
    this.output = output;
    this.clock = clock;
  }

  @Override
  public void drawing(String product, Path folder) {
    begun = clock.getAsLong();
    say(product + ": drawing its pictures into " + folder);
  }

  @Override
  public TrainingListener training(String product) {
    return new Learning(product);
  }

  @Override
  public void calibrating(String name) {
    say(name + ": setting the threshold with further good pictures");
  }

  @Override
  public EvaluationListener testing(String name) {
    say(name + ": testing");
    return new EvaluationListener() {
      private int images;

      @Override
      public void scored(Inspection image, Seen seen) {
        images++;
        sayIfSilent(name + ": testing, " + images + " pictures done");
      }

      @Override
      public void failed(Sample sample, Failure failure) {
        output.fault(failure.reason());
      }
    };
  }

  @Override
  public void tested(ProductResult result) {
    double seconds = (clock.getAsLong() - begun) / NANOS_PER_SECOND;
    say(Story.line(result) + String.format(Locale.ROOT, " (%.0f s)", seconds));
    begun = clock.getAsLong();
  }

  private void say(String line) {
    output.info(line);
    lastLine = clock.getAsLong();
  }

  private void sayIfSilent(String line) {
    if (clock.getAsLong() - lastLine >= SILENCE_NANOS) {
      say(line);
    }
  }

  /** A training: what is done, in percent, and what is left, in seconds. */
  private final class Learning implements TrainingListener {

    private final String product;
    private long steps;
    private long started;

    private Learning(String product) {
      this.product = product;
    }

    @Override
    public void stage(Stage stage) {
      if (stage == Stage.FILLING_MEMORY) {
        say(product + ": filling the memory");
      }
    }

    @Override
    public void started(int epochs, int stepsPerEpoch, int epochsDone) {
      steps = (long) epochs * stepsPerEpoch;
      started = clock.getAsLong();
      say(product + ": learning, " + Words.count(epochs, "epoch"));
    }

    @Override
    public void stepDone(StepEvent step) {
      double taken = (clock.getAsLong() - started) / NANOS_PER_SECOND;
      double left = taken / step.step() * (steps - step.step());
      sayIfSilent(
          String.format(
              Locale.ROOT,
              "%s: learning, %d %%, about %.0f s left",
              product,
              100 * step.step() / steps,
              left));
    }
  }
}
