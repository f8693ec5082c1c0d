package io.github.anople.inspect.evaluate;

import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.report.Inspection;
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
        public void scored(Inspection image, Seen seen) {}

        @Override
        public void failed(Sample sample, Failure failure) {}
      };

  /**
   * An image was scored.
   *
   * @param image what was found
   * @param seen the image with its map
   */
  void scored(Inspection image, Seen seen);

  /**
   * An image could not be scored, or its mask not be read; the run goes on.
   *
   * @param sample the image
   * @param failure why; names the image or the mask
   */
  void failed(Sample sample, Failure failure);

  /**
   * What there is to see of an image.
   *
   * @param image the image, in its own size
   * @param map the scores of the detector's pixels, [height, width]
   * @param mask the true defect at the map's size, [height, width] row-major, 1 where defective,
   *     where it is known; do not change it
   * @param region which part of the image counts; empty for all
   */
  record Seen(RgbImage image, ScoreMap map, Optional<byte[]> mask, Optional<Region> region) {

    /**
     * What there is to see of an image that counts as a whole.
     *
     * @param image the image, in its own size
     * @param map the scores of the detector's pixels
     * @param mask the true defect at the map's size, where it is known
     */
    public Seen(RgbImage image, ScoreMap map, Optional<byte[]> mask) {
      this(image, map, mask, Optional.empty());
    }
  }
}
