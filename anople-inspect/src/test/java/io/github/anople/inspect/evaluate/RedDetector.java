package io.github.anople.inspect.evaluate;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import java.util.List;

/** Finds red where it is: a map is the picture's red, nearest, and the score its largest. */
final class RedDetector implements AnomalyDetector {

  static final int SIDE = 8;

  @Override
  public List<Detection> detect(List<RgbImage> pictures) {
    return pictures.stream().map(RedDetector::one).toList();
  }

  private static Detection one(RgbImage picture) {
    float[] map = new float[SIDE * SIDE];
    for (int i = 0; i < map.length; i++) {
      int x = i % SIDE * picture.width() / SIDE;
      int y = i / SIDE * picture.height() / SIDE;
      map[i] = score(picture.red(x, y));
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
