package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.train.ShotMemory;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The rival {@code patchcore} (Roth et al., "Towards Total Recall in Industrial Anomaly Detection",
 * CVPR 2022) as published, but for the network: {@link LocalFeatures} of two layers, side by side,
 * of every shot (the coreset's share is {@code memory.coreset}; with few shots all are kept); a map
 * of Euclidean distances to the nearest of them; the image scores the {@link WeightedMaximum}.
 *
 * <p>{@link PatchMemory} is what becomes of it in AnoPLe: the mean of the layers instead, no
 * neighbourhood, cosine distances, the maximum as it is.
 */
final class PatchCore {

  private static final int BATCH = 8;

  /** p = 3, the paper's; zeros beyond the border, as in the authors' code and in anomalib. */
  private static final LocalFeatures AROUND = new LocalFeatures(3, LocalFeatures.Border.ZERO);

  /** b, of which the paper says nothing; anomalib's. */
  private static final long NEIGHBOURS = 9;

  private PatchCore() {}

  /**
   * Remembers good pictures.
   *
   * @param patches what it sees, closed with the detector
   * @param shots pictures of good parts, at least one
   * @param config how much of the memory is kept, and the seed
   * @return a detector to close
   * @throws IllegalArgumentException if there is no picture
   */
  static AnomalyDetector fit(FrozenPatches patches, List<RgbImage> shots, TrainingConfig config) {
    return BaselineDetector.fitted(
        patches.clip(),
        BATCH,
        owner ->
            TensorScope.inference(
                () -> {
                  Tensor all = AROUND.joined(patches.remember(shots).layers()).flatten(0, 2);
                  Tensor memory = owner.keep(ShotMemory.kept(all, config));
                  return new Distances(patches, memory, owner);
                }));
  }

  /**
   * The detector's arrow.
   *
   * @param memory {@code [rows, d]}
   */
  private record Distances(FrozenPatches patches, Tensor memory, OwnedTensors owner)
      implements ImageScorer {

    @Override
    public Scorer.Scored score(List<PreparedImage> images) {
      Tensor features = AROUND.joined(patches.look(images).layers()); // [images, G, G, d]
      Tensor rows = features.flatten(1, 2);
      NearestRows nearest = NearestRows.of(rows.flatten(0, 1), memory, 1);
      Tensor score = WeightedMaximum.of(rows, nearest, memory, NEIGHBOURS).score();
      Tensor distances =
          nearest.distances().view(features.size(0), features.size(1), features.size(2));
      return new Scorer.Scored(FrozenPatches.bounded(score), patches.map(distances));
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
