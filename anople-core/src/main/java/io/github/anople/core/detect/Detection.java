package io.github.anople.core.detect;

import java.util.Objects;
import java.util.Optional;

/**
 * What a detector says of one image. Whether that is good enough is for a threshold to decide.
 *
 * @param score how anomalous the image is, in (0, 1)
 * @param map how anomalous each pixel of the detector's input is
 * @param feature where the image lies among the detector's texts (z⁰), if it tells
 */
public record Detection(float score, ScoreMap map, Optional<ImageFeature> feature) {

  /**
   * A detection.
   *
   * @throws IllegalArgumentException if the score is not in (0, 1)
   */
  public Detection {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(feature, "feature");
    if (!(score > 0 && score < 1)) {
      throw new IllegalArgumentException("a score is in (0, 1), not " + score);
    }
  }

  /**
   * A detection of a detector that tells no features.
   *
   * @param score how anomalous the image is
   * @param map how anomalous each pixel of the detector's input is
   * @throws IllegalArgumentException if the score is not in (0, 1)
   */
  public Detection(float score, ScoreMap map) {
    this(score, map, Optional.empty());
  }
}
