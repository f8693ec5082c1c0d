package io.github.anople.server.enrol;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a training process is told.
 *
 * @param product the product's name, for the record
 * @param shows what its pictures show
 * @param shots files to learn from
 * @param calibration good pictures for the thresholds; may be empty
 * @param region which part of pictures counts, as JSON; empty for all
 * @param provisional whether a detector without training is wanted first
 * @param falseAlarms the share of false alarms to promise or aim at
 * @param uncertain the share of uncertain or worse to promise; not for an estimate, near to which a
 *     verdict is not clear anyway
 * @param backbone name or folder of the backbone; empty for the usual one
 * @param settings of the training, where they are not the usual ones
 * @param folder where the process works: detectors, checkpoint, log
 */
record TrainingOrder(
    String product,
    String shows,
    List<Path> shots,
    List<Path> calibration,
    Optional<String> region,
    boolean provisional,
    double falseAlarms,
    double uncertain,
    Optional<String> backbone,
    Map<String, String> settings,
    Path folder) {

  TrainingOrder {
    shots = List.copyOf(shots);
    calibration = List.copyOf(calibration);
    settings = Map.copyOf(settings);
  }
}
