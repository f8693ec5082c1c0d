package io.github.anople.inspect.predict;

import io.github.anople.core.decide.Threshold;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.ImageResult;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run is told besides its pictures.
 *
 * @param category what the pictures show, for the tables
 * @param threshold the largest score that is good enough; empty where nobody decided yet
 */
public record PredictionSettings(String category, Optional<Threshold> threshold) {

  private static final String UNKNOWN = "unknown";

  public PredictionSettings {
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(threshold, "threshold");
  }

  /** The row of a picture of which only the score is known. */
  ImageResult row(String path, float score) {
    return new ImageResult(
        path, category, UNKNOWN, Label.UNKNOWN, score, threshold.map(least -> least.judge(score)));
  }
}
