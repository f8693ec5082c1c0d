package io.github.anople.core.predict;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import java.util.Arrays;
import java.util.List;

/** A detector without a backbone: the brighter the first pixel, the worse. */
final class BrightnessDetector implements AnomalyDetector {

  private static final int SIDE = 8;

  @Override
  public List<Detection> detect(List<RgbImage> pictures) {
    return pictures.stream().map(BrightnessDetector::score).toList();
  }

  private static Detection score(RgbImage picture) {
    float score = (picture.red(0, 0) + 1) / 600f;
    float[] map = new float[SIDE * SIDE];
    Arrays.fill(map, score);
    return new Detection(score, ScoreMap.of(SIDE, map));
  }

  @Override
  public int imageSize() {
    return SIDE;
  }

  @Override
  public void close() {}
}
