package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import java.util.List;
import java.util.stream.IntStream;

/** Whether a graph says what libtorch says. */
final class Agreement {

  /** A verdict is not compared where a value lies so close to its threshold. */
  private static final float TIE = 1e-4f;

  private Agreement() {}

  /** Drawn parts: a scratched one, a good one, and so on. */
  static List<RgbImage> images(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> i % 2 == 0 ? SyntheticParts.scratched(i) : SyntheticParts.good(i))
        .map(RgbImage::of)
        .toList();
  }

  /** Between the two middle scores, so that a half of the pictures is above it. */
  static float middle(List<Detection> detections) {
    List<Float> scores = detections.stream().map(Detection::score).sorted().toList();
    int half = scores.size() / 2;
    return (scores.get((scores.size() - 1) / 2) + scores.get(half)) / 2;
  }

  static void requireSame(List<Detection> expected, List<Detection> actual, double allowed) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).score(), actual.get(i).score(), allowed);
      double difference = difference(expected.get(i).map(), actual.get(i).map());
      assertTrue(difference <= allowed, () -> "maps differ by " + difference);
    }
  }

  private static double difference(ScoreMap one, ScoreMap other) {
    float[] a = one.toArray();
    float[] b = other.toArray();
    assertEquals(a.length, b.length);
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElse(0);
  }

  /**
   * How many verdicts are positive.
   *
   * @param images above the threshold
   * @param pixels above theirs
   */
  record Positive(int images, int pixels) {

    /**
     * Some verdicts are positive, and some are not: a threshold that parts nothing shows nothing.
     */
    void requireSome(List<Detection> of) {
      assertTrue(images > 0 && images < of.size(), toString());
      assertTrue(pixels > 0 && pixels < of.size() * of.get(0).map().toArray().length, toString());
    }

    Positive plus(Positive other) {
      return new Positive(images + other.images, pixels + other.pixels);
    }
  }

  /** Every verdict is that of libtorch's scores and maps. */
  static Positive requireVerdicts(
      List<Detection> expected, RawSession.Answer answer, float threshold, float ofPixels) {
    int images = 0;
    int pixels = 0;
    for (int i = 0; i < expected.size(); i++) {
      requireVerdict(expected.get(i).score(), threshold, answer.anomaly()[i]);
      images += answer.anomaly()[i] ? 1 : 0;
      ScoreMap map = expected.get(i).map();
      for (int y = 0; y < map.height(); y++) {
        for (int x = 0; x < map.width(); x++) {
          requireVerdict(map.at(y, x), ofPixels, answer.mask()[i][y][x]);
          pixels += answer.mask()[i][y][x] ? 1 : 0;
        }
      }
    }
    return new Positive(images, pixels);
  }

  private static void requireVerdict(float value, float threshold, boolean verdict) {
    if (Math.abs(value - threshold) > TIE) {
      assertEquals(value > threshold, verdict, "value " + value + ", threshold " + threshold);
    }
  }
}
