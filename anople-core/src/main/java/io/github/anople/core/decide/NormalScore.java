package io.github.anople.core.decide;

import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scene;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * What a detector says of a picture that is known to be good, as far as thresholds need it.
 *
 * @param image the picture's score, in [0, 1]
 * @param pixel the largest value of its map, in [0, 1]
 * @param level the value that 95 % of its map stay below, in [0, pixel]: what most of a good
 *     picture reaches
 * @param scene how unlike the shots the whole picture is, where the detector tells
 */
public record NormalScore(float image, float pixel, float level, Optional<Scene> scene) {

  private static final double MOST_OF_A_MAP = 0.95;

  /**
   * A score.
   *
   * @throws IllegalArgumentException if one of them is not in [0, 1], or level exceeds pixel
   */
  public NormalScore {
    Objects.requireNonNull(scene, "scene");
    if (!Threshold.isScore(image) || !Threshold.isScore(pixel)) {
      throw new IllegalArgumentException("scores are in [0, 1], not " + image + " and " + pixel);
    }
    if (!(level >= 0 && level <= pixel)) {
      throw new IllegalArgumentException("a level is in [0, " + pixel + "], not " + level);
    }
  }

  /**
   * A score of a detector that does not tell of the scene.
   *
   * @param image the picture's score
   * @param pixel the largest value of its map
   * @param level what most of its map stays below
   * @throws IllegalArgumentException if one of them is not in [0, 1], or level exceeds pixel
   */
  public NormalScore(float image, float pixel, float level) {
    this(image, pixel, level, Optional.empty());
  }

  /**
   * A score with a map that is the same everywhere.
   *
   * @param image the picture's score
   * @param pixel the value of its map
   * @throws IllegalArgumentException if one of them is not in [0, 1]
   */
  public NormalScore(float image, float pixel) {
    this(image, pixel, pixel);
  }

  /**
   * What matters of a detection.
   *
   * @param detection a detector's answer
   * @return score, largest value, level and scene; a map's values that rounding put outside [0, 1]
   *     are cut
   */
  public static NormalScore of(Detection detection) {
    float[] values = detection.map().toArray();
    Arrays.sort(values);
    float level = values[(int) (MOST_OF_A_MAP * (values.length - 1))];
    return new NormalScore(
        detection.score(), cut(detection.map().max()), cut(level), detection.scene());
  }

  private static float cut(float value) {
    return Math.max(0, Math.min(value, 1));
  }
}
