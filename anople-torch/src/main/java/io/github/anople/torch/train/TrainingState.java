package io.github.anople.torch.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.loss.LossValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a training stands at the end of an epoch: all it takes to go on as if it had never stopped.
 *
 * @param epochsDone epochs done
 * @param learned values of all learnables
 * @param velocities the optimizer's memory, by the same names
 * @param history what each step so far reported, in order
 */
record TrainingState(
    int epochsDone,
    Map<String, FloatTensor> learned,
    Map<String, FloatTensor> velocities,
    List<Row> history) {

  /**
   * What a step reported.
   *
   * @param epoch counted from 1
   * @param step counted from 1 over the whole training
   * @param shot index of the picture
   * @param losses before the update
   */
  record Row(int epoch, long step, int shot, LossValues losses) {}

  TrainingState {
    history = List.copyOf(history);
  }

  /** The start of a training: first values, an optimizer at rest. */
  static TrainingState initial(Map<String, FloatTensor> drawn) {
    Map<String, FloatTensor> still = new LinkedHashMap<>();
    drawn.forEach(
        (name, tensor) ->
            still.put(name, new FloatTensor(tensor.shape(), new float[tensor.values().length])));
    return new TrainingState(0, drawn, still, List.of());
  }
}
