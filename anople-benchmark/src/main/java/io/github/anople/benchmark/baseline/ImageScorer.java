package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.model.Images;
import java.util.List;

/** A rival's arrow from images on, for one that sees them with more than the backbone. */
interface ImageScorer extends AutoCloseable {

  /**
   * Scores a batch.
   *
   * @param images at {@link #sizes}
   * @return tensors of the current scope
   */
  Scorer.Scored score(List<PreparedImage> images);

  /** The sizes at which it looks at images. */
  InputSizes sizes();

  @Override
  void close();

  /** The scorer of a rival that sees with the backbone alone. */
  static ImageScorer of(ClipModel clip, Scorer scorer) {
    return new ImageScorer() {
      @Override
      public Scorer.Scored score(List<PreparedImage> images) {
        return scorer.score(Images.batch(clip, images.stream().map(PreparedImage::image).toList()));
      }

      @Override
      public InputSizes sizes() {
        return InputSizes.one(clip.config().vision().imageSize());
      }

      @Override
      public void close() {
        scorer.close();
      }
    };
  }
}
