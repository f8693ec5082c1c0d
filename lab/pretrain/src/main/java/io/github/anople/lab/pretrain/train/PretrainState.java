package io.github.anople.lab.pretrain.train;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.clip.ClipStem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where a pretraining stands, and its file.
 *
 * @param steps steps done
 * @param weights all, by OpenCLIP's names
 * @param first the optimizer's means of what is learned
 * @param second the optimizer's mean squares of what is learned
 */
record PretrainState(
    long steps,
    Map<String, FloatTensor> weights,
    Map<String, FloatTensor> first,
    Map<String, FloatTensor> second) {

  private static final String RUN = "run";
  private static final String STEPS = "steps_done";

  /** The state before the first step; a stem's projection stays as it is. */
  static PretrainState initial(Map<String, FloatTensor> weights) {
    return initial(weights, false);
  }

  /**
   * The state before the first step.
   *
   * @param learnStem whether a stem's projection is learned
   */
  static PretrainState initial(Map<String, FloatTensor> weights, boolean learnStem) {
    Map<String, FloatTensor> zeros = new LinkedHashMap<>();
    learned(weights, learnStem)
        .forEach(
            (name, value) ->
                zeros.put(name, new FloatTensor(value.shape(), new float[value.values().length])));
    return new PretrainState(0, weights, zeros, zeros);
  }

  /** What is learned of a checkpoint's tensors; the rest is built, or the frozen trunk's. */
  private static <T> Map<String, T> learned(Map<String, T> all, boolean learnStem) {
    Map<String, T> learned = new LinkedHashMap<>(all);
    learned
        .keySet()
        .removeIf(name -> BuiltInDescriptors.isBuilt(name) || StemWeights.isTrunk(name));
    if (!learnStem) {
      learned.remove(ClipStem.PROJECTION);
    }
    return learned;
  }

  /** What is learned: all that has an optimizer's mean. */
  Map<String, FloatTensor> learned() {
    Map<String, FloatTensor> learned = new LinkedHashMap<>(weights);
    learned.keySet().retainAll(first.keySet());
    return learned;
  }

  /**
   * Writes the state whole.
   *
   * @param run everything that the run depends on, as text
   */
  void write(Path file, String run) {
    List<TensorSource> tensors = new ArrayList<>();
    add(tensors, "weight.", weights);
    add(tensors, "first.", first);
    add(tensors, "second.", second);
    SafetensorsFile.write(file, Map.of(RUN, run, STEPS, Long.toString(steps)), tensors);
  }

  private static void add(
      List<TensorSource> tensors, String prefix, Map<String, FloatTensor> values) {
    values.forEach(
        (name, value) ->
            tensors.add(TensorSource.of(prefix + name, value.shape(), value.values())));
  }

  /**
   * Reads a state.
   *
   * @param run what the run that wants to go on depends on
   * @param shapes names and shapes of its weights
   * @throws InputException if the file is another run's
   */
  static PretrainState read(Path file, String run, Map<String, List<Long>> shapes) {
    return read(file, run, shapes, false);
  }

  /**
   * Reads a state.
   *
   * @param run what the run that wants to go on depends on
   * @param shapes names and shapes of its weights
   * @param learnStem whether a stem's projection is learned
   * @throws InputException if the file is another run's
   */
  static PretrainState read(
      Path file, String run, Map<String, List<Long>> shapes, boolean learnStem) {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      String theirs = tensors.metadata().get(RUN);
      if (!run.equals(theirs)) {
        throw new InputException(
            file,
            "belongs to a run with other settings ("
                + InputException.quoted(String.valueOf(theirs))
                + ")",
            "repeat those settings, or give another output folder");
      }
      return new PretrainState(
          Long.parseLong(tensors.metadata().get(STEPS)),
          get(tensors, "weight.", shapes),
          get(tensors, "first.", learned(shapes, learnStem)),
          get(tensors, "second.", learned(shapes, learnStem)));
    }
  }

  /** Tensors by name, read whole; in the file a prefix stands before each name. */
  static Map<String, FloatTensor> get(
      SafetensorsFile tensors, String prefix, Map<String, List<Long>> shapes) {
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> values.put(name, new FloatTensor(shape, tensors.floats(prefix + name))));
    return values;
  }
}
