package io.github.anople.torch.train;

import io.github.anople.torch.loss.LossValues;
import java.nio.file.Path;

/**
 * Told of a training's progress, and asked whether it is to go on, on the training's thread. Every
 * method does nothing unless overridden.
 */
public interface TrainingListener {

  /** A listener that does nothing. */
  TrainingListener SILENT = new TrainingListener() {};

  /** What a training does, in this order. */
  enum Stage {
    /** The files of the shots are read and decoded. */
    READING_SHOTS,
    /** Prompts and decoder learn; followed by {@link #started}. */
    TRAINING,
    /** The memory sees the shots; left out by a training without memory. */
    FILLING_MEMORY,
    /** A shot is scored for the detector's self-test. */
    GOLDEN_IMAGE
  }

  /**
   * A stage begins.
   *
   * @param stage what is done from now on
   */
  default void stage(Stage stage) {}

  /**
   * Something about the shots or the names looks odd; the training goes on. Told when all shots are
   * read.
   *
   * @param remark what it is
   */
  default void noted(TrainingRemark remark) {}

  /**
   * A checkpoint is there and the training does not continue from it: it is another training's, or
   * the training was not to continue.
   *
   * @param checkpoint the file, which is replaced after the first epoch
   */
  default void replaced(Path checkpoint) {}

  /**
   * Whether somebody wants the training to end. It is asked before each shot is read, before each
   * step, and before each shot is put into the memory; on yes the training throws {@link
   * java.util.concurrent.CancellationException}. The checkpoint of the last epoch that was done
   * stays, and {@link TrainingFiles#resume} goes on from it.
   *
   * @return true to end; a value that another thread sets must be volatile
   */
  default boolean isCancelled() {
    return false;
  }

  /**
   * A training begins, or goes on.
   *
   * @param epochs in all
   * @param stepsPerEpoch pictures of an epoch
   * @param epochsDone epochs that a checkpoint had already done; 0 for a new training
   */
  default void started(int epochs, int stepsPerEpoch, int epochsDone) {}

  /**
   * A step is done.
   *
   * @param step what happened
   */
  default void stepDone(StepEvent step) {}

  /**
   * An epoch is done, and its checkpoint written where there is one.
   *
   * @param epoch counted from 1
   * @param meanLoss mean of its steps' total losses
   */
  default void epochDone(int epoch, double meanLoss) {}

  /**
   * One step.
   *
   * @param epoch counted from 1
   * @param step counted from 1 over the whole training
   * @param image the picture's path
   * @param promptRate learning rate of the prompt learner in this step
   * @param losses before the step's update
   */
  record StepEvent(int epoch, long step, String image, double promptRate, LossValues losses) {}
}
