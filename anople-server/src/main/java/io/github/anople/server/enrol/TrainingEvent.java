package io.github.anople.server.enrol;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What a training process tells, a line of JSON each.
 *
 * @param progress how far it is
 * @param remark something odd about the pictures
 * @param made a detector that is there
 * @param fault why it ends without one
 */
record TrainingEvent(
    Optional<Progress> progress,
    Optional<String> remark,
    Optional<Made> made,
    Optional<String> fault) {

  /**
   * How far a training is.
   *
   * @param stage what is being done, in words
   * @param done steps that are done
   * @param total steps in all; 0 where nobody knows
   */
  record Progress(String stage, int done, int total) {}

  /**
   * A detector.
   *
   * @param anople its {@code .anople}
   * @param graph its {@code .onnx}
   * @param provisional whether it was made without training
   * @param calibration its thresholds as JSON
   */
  record Made(Path anople, Path graph, boolean provisional, Optional<String> calibration) {}

  /** A piece of work of unknown length. */
  static TrainingEvent stage(String words) {
    return progress(words, 0, 0);
  }

  static TrainingEvent progress(String stage, int done, int total) {
    String words = stage.substring(0, 1).toUpperCase(Locale.ROOT) + stage.substring(1);
    return new TrainingEvent(
        Optional.of(new Progress(words, done, total)),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static TrainingEvent remark(String words) {
    return new TrainingEvent(
        Optional.empty(), Optional.of(words), Optional.empty(), Optional.empty());
  }

  static TrainingEvent made(Made detector) {
    return new TrainingEvent(
        Optional.empty(), Optional.empty(), Optional.of(detector), Optional.empty());
  }

  static TrainingEvent fault(String words) {
    return new TrainingEvent(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(words));
  }
}
