package io.github.anople.inspect.evaluate;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import java.util.List;

/** Finds red where it is: a map is the picture's red, nearest, and the score its largest. */
final class RedDetector implements AnomalyDetector {

  static final int SIDE = 8;

  @Override
  public PreparedImage prepare(RgbImage image) {
    return new PreparedImage(image);
  }

  @Override
  public List<Detection> detectPrepared(List<PreparedImage> images) {
    return images.stream().map(image -> one(image.image())).toList();
  }

  private static Detection one(RgbImage image) {
    float[] map = new float[SIDE * SIDE];
    for (int i = 0; i < map.length; i++) {
      int x = i % SIDE * image.width() / SIDE;
      int y = i / SIDE * image.height() / SIDE;
      map[i] = score(image.red(x, y));
    }
    ScoreMap scores = ScoreMap.of(SIDE, map);
    return new Detection(scores.max(), scores);
  }

  static float score(int red) {
    return (red + 1) / 257f;
  }

  @Override
  public int imageSize() {
    return SIDE;
  }

  @Override
  public void close() {}
}
