package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.memory.Coreset;
import io.github.anople.torch.memory.ImageScore;
import io.github.anople.torch.synth.Draws;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The rival {@code fastrecon} (Fang et al., "FastRecon: Few-shot Industrial Anomaly Detection via
 * Fast Feature Reconstruction", ICCV 2023) as published, but for the network: PatchCore's {@link
 * LocalFeatures} of two layers, a coreset of the shots' as S, and a {@link Reconstruction} that is
 * pulled to the shots' mean at each place. The largest distance is the image's score. It expects
 * every part at the same place.
 */
final class FastRecon {

  private static final int BATCH = 8;

  private static final LocalFeatures AROUND = new LocalFeatures(3, LocalFeatures.Border.ZERO);

  /** λ, the published code's. */
  private static final double LAMBDA = 2;

  /**
   * The coreset: a tenth of the rows, some twenty of a shot on a grid of 15 × 15; a hundredth, as
   * is usual with hundreds of pictures, would be two.
   */
  private static final double CORESET = 0.1;

  private FastRecon() {}

  /**
   * Remembers good pictures.
   *
   * @param patches what it sees, closed with the detector
   * @param shots pictures of good parts, at least one
   * @param config its seed draws the coreset's first row
   * @return a detector to close
   * @throws IllegalArgumentException if there is no picture
   */
  static AnomalyDetector fit(FrozenPatches patches, List<RgbImage> shots, TrainingConfig config) {
    return BaselineDetector.fitted(
        patches.clip(),
        BATCH,
        owner ->
            TensorScope.inference(
                () -> new Distances(patches, words(patches, shots, config, owner), owner)));
  }

  private static Reconstruction words(
      FrozenPatches patches, List<RgbImage> shots, TrainingConfig config, OwnedTensors owner) {
    Tensor features = AROUND.joined(patches.remember(shots).layers());
    Tensor rows = features.flatten(0, 2);
    Tensor support =
        Coreset.select(
            rows,
            supportRows(rows.size(0), rows.size(1)),
            Draws.of(config.seed(), "fastrecon's coreset", 0, 0));
    return new Reconstruction(
        owner.keep(Reconstruction.projector(support)),
        owner.keep(features.mean(0).flatten(0, 1)),
        LAMBDA);
  }

  /** How many rows of S: more than half the dimensions would tell any picture. */
  static long supportRows(long rows, long width) {
    return Math.max(1, Math.min(new Coreset(CORESET).rows(rows), width / 2));
  }

  /** The detector's arrow. */
  private record Distances(FrozenPatches patches, Reconstruction words, OwnedTensors owner)
      implements ImageScorer {

    @Override
    public Scorer.Scored score(List<PreparedImage> images) {
      Tensor features = AROUND.joined(patches.look(images).layers());
      Tensor distances =
          words
              .distances(features.flatten(1, 2))
              .view(features.size(0), features.size(1), features.size(2));
      return new Scorer.Scored(
          FrozenPatches.bounded(ImageScore.MAX.of(distances)), patches.map(distances));
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
