package io.github.anople.core.decide;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scene;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The largest score that is still good enough, and how unlike the shots a picture may be. Wherever
 * they come from, the rule is one: a picture is NOT OK if its score is greater, and never OK if it
 * exceeds a limit of the scene check.
 *
 * @param value a score, in [0, 1]
 * @param origin how it came about
 * @param scene limits of the scene check; empty where there is none
 */
public record Threshold(float value, Calibration.Kind origin, Optional<SceneLimits> scene) {

  /**
   * A threshold.
   *
   * @throws IllegalArgumentException if the value is not in [0, 1], where all scores are
   */
  public Threshold {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(scene, "scene");
    if (!isScore(value)) {
      throw new IllegalArgumentException("a threshold is in [0, 1], not " + value);
    }
  }

  /**
   * A threshold without a scene check.
   *
   * @param value a score
   * @param origin how it came about
   * @throws IllegalArgumentException if the value is not in [0, 1]
   */
  public Threshold(float value, Calibration.Kind origin) {
    this(value, origin, Optional.empty());
  }

  /**
   * A threshold that somebody chose.
   *
   * @param value a score
   * @return the threshold, of origin {@link Calibration.Kind#MANUAL}
   * @throws InputException if the value is not in [0, 1]
   */
  public static Threshold manual(float value) {
    if (!isScore(value)) {
      throw new InputException(
          "threshold", value + " is out of range", "choose a score from 0 to 1");
    }
    return new Threshold(value, Calibration.Kind.MANUAL);
  }

  /**
   * The same with a scene check, or without one.
   *
   * @param limits of the check; empty for none
   * @return a new threshold
   */
  public Threshold with(Optional<SceneLimits> limits) {
    return new Threshold(value, origin, limits);
  }

  /**
   * Decides by the score alone.
   *
   * @param score a picture's score
   * @return the verdict on it
   * @throws IllegalArgumentException if the score is not in [0, 1]
   */
  public Verdict judge(float score) {
    return judge(score, Optional.empty());
  }

  /**
   * Decides.
   *
   * @param detection what a detector says of a picture
   * @return the verdict on it
   */
  public Verdict judge(Detection detection) {
    return judge(detection.score(), detection.scene());
  }

  /**
   * Decides.
   *
   * @param score a picture's score
   * @param seen how unlike the shots it is; empty where the detector does not tell
   * @return the verdict on it
   * @throws IllegalArgumentException if the score is not in [0, 1]
   */
  public Verdict judge(float score, Optional<Scene> seen) {
    return new Verdict(score, this, faults(seen));
  }

  /** What of a scene exceeds the limits, where both are there. */
  List<SceneFault> faults(Optional<Scene> seen) {
    return scene.flatMap(limits -> seen.map(limits::faults)).orElse(List.of());
  }

  static boolean isScore(float value) {
    return value >= 0 && value <= 1;
  }
}
