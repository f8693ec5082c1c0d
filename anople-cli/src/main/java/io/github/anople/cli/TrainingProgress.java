package io.github.anople.cli;

import io.github.anople.console.Output;
import io.github.anople.torch.train.TrainingListener;
import io.github.anople.torch.train.TrainingRemark;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A training's progress: a bar on a terminal, a line an epoch elsewhere. */
final class TrainingProgress implements TrainingListener, AutoCloseable {

  private final Output output;
  private final List<TrainingRemark> remarks = new ArrayList<>();
  private int epochs;
  private StepEvent last;
  private ProgressBar bar;

  TrainingProgress(Output output) {
    this.output = output;
  }

  @Override
  public void noted(TrainingRemark remark) {
    remarks.add(remark);
    String hint =
        remark.kind() == TrainingRemark.Kind.SMALL_DEFECTS
            ? " (--tile-size, or a grid by --tiles)"
            : "";
    output.info("note: " + remark.words() + hint);
  }

  /** What was noted, for the results. */
  List<TrainingRemark> remarks() {
    return List.copyOf(remarks);
  }

  @Override
  public void replaced(Path checkpoint) {
    output.info(checkpoint + " is of another training and is replaced");
  }

  @Override
  public void started(int epochs, int stepsPerEpoch, int epochsDone) {
    this.epochs = epochs;
    if (epochsDone > 0) {
      output.info("continuing after epoch " + epochsDone + " of " + epochs);
    }
    if (output.onTerminal()) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("training")
              .setInitialMax((long) epochs * stepsPerEpoch)
              .startsFrom((long) epochsDone * stepsPerEpoch, Duration.ZERO)
              .setUnit(" steps", 1)
              .setStyle(ProgressBarStyle.ASCII)
              .build();
    }
  }

  @Override
  public void stepDone(StepEvent step) {
    last = step;
    if (bar != null) {
      bar.stepTo(step.step());
      bar.setExtraMessage(
          String.format(
              Locale.ROOT, " epoch %d/%d, loss %.4f", step.epoch(), epochs, step.losses().total()));
    }
  }

  @Override
  public void epochDone(int epoch, double meanLoss) {
    if (bar == null) {
      output.info(
          String.format(
              Locale.ROOT,
              "epoch %d/%d  step %d  loss %.4f  (last step: dice %.4f, focal %.4f, image %.4f, "
                  + "latent %.4f, align %.4f)",
              epoch,
              epochs,
              last.step(),
              meanLoss,
              last.losses().dice(),
              last.losses().focal(),
              last.losses().cePixel(),
              last.losses().ceLatent(),
              last.losses().align()));
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
