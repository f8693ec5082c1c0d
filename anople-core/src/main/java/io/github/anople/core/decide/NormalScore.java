package io.github.anople.core.decide;

import io.github.anople.core.detect.Detection;

/**
 * What a detector says of a picture that is known to be good, as far as thresholds need it.
 *
 * @param image the picture's score, in [0, 1]
 * @param pixel the largest value of its map, in [0, 1]
 */
public record NormalScore(float image, float pixel) {

  /**
   * A score.
   *
   * @param image the picture's score
   * @param pixel the largest value of its map
   * @throws IllegalArgumentException if one of them is not in [0, 1]
   */
  public NormalScore {
    if (!Threshold.isScore(image) || !Threshold.isScore(pixel)) {
      throw new IllegalArgumentException("scores are in [0, 1], not " + image + " and " + pixel);
    }
  }

  /**
   * What matters of a detection.
   *
   * @param detection a detector's answer
   * @return score and largest value; a map's values that rounding put outside [0, 1] are cut
   */
  public static NormalScore of(Detection detection) {
    return new NormalScore(detection.score(), Math.max(0, Math.min(detection.map().max(), 1)));
  }
}
