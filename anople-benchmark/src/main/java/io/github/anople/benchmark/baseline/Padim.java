package io.github.anople.benchmark.baseline;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.ImageScore;
import io.github.anople.torch.synth.Draws;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The rival {@code padim} (Defard et al., "PaDiM: a Patch Distribution Modeling Framework for
 * Anomaly Detection and Localization", ICPR 2021) as published, but for the network: {@link
 * PositionGaussians} over 100 dimensions that are drawn from two layers side by side; a map of
 * Mahalanobis distances, of which the largest is the image's score. It expects every part at the
 * same place.
 *
 * <p>Rows are brought to length √d, so that a channel is around 1, as ε supposes. Distances are
 * divided by the square root of the number of dimensions, about what a good patch has: they are
 * better told apart below 1 so, in the same order.
 */
final class Padim {

  private static final int BATCH = 8;

  /** The paper's number for its smallest network; more would be more than few shots can fill. */
  private static final int DIMENSIONS = 100;

  /** ε, the paper's. */
  private static final double EPSILON = 0.01;

  private Padim() {}

  /**
   * Learns what good pictures look like at each place.
   *
   * @param patches what it sees, closed with the detector
   * @param shots pictures of good parts, at least one
   * @param config its seed draws the dimensions
   * @return a detector to close
   * @throws IllegalArgumentException if there is no picture
   */
  static AnomalyDetector fit(FrozenPatches patches, List<RgbImage> shots, TrainingConfig config) {
    return BaselineDetector.fitted(
        patches.clip(),
        BATCH,
        owner -> TensorScope.inference(() -> scorer(patches, shots, config, owner)));
  }

  private static Mahalanobis scorer(
      FrozenPatches patches, List<RgbImage> shots, TrainingConfig config, OwnedTensors owner) {
    Tensor all = joined(patches.remember(shots));
    long[] drawn = drawn(all.size(3), Draws.of(config.seed(), "padim's dimensions", 0, 0));
    Tensor dimensions = owner.keep(Tensors.beside(all, drawn, drawn.length));
    PositionGaussians gaussians = PositionGaussians.of(chosen(all, dimensions), EPSILON);
    return new Mahalanobis(
        patches,
        dimensions,
        owner.keep(gaussians.mean()),
        owner.keep(gaussians.whitening()),
        owner);
  }

  /** The layers side by side, {@code [images, G, G, d]}, a channel around 1. */
  private static Tensor joined(FrozenPatches.Seen seen) {
    return PatchGrids.joined(
        seen.layers().stream()
            .map(layer -> layer.mul(new Scalar(Math.sqrt((double) layer.size(3)))))
            .toList());
  }

  /** Some of 0 to all − 1, ascending. */
  private static long[] drawn(long all, RandomGenerator random) {
    long[] places = LongStream.range(0, all).toArray();
    int count = Math.toIntExact(Math.min(DIMENSIONS, all));
    for (int i = 0; i < count; i++) {
      int other = random.nextInt(i, places.length);
      long kept = places[other];
      places[other] = places[i];
      places[i] = kept;
    }
    return LongStream.of(places).limit(count).sorted().toArray();
  }

  /**
   * Some of the dimensions.
   *
   * @param features {@code [images, h, w, D]}
   * @param dimensions {@code [d]}, whole numbers
   * @return {@code [images, h, w, d]}
   */
  static Tensor chosen(Tensor features, Tensor dimensions) {
    return features.gather(
        3,
        dimensions.expand(
            features.size(0), features.size(1), features.size(2), dimensions.size(0)));
  }

  /** The detector's arrow. */
  private record Mahalanobis(
      FrozenPatches patches, Tensor dimensions, Tensor mean, Tensor whitening, OwnedTensors owner)
      implements ImageScorer {

    @Override
    public Scorer.Scored score(List<PreparedImage> images) {
      Tensor features = chosen(joined(patches.look(images)), dimensions);
      Tensor distances =
          PositionGaussians.distances(features, mean, whitening)
              .div(new Scalar(Math.sqrt((double) dimensions.size(0))));
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
