package io.github.anople.core.detect;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a detector says of one image. Whether that is good enough is for a threshold to decide.
 *
 * @param score how anomalous the image is, in (0, 1)
 * @param map how anomalous each pixel of the detector's input is
 * @param feature where the image lies among the detector's texts (z⁰), if it tells
 * @param scene how unlike the shots the whole image is, of a detector that has a scene check
 */
public record Detection(
    float score, ScoreMap map, Optional<ImageFeature> feature, Optional<Scene> scene) {

  /**
   * A detection.
   *
   * @throws IllegalArgumentException if the score is not in (0, 1)
   */
  public Detection {
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(feature, "feature");
    Objects.requireNonNull(scene, "scene");
    if (!(score > 0 && score < 1)) {
      throw new IllegalArgumentException("a score is in (0, 1), not " + score);
    }
  }

  /**
   * A detection of a detector that tells neither features nor of the scene.
   *
   * @param score how anomalous the image is
   * @param map how anomalous each pixel of the detector's input is
   * @throws IllegalArgumentException if the score is not in (0, 1)
   */
  public Detection(float score, ScoreMap map) {
    this(score, map, Optional.empty(), Optional.empty());
  }

  /**
   * What an engine computed of several images at once.
   *
   * @param scores one an image
   * @param side width and height of the maps in pixels
   * @param maps {@code [images, side, side]}, row-major
   * @param features {@code [images, width]}, row-major, if the detector tells any
   * @param scenes {@code [images, K]}, row-major, if the detector has a scene check
   * @return a detection for each image, in order
   * @throws IllegalArgumentException if a score is not in (0, 1), or another value is not finite
   */
  public static List<Detection> ofBatch(
      float[] scores,
      int side,
      float[] maps,
      Optional<float[]> features,
      Optional<float[]> scenes) {
    List<Detection> detections = new ArrayList<>();
    for (int i = 0; i < scores.length; i++) {
      int image = i;
      detections.add(
          new Detection(
              scores[i],
              ScoreMap.of(side, row(maps, side * side, i)),
              features.map(rows -> ImageFeature.of(row(rows, rows.length / scores.length, image))),
              scenes.map(rows -> Scene.of(rows, image))));
    }
    return detections;
  }

  /**
   * The nearest score that is allowed: a distance may be 0, and a rounded share may be 1.
   *
   * @param score a number in [0, 1]
   * @return the same in (0, 1)
   */
  public static float within(float score) {
    return Math.min(Math.max(score, Float.MIN_NORMAL), Math.nextDown(1f));
  }

  private static float[] row(float[] rows, int width, int row) {
    return Arrays.copyOfRange(rows, row * width, (row + 1) * width);
  }
}
