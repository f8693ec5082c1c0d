package io.github.anople.server.enrol;

import io.github.anople.torch.train.TrainingListener;
import io.github.anople.torch.train.TrainingRemark;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Tells how a training goes on. */
final class TrainingProgress implements TrainingListener {

  private final String what;
  private final Consumer<TrainingEvent> tell;
  private final BooleanSupplier cancelled;
  private int steps;

  /**
   * A training.
   *
   * @param what stands before what is done; may be empty
   * @param tell takes what there is to tell
   * @param cancelled whether the training is to end
   */
  TrainingProgress(String what, Consumer<TrainingEvent> tell, BooleanSupplier cancelled) {
    this.what = what;
    this.tell = tell;
    this.cancelled = cancelled;
  }

  @Override
  public boolean isCancelled() {
    return cancelled.getAsBoolean();
  }

  @Override
  public void stage(Stage stage) {
    String words =
        switch (stage) {
          case READING_SHOTS -> "reading the good pictures";
          case TRAINING -> "training";
          case FILLING_MEMORY -> "remembering the good pictures";
          case GOLDEN_IMAGE -> "testing itself";
        };
    tell.accept(TrainingEvent.stage(what + words));
  }

  @Override
  public void noted(TrainingRemark remark) {
    tell.accept(TrainingEvent.remark(remark.words()));
  }

  @Override
  public void started(int epochs, int stepsPerEpoch, int epochsDone) {
    steps = epochs * stepsPerEpoch;
  }

  @Override
  public void stepDone(StepEvent step) {
    tell.accept(TrainingEvent.progress(what + "training", (int) step.step(), steps));
  }
}
