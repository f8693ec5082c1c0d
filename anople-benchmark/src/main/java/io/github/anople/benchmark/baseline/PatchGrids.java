package io.github.anople.benchmark.baseline;

import io.github.anople.torch.engine.Tensors;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Patch features on a grid, {@code [images, h, w, d]}, and how those of several layers, each on a
 * grid of its own, become one feature a place.
 */
final class PatchGrids {

  private PatchGrids() {}

  /**
   * The layers side by side on the first one's grid, the others brought there by bilinear
   * interpolation (corners not aligned).
   *
   * @param layers {@code [images, h_i, w_i, d_i]} each, at least one
   * @return {@code [images, h_1, w_1, Σ d_i]}
   */
  static Tensor joined(List<Tensor> layers) {
    long height = layers.get(0).size(1);
    long width = layers.get(0).size(2);
    return Tensors.concat(
        3,
        layers.stream()
            .map(layer -> fromPlanes(resized(planes(layer), height, width)))
            .toArray(Tensor[]::new));
  }

  /** {@code [images, h, w, d]} as {@code [images, d, h, w]}. */
  static Tensor planes(Tensor grid) {
    return grid.permute(0, 3, 1, 2).contiguous();
  }

  /** {@code [images, d, h, w]} as {@code [images, h, w, d]}. */
  static Tensor fromPlanes(Tensor planes) {
    return planes.permute(0, 2, 3, 1).contiguous();
  }

  /** Planes of another size, {@code [images, d, h, w]}; the same ones where that is theirs. */
  static Tensor resized(Tensor planes, long height, long width) {
    if (planes.size(2) == height && planes.size(3) == width) {
      return planes;
    }
    return torch.upsample_bilinear2d(
        planes, new long[] {height, width}, false, new DoubleOptional(), new DoubleOptional());
  }
}
