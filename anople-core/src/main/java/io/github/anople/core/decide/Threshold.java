package io.github.anople.core.decide;

import io.github.anople.core.InputException;
import java.util.Objects;

/**
 * The largest score that is still good enough. Wherever it comes from, the rule is one: a picture
 * is NOT OK if its score is greater.
 *
 * @param value a score, in [0, 1]
 * @param origin how it came about
 */
public record Threshold(float value, Calibration.Kind origin) {

  /**
   * A threshold.
   *
   * @throws IllegalArgumentException if the value is not in [0, 1], where all scores are
   */
  public Threshold {
    Objects.requireNonNull(origin, "origin");
    if (!isScore(value)) {
      throw new IllegalArgumentException("a threshold is in [0, 1], not " + value);
    }
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
   * Decides.
   *
   * @param score a picture's score
   * @return the verdict on it
   * @throws IllegalArgumentException if the score is not in [0, 1]
   */
  public Verdict judge(float score) {
    return new Verdict(score, this);
  }

  static boolean isScore(float value) {
    return value >= 0 && value <= 1;
  }
}
