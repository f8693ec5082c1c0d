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
 * exceeds a limit of the scene check. Where there is a second, lower threshold, a score between the
 * two is UNCERTAIN.
 *
 * @param value a score, in [0, 1]
 * @param origin how it came about
 * @param scene limits of the scene check; empty where there is none
 * @param uncertain the largest score that is OK for certain, in [0, value]; empty where nothing is
 *     UNCERTAIN
 */
public record Threshold(
    float value, Calibration.Kind origin, Optional<SceneLimits> scene, Optional<Float> uncertain) {

  /**
   * A threshold.
   *
   * @throws IllegalArgumentException if the value is not in [0, 1], where all scores are, or the
   *     lower one not below it
   */
  public Threshold {
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(scene, "scene");
    if (!isScore(value)) {
      throw new IllegalArgumentException("a threshold is in [0, 1], not " + value);
    }
    uncertain
        .filter(lower -> !(lower >= 0 && lower <= value))
        .ifPresent(
            lower -> {
              throw new IllegalArgumentException(
                  "a lower threshold is in [0, " + value + "], not " + lower);
            });
  }

  /**
   * One threshold, with a scene check or without.
   *
   * @param value a score
   * @param origin how it came about
   * @param scene limits of the scene check; empty where there is none
   * @throws IllegalArgumentException if the value is not in [0, 1]
   */
  public Threshold(float value, Calibration.Kind origin, Optional<SceneLimits> scene) {
    this(value, origin, scene, Optional.empty());
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
   * One or two thresholds that somebody chose.
   *
   * @param value a score
   * @param uncertain the largest score that is OK for certain; empty for one threshold
   * @return the thresholds, of origin {@link Calibration.Kind#MANUAL}
   * @throws InputException if one is not in [0, 1], or the second is the higher
   */
  public static Threshold manual(float value, Optional<Float> uncertain) {
    Threshold one = manual(value);
    uncertain
        .filter(lower -> !(lower >= 0 && lower <= value))
        .ifPresent(
            lower -> {
              throw new InputException(
                  "threshold of uncertain pictures",
                  lower + " is not between 0 and the threshold, " + value,
                  "choose a lower score: what exceeds it, but not the threshold, is UNCERTAIN");
            });
    return new Threshold(one.value, one.origin, one.scene, uncertain);
  }

  /**
   * The same with a scene check, or without one.
   *
   * @param limits of the check; empty for none
   * @return a new threshold
   */
  public Threshold with(Optional<SceneLimits> limits) {
    return new Threshold(value, origin, limits, uncertain);
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

  /** The largest score that is OK. */
  float lowest() {
    return uncertain.orElse(value);
  }

  /** What of a scene exceeds the limits, where both are there. */
  List<SceneFault> faults(Optional<Scene> seen) {
    return scene.flatMap(limits -> seen.map(limits::faults)).orElse(List.of());
  }

  static boolean isScore(float value) {
    return value >= 0 && value <= 1;
  }
}
