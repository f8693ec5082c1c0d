package io.github.anople.benchmark.baseline;

import io.github.anople.torch.engine.Tensors;
import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Locally aware patch features: what is around a patch counts too. φ(p) is the mean of the layer's
 * rows over the p × p places around it (equations 1 and 2 of PatchCore: Roth et al., "Towards Total
 * Recall in Industrial Anomaly Detection", CVPR 2022), the layers side by side on the first one's
 * grid.
 *
 * @param neighbourhood p, an odd number of places
 * @param border what is beyond the grid
 */
record LocalFeatures(int neighbourhood, Border border) {

  /** What counts beyond the grid's border. */
  enum Border {
    /** Zeros, which count: the divisor is p² everywhere (the authors' code, and anomalib). */
    ZERO,
    /** Nothing: a mean of the places that there are (closer to the paper's neighbourhood). */
    VALID
  }

  LocalFeatures {
    if (neighbourhood < 1 || neighbourhood % 2 == 0) {
      throw new IllegalArgumentException(neighbourhood + " places have none in their middle");
    }
  }

  /**
   * The mean around each place.
   *
   * @param layer {@code [images, h, w, d]}
   * @return the same shape
   */
  Tensor means(Tensor layer) {
    Tensor means =
        torch.avg_pool2d(
            PatchGrids.planes(layer),
            new long[] {neighbourhood, neighbourhood},
            new long[] {1, 1},
            new long[] {neighbourhood / 2, neighbourhood / 2},
            false,
            border == Border.ZERO,
            new LongOptional());
    return PatchGrids.fromPlanes(means);
  }

  /**
   * The means of several layers, side by side.
   *
   * @param layers {@code [images, h_i, w_i, d_i]} each, at least one
   * @return {@code [images, h_1, w_1, Σ d_i]}
   */
  Tensor joined(List<Tensor> layers) {
    return PatchGrids.joined(layers.stream().map(this::means).toList());
  }

  /**
   * What the authors' published code does instead of {@link #joined}: a layer's d · p² numbers
   * around a place (channel by channel, each neighbourhood row by row, zeros beyond the border,
   * each plane brought to the first grid) are averaged down to {@code width}, the layers' vectors
   * put in a row and averaged down to {@code target}. Averaging n numbers down to w: number i is
   * the mean of ⌊i·n/w⌋ … ⌈(i+1)·n/w⌉ − 1.
   *
   * @param layers {@code [images, h_i, w_i, d_i]} each, at least one
   * @param width numbers a layer
   * @param target numbers of all layers together
   * @return {@code [images, h_1, w_1, target]}
   */
  Tensor mapped(List<Tensor> layers, long width, long target) {
    long height = layers.get(0).size(1);
    long across = layers.get(0).size(2);
    Tensor[] parts = new Tensor[layers.size()];
    for (int i = 0; i < parts.length; i++) {
      Tensor around = PatchGrids.resized(around(layers.get(i)), height, across);
      parts[i] = averagedDown(PatchGrids.fromPlanes(around), width);
    }
    return averagedDown(Tensors.concat(3, parts), target);
  }

  /** Every place's neighbourhood, {@code [images, d · p², h, w]}. */
  private Tensor around(Tensor layer) {
    Tensor unfolded =
        torch.im2col(
            PatchGrids.planes(layer),
            new long[] {neighbourhood, neighbourhood},
            new long[] {1, 1},
            new long[] {neighbourhood / 2, neighbourhood / 2},
            1,
            1);
    return unfolded.view(layer.size(0), -1, layer.size(1), layer.size(2));
  }

  private static Tensor averagedDown(Tensor features, long width) {
    Tensor rows = features.flatten(0, 2).unsqueeze(1); // [images · h · w, 1, n]
    return torch
        .adaptive_avg_pool1d(rows, width)
        .view(features.size(0), features.size(1), features.size(2), width);
  }
}
