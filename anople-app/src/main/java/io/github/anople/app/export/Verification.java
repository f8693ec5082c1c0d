package io.github.anople.app.export;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import java.util.List;

/**
 * How far two detectors are from each other on the same pictures.
 *
 * @param images how many were compared
 * @param score the largest difference of scores
 * @param map the largest difference of two maps at a pixel
 */
public record Verification(int images, double score, double map) {

  /** Nothing compared yet. */
  public static final Verification NONE = new Verification(0, 0, 0);

  /**
   * Scores pictures with both.
   *
   * @param one a detector
   * @param other another one, of the same input size
   * @param some pictures
   * @return this comparison with these pictures in it
   */
  public Verification with(AnomalyDetector one, AnomalyDetector other, List<RgbImage> some) {
    List<Detection> first = one.detect(some);
    List<Detection> second = other.detect(some);
    double largestScore = score;
    double largestMap = map;
    for (int i = 0; i < some.size(); i++) {
      largestScore = Math.max(largestScore, Math.abs(first.get(i).score() - second.get(i).score()));
      largestMap = Math.max(largestMap, difference(first.get(i), second.get(i)));
    }
    return new Verification(images + some.size(), largestScore, largestMap);
  }

  private static double difference(Detection one, Detection other) {
    float[] first = one.map().toArray();
    float[] second = other.map().toArray();
    double largest = 0;
    for (int i = 0; i < first.length; i++) {
      largest = Math.max(largest, Math.abs(first[i] - second[i]));
    }
    return largest;
  }
}
