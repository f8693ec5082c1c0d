package io.github.anople.torch.encoder;

import io.github.anople.core.tensorfile.FloatTensor;
import java.util.List;

/**
 * Brings a map of one side to another, as R · M · Rᵀ with a matrix R of weights, so that libtorch
 * and an exported graph compute the same, whatever the two sides.
 *
 * <p>A finer map is averaged: place i of g is the mean of rows ⌊i·h/g⌋ to ⌈(i+1)·h/g⌉ − 1 (adaptive
 * average pooling), which are h/g rows without overlap where h is a multiple of g. A coarser map is
 * interpolated linearly between the middles of its places, its border repeated (bilinear with
 * {@code align_corners=false}).
 */
public final class GridMatrix {

  private GridMatrix() {}

  /**
   * The matrix R.
   *
   * @param from h, the side that a map has
   * @param to g, the side that it gets
   * @return {@code [g, h]}; each row sums to 1
   */
  public static FloatTensor of(int from, int to) {
    float[] weights = new float[Math.multiplyExact(to, from)];
    for (int row = 0; row < to; row++) {
      if (to <= from) {
        average(weights, row, from, to);
      } else {
        interpolate(weights, row, from, to);
      }
    }
    return new FloatTensor(List.of((long) to, (long) from), weights);
  }

  private static void average(float[] weights, int row, int from, int to) {
    int first = row * from / to;
    int end = ((row + 1) * from + to - 1) / to;
    for (int i = first; i < end; i++) {
      weights[row * from + i] = 1f / (end - first);
    }
  }

  private static void interpolate(float[] weights, int row, int from, int to) {
    double place = Math.max((row + 0.5) * from / to - 0.5, 0);
    int before = (int) place;
    int after = Math.min(before + 1, from - 1);
    double share = place - before;
    weights[row * from + before] += (float) (1 - share);
    weights[row * from + after] += (float) share;
  }
}
