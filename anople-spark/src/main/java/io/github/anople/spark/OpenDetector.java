package io.github.anople.spark;

import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import java.util.Optional;

/**
 * A detector, and what the command takes from its file.
 *
 * @param detector shared by all tasks
 * @param reader reads pictures as the shots were read
 * @param threshold with the limits of the scene check; empty where nobody decided yet
 * @param defects what of a map is a defect; empty where nobody decided yet
 */
record OpenDetector(
    AnomalyDetector detector,
    ImageReader reader,
    Optional<Threshold> threshold,
    Optional<DefectRule> defects) {

  static OpenDetector of(DetectorFile file) {
    return new OpenDetector(
        file.detector(),
        new ImageReader(file.provenance().reading()),
        file.threshold().map(own -> own.with(file.scene())),
        file.defects());
  }
}
