package io.github.anople.core.drift;

import io.github.anople.core.drift.DriftReference.Seen;
import io.github.anople.core.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntUnaryOperator;

/**
 * Drawn pictures of parts: a textured disc somewhere near the middle, under a lamp that flickers.
 */
final class Looks {

  static final int SIDE = 96;

  private Looks() {}

  /** What happens to a pixel, of x, y and its level. */
  interface Camera {
    double level(int x, int y, double level);
  }

  static final Camera USUAL = (x, y, level) -> level;

  static List<Seen> draw(Random random, int count, Camera camera) {
    List<Seen> seen = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      float score = 0.1f + 0.05f * random.nextFloat();
      seen.add(new Seen(score, Look.of(picture(random, camera))));
    }
    return seen;
  }

  static RgbImage picture(Random random, Camera camera) {
    double lamp = 1 + 0.02 * random.nextGaussian();
    double middleX = SIDE / 2.0 + random.nextGaussian();
    double middleY = SIDE / 2.0 + random.nextGaussian();
    double phase = random.nextDouble() * 6;
    return of(
        at -> {
          int x = at % SIDE;
          int y = at / SIDE;
          boolean inside = Math.hypot(x - middleX, y - middleY) < SIDE / 3.0;
          double texture = 15 * Math.sin(x * 0.9 + phase) * Math.cos(y * 0.7) + random.nextInt(9);
          double level = lamp * ((inside ? 150 : 60) + texture);
          return (int) Math.max(0, Math.min(255, Math.round(camera.level(x, y, level))));
        });
  }

  static RgbImage of(IntUnaryOperator level) {
    byte[] samples = new byte[3 * SIDE * SIDE];
    for (int at = 0; at < SIDE * SIDE; at++) {
      byte value = (byte) level.applyAsInt(at);
      samples[3 * at] = value;
      samples[3 * at + 1] = value;
      samples[3 * at + 2] = value;
    }
    return RgbImage.of(SIDE, SIDE, samples);
  }

  /** Each pixel the mean of those around it. */
  static RgbImage blurred(RgbImage image) {
    return of(
        at -> {
          int sum = 0;
          int count = 0;
          for (int y = at / SIDE - 1; y <= at / SIDE + 1; y++) {
            for (int x = at % SIDE - 1; x <= at % SIDE + 1; x++) {
              if (x >= 0 && y >= 0 && x < SIDE && y < SIDE) {
                sum += image.red(x, y);
                count++;
              }
            }
          }
          return sum / count;
        });
  }
}
