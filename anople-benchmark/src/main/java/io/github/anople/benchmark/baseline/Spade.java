package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The rival {@code spade} (Cohen and Hoshen, "Sub-Image Anomaly Detection with Deep Pyramid
 * Correspondences", 2020) as published, but for the network: a {@link PyramidGallery} of CLIP's
 * image features and of two layers side by side. The image's score is the mean distance of its
 * feature to the nearest shots' (with few shots: to all of them), the map that of each place to the
 * nearest place of those shots.
 */
final class Spade {

  private static final int BATCH = 8;

  /** K, the paper's; few shots are fewer. */
  private static final long NEAR_IMAGES = 50;

  /** κ: with more, a patch that one shot alone knows would be far. */
  private static final long NEAR_PLACES = 1;

  private Spade() {}

  /**
   * Remembers good pictures.
   *
   * @param patches what it sees, closed with the detector
   * @param shots pictures of good parts, at least one
   * @return a detector to close
   * @throws IllegalArgumentException if there is no picture
   */
  static AnomalyDetector fit(FrozenPatches patches, List<RgbImage> shots) {
    return BaselineDetector.fitted(
        patches.clip(),
        BATCH,
        owner ->
            TensorScope.inference(
                () -> {
                  FrozenPatches.Seen seen = patches.remember(shots);
                  PyramidGallery gallery =
                      new PyramidGallery(
                          owner.keep(seen.whole()), owner.keep(PatchGrids.joined(seen.layers())));
                  return new Correspondences(patches, gallery, owner);
                }));
  }

  /** The detector's arrow. */
  private record Correspondences(FrozenPatches patches, PyramidGallery gallery, OwnedTensors owner)
      implements ImageScorer {

    @Override
    public Scorer.Scored score(List<PreparedImage> images) {
      FrozenPatches.Seen seen = patches.look(images);
      NearestRows near = gallery.nearest(seen.whole(), NEAR_IMAGES);
      Tensor places = gallery.distances(PatchGrids.joined(seen.layers()), near.rows(), NEAR_PLACES);
      return new Scorer.Scored(
          FrozenPatches.bounded(PyramidGallery.mean(near.distances(), false)),
          patches.map(PyramidGallery.mean(places, false)));
    }

    @Override
    public InputSizes sizes() {
      return patches.sizes();
    }

    @Override
    public void close() {
      patches.close();
      owner.close();
    }
  }
}
