package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import java.util.List;
import java.util.Set;
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
   * @param clip the backbone, which must outlive the detector
   * @param shots pictures of good parts, at least one
   * @param layers of which the first and the last are looked at, counted from 1
   * @return a detector to close
   * @throws IllegalArgumentException if there is no picture or no layer
   */
  static AnomalyDetector fit(ClipModel clip, List<RgbImage> shots, Set<Integer> layers) {
    FrozenPatches patches = FrozenPatches.ofEnds(clip, layers);
    OwnedTensors owner = new OwnedTensors();
    PyramidGallery gallery =
        TensorScope.inference(
            () -> {
              FrozenPatches.Seen seen = patches.remember(shots);
              return new PyramidGallery(
                  owner.keep(seen.whole()), owner.keep(PatchGrids.joined(seen.layers())));
            });
    return new BaselineDetector(clip, new Correspondences(patches, gallery, owner), BATCH);
  }

  /** The detector's arrow. */
  private record Correspondences(FrozenPatches patches, PyramidGallery gallery, OwnedTensors owner)
      implements Scorer {

    @Override
    public Scored score(Tensor images) {
      FrozenPatches.Seen seen = patches.look(images);
      NearestRows near = gallery.nearest(seen.whole(), NEAR_IMAGES);
      Tensor places = gallery.distances(PatchGrids.joined(seen.layers()), near.rows(), NEAR_PLACES);
      return new Scored(
          FrozenPatches.bounded(PyramidGallery.mean(near.distances(), false)),
          patches.map(PyramidGallery.mean(places, false)));
    }

    @Override
    public void close() {
      owner.close();
    }
  }
}
