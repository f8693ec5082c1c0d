package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.loss.LossValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A training's state on disk, written whole after every epoch: a run that is killed goes on from
 * there and ends with the same bytes.
 *
 * <p>Safetensors: what was learned, the optimizer's velocities, and what each step reported. The
 * metadata names the run, so that no run goes on from another's state.
 */
final class TrainingCheckpoint {

  private static final String FORMAT = "anople-checkpoint 1";
  private static final String LEARNED = "learned.";
  private static final String VELOCITY = "velocity.";
  private static final String HISTORY = "history";
  private static final int COLUMNS = 9;

  private TrainingCheckpoint() {}

  /**
   * Writes a state.
   *
   * @param run everything that the run depends on, as text
   */
  static void write(Path file, String run, TrainingState state) {
    List<TensorSource> tensors = new ArrayList<>();
    state.learned().forEach((name, value) -> tensors.add(source(LEARNED + name, value)));
    state.velocities().forEach((name, value) -> tensors.add(source(VELOCITY + name, value)));
    tensors.add(source(HISTORY, history(state.history())));
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT);
    metadata.put("run", run);
    metadata.put("epochs_done", Integer.toString(state.epochsDone()));
    SafetensorsFile.write(file, metadata, tensors);
  }

  private static TensorSource source(String name, FloatTensor tensor) {
    return TensorSource.of(name, tensor.shape(), tensor.values());
  }

  private static FloatTensor history(List<TrainingState.Row> rows) {
    float[] values = new float[rows.size() * COLUMNS];
    int at = 0;
    for (TrainingState.Row row : rows) {
      values[at++] = row.epoch();
      values[at++] = row.step();
      values[at++] = row.shot();
      values[at++] = row.losses().dice();
      values[at++] = row.losses().focal();
      values[at++] = row.losses().cePixel();
      values[at++] = row.losses().ceLatent();
      values[at++] = row.losses().align();
      values[at++] = row.losses().total();
    }
    return new FloatTensor(List.of((long) rows.size(), (long) COLUMNS), values);
  }

  /**
   * Reads a state.
   *
   * @param run what the run that wants to go on depends on
   * @param shapes names and shapes of its learnables
   * @throws InputException if the file is damaged, or another run's
   */
  static TrainingState read(Path file, String run, Map<String, List<Long>> shapes) {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      Map<String, String> metadata = tensors.metadata();
      requireCheckpoint(file, metadata);
      if (!run.equals(today(metadata.getOrDefault("run", ""), file))) {
        throw new InputException(
            file,
            "is the checkpoint of another training (other settings, pictures or backbone)",
            "repeat that training's settings, or delete the file and train from the start");
      }
      return new TrainingState(
          epochs(file, metadata.get("epochs_done")),
          values(tensors, LEARNED, shapes),
          values(tensors, VELOCITY, shapes),
          rows(tensors));
    }
  }

  /**
   * Whether a run can continue from a checkpoint.
   *
   * @param run what the run depends on
   * @return false for another run's checkpoint
   * @throws InputException if the file is not a checkpoint: it may be somebody's, and stays
   */
  static boolean isOf(Path file, String run) {
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      Map<String, String> metadata = tensors.metadata();
      requireCheckpoint(file, metadata);
      return run.equals(today(metadata.getOrDefault("run", ""), file));
    }
  }

  private static void requireCheckpoint(Path file, Map<String, String> metadata) {
    if (!FORMAT.equals(metadata.get("format"))) {
      throw new InputException(
          file, "is not a checkpoint of this version", "delete it and train from the start");
    }
  }

  /** A run's text, whose first line is its settings, which may be in a form of old. */
  private static String today(String run, Path file) {
    int end = run.indexOf('\n');
    return end < 0
        ? run
        : TrainingConfig.parse(run.substring(0, end), file.toString()).toJson()
            + run.substring(end);
  }

  private static int epochs(Path file, String text) {
    try {
      int epochs = Integer.parseInt(text);
      if (epochs > 0) {
        return epochs;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw damaged(file, "states '" + text + "' epochs");
  }

  private static Map<String, FloatTensor> values(
      SafetensorsFile tensors, String prefix, Map<String, List<Long>> shapes) {
    Map<String, FloatTensor> values = new LinkedHashMap<>();
    shapes.forEach(
        (name, shape) -> {
          FloatTensor tensor =
              new FloatTensor(tensors.info(prefix + name).shape(), tensors.floats(prefix + name));
          if (!tensor.shape().equals(shape)) {
            throw damaged(tensors.path(), prefix + name + " is " + tensor.shape());
          }
          for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
              throw damaged(tensors.path(), prefix + name + " holds " + value);
            }
          }
          values.put(name, tensor);
        });
    return values;
  }

  private static List<TrainingState.Row> rows(SafetensorsFile tensors) {
    float[] values = tensors.floats(HISTORY);
    if (values.length % COLUMNS != 0) {
      throw damaged(tensors.path(), "its history is incomplete");
    }
    List<TrainingState.Row> rows = new ArrayList<>();
    for (int at = 0; at < values.length; at += COLUMNS) {
      rows.add(
          new TrainingState.Row(
              (int) values[at],
              (long) values[at + 1],
              (int) values[at + 2],
              new LossValues(
                  values[at + 3],
                  values[at + 4],
                  values[at + 5],
                  values[at + 6],
                  values[at + 7],
                  values[at + 8])));
    }
    return rows;
  }

  private static InputException damaged(Path file, String problem) {
    return new InputException(file, problem, "delete it and train from the start");
  }
}
