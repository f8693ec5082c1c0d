package io.github.anople.torch.train;

import io.github.anople.torch.loss.LossValues;

/**
 * Told of a training's progress, on the training's thread. Every method does nothing unless
 * overridden.
 */
public interface TrainingListener {

  /** A listener that does nothing. */
  TrainingListener SILENT = new TrainingListener() {};

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
