package io.github.anople.benchmark.baseline;

import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.model.Images;
import java.util.List;

/** A rival's arrow from images on, for one that sees them with more than the backbone. */
interface ImageScorer extends AutoCloseable {

  /**
   * Scores a batch.
   *
   * @param images at the detector's size
   * @return tensors of the current scope
   */
  Scorer.Scored score(List<RgbImage> images);

  @Override
  void close();

  /** The scorer of a rival that sees with the backbone alone. */
  static ImageScorer of(ClipModel clip, Scorer scorer) {
    return new ImageScorer() {
      @Override
      public Scorer.Scored score(List<RgbImage> images) {
        return scorer.score(Images.batch(clip, images));
      }

      @Override
      public void close() {
        scorer.close();
      }
    };
  }
}
