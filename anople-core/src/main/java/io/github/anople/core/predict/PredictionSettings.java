package io.github.anople.core.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.data.Label;
import io.github.anople.core.report.ImageResult;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run is told besides its pictures.
 *
 * @param category what the pictures show, for the tables
 * @param threshold the least score that is not good enough; empty where nobody decided yet
 */
public record PredictionSettings(String category, Optional<Float> threshold) {

  /** The verdict on a score below the threshold. */
  public static final String OK = "OK";

  /** The verdict on a score at or above the threshold. */
  public static final String NOT_OK = "NOT OK";

  private static final String UNKNOWN = "unknown";

  /**
   * Settings.
   *
   * @param category what the pictures show
   * @param threshold the least score that is not good enough
   * @throws InputException if the threshold is not in [0, 1], where all scores are
   */
  public PredictionSettings {
    Objects.requireNonNull(category, "category");
    if (threshold.isPresent() && !(threshold.get() >= 0 && threshold.get() <= 1)) {
      throw new InputException(
          "threshold", threshold.get() + " is out of range", "choose a score from 0 to 1");
    }
  }

  /** The row of a picture of which only the score is known. */
  ImageResult row(String path, float score) {
    Optional<String> verdict = threshold.map(least -> score >= least ? NOT_OK : OK);
    return new ImageResult(path, category, UNKNOWN, Label.UNKNOWN, score, verdict);
  }
}
