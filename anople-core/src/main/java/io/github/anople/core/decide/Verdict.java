package io.github.anople.core.decide;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What was decided about a picture.
 *
 * @param score its score, in [0, 1]
 * @param threshold what the score was compared with
 */
public record Verdict(float score, Threshold threshold) {

  /** The text of a verdict on a picture that is good enough. */
  public static final String OK = "OK";

  /** The text of a verdict on a picture that is not. */
  public static final String NOT_OK = "NOT OK";

  /**
   * A verdict.
   *
   * @param score the picture's score
   * @param threshold what it was compared with
   * @throws IllegalArgumentException if the score is not in [0, 1]
   */
  public Verdict {
    Objects.requireNonNull(threshold, "threshold");
    if (!Threshold.isScore(score)) {
      throw new IllegalArgumentException("a score is in [0, 1], not " + score);
    }
  }

  /**
   * Whether the picture is good enough.
   *
   * @return whether its score is at most the threshold
   */
  public boolean ok() {
    return score <= threshold.value();
  }

  /**
   * How clear the case is: (score − threshold) / threshold. Positive is NOT OK; +1 is twice the
   * threshold, −0.5 half of it.
   *
   * @return the margin, as a part of the threshold; empty where the threshold is 0
   */
  public OptionalDouble margin() {
    double least = threshold.value();
    return least == 0 ? OptionalDouble.empty() : OptionalDouble.of((score - least) / least);
  }

  /**
   * The verdict in words.
   *
   * @return {@link #OK} or {@link #NOT_OK}
   */
  public String text() {
    return ok() ? OK : NOT_OK;
  }
}
