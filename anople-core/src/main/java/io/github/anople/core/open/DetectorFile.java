package io.github.anople.core.open;

import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.region.Region;
import java.nio.file.Path;
import java.util.Optional;

/** A detector file of either kind: what it says of itself, and the detector in it. */
public interface DetectorFile extends AutoCloseable {

  /**
   * Where it is.
   *
   * @return the file
   */
  Path path();

  /**
   * What the detector was made from.
   *
   * @return never null
   */
  Provenance provenance();

  /**
   * Its thresholds and how they came about, with the limits of the scene check where it has one.
   *
   * @return empty for a detector that was not calibrated, or whose thresholds somebody chose
   */
  Optional<Calibration> calibration();

  /**
   * The largest score that is good enough.
   *
   * @return empty where nobody decided yet
   */
  default Optional<Threshold> threshold() {
    return calibration().map(Calibration::threshold);
  }

  /**
   * What of a map is a defect: what is above the detector's own pixel threshold, whatever its size.
   *
   * @return empty where nobody decided yet
   */
  default Optional<DefectRule> defects() {
    return calibration().map(known -> DefectRule.of(known).within(region()));
  }

  /**
   * The limits of the scene check that follow from the shots alone.
   *
   * @return empty for a detector without a scene check
   */
  default Optional<SceneLimits> sceneOfShots() {
    return Optional.empty();
  }

  /**
   * The limits of the scene check that hold: of the calibration, else of the shots alone.
   *
   * @return empty for a detector without a scene check
   */
  default Optional<SceneLimits> scene() {
    return calibration().flatMap(Calibration::scene).or(this::sceneOfShots);
  }

  /**
   * How the pictures of its calibration looked, which later ones can be compared with.
   *
   * @return empty for a detector that was not calibrated with further good pictures
   */
  default Optional<DriftReference> drift() {
    return Optional.empty();
  }

  /**
   * Which part of pictures it looks at.
   *
   * @return empty for a detector that looks at whole pictures
   */
  default Optional<Region> region() {
    return Optional.empty();
  }

  /**
   * The settings of its training.
   *
   * @return JSON; empty where the file does not keep them
   */
  Optional<String> configuration();

  /**
   * The number format that the detector computes in. Starts the engine.
   *
   * @return such as {@code fp32}
   */
  String precision();

  /**
   * The detector. The first call starts the engine and, where the detector stands on a backbone,
   * loads it.
   *
   * @return the same at each call; closed with this file
   * @throws io.github.anople.core.InputException if the backbone is missing or another one, or the
   *     detector computes something else here than where it was made
   */
  AnomalyDetector detector();

  /** Closes the detector, if it was started. */
  @Override
  void close();
}
