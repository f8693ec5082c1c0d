package io.github.anople.server.enrol;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training process is told.
 *
 * @param task what it makes
 * @param product the product's name, for the record
 * @param shows what its pictures show
 * @param pictures good pictures
 * @param region which part of pictures counts, as JSON; empty for all
 * @param provisional whether a detector without training is wanted first
 * @param promise what thresholds are to hold
 * @param backbone name or folder of the backbone; empty for the usual one
 * @param settings of the training, where they are not the usual ones
 * @param base the version that is calibrated or corrected; empty for a training
 * @param folder where the process works: detectors, checkpoint, log
 */
record TrainingOrder(
    Task task,
    String product,
    String shows,
    Pictures pictures,
    Optional<String> region,
    boolean provisional,
    Promise promise,
    Optional<String> backbone,
    Map<String, String> settings,
    Optional<Base> base,
    Path folder) {

  TrainingOrder {
    settings = Map.copyOf(settings);
  }

  /**
   * Good pictures by what they are for.
   *
   * @param shots to learn from
   * @param calibration for the thresholds; may be empty
   * @param memory to be remembered without learning; may be empty
   */
  record Pictures(List<Path> shots, List<Path> calibration, List<Path> memory) {

    Pictures {
      shots = List.copyOf(shots);
      calibration = List.copyOf(calibration);
      memory = List.copyOf(memory);
    }
  }

  /**
   * Files of a version.
   *
   * @param anople its {@code .anople}, whatever it is called
   * @param graph its {@code .onnx}, whatever it is called
   */
  record Base(Path anople, Path graph) {}
}
