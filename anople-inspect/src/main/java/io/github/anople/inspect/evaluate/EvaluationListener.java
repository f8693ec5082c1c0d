package io.github.anople.inspect.evaluate;

import io.github.anople.core.detect.ImageFeature;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.predict.Failure;
import java.util.Optional;

/**
 * Hears of each test image when it is scored, in order, one at a time, on a thread of the run.
 * Nothing of what it is given is kept elsewhere: who wants maps or masks later writes them down.
 */
public interface EvaluationListener {

  /** A listener that does nothing. */
  EvaluationListener SILENT =
      new EvaluationListener() {
        @Override
        public void scored(ImageEvaluation image, Seen seen) {}

        @Override
        public void failed(Sample sample, Failure failure) {}
      };

  /**
   * An image was scored.
   *
   * @param image what is known of it now
   * @param seen the image with its map
   */
  void scored(ImageEvaluation image, Seen seen);

  /**
   * An image could not be scored, or its mask not be read; the run goes on.
   *
   * @param sample the image
   * @param failure why; names the image or the mask
   */
  void failed(Sample sample, Failure failure);

  /**
   * This listener and another after it.
   *
   * @param next hears everything second
   * @return a listener that tells both
   */
  default EvaluationListener andThen(EvaluationListener next) {
    EvaluationListener first = this;
    return new EvaluationListener() {
      @Override
      public void scored(ImageEvaluation image, Seen seen) {
        first.scored(image, seen);
        next.scored(image, seen);
      }

      @Override
      public void failed(Sample sample, Failure failure) {
        first.failed(sample, failure);
        next.failed(sample, failure);
      }
    };
  }

  /**
   * What there is to see of an image.
   *
   * @param image the image, in its own size
   * @param map the scores of the detector's pixels, [side, side]
   * @param mask the true defect at the map's size, [side, side] row-major, 1 where defective, where
   *     it is known; do not change it
   * @param feature where the detector sees the image among its texts, if it tells
   */
  record Seen(
      RgbImage image, ScoreMap map, Optional<byte[]> mask, Optional<ImageFeature> feature) {}
}
