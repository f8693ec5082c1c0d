package io.github.anople.benchmark.baseline;

import io.github.anople.torch.engine.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Windows of k × k patches at every place of the grid, and how their values become a map.
 *
 * @param grid G, patches along a side
 * @param size k, at most G
 */
record WindowScale(int grid, int size) {

  private static final double SMALLEST = 1e-6;

  /** Places of a window along a side. */
  private int places() {
    return grid - size + 1;
  }

  /** Patch numbers of each window, {@code [windows][k²]}, row-major. */
  long[][] windows() {
    long[][] windows = new long[places() * places()][size * size];
    for (int window = 0; window < windows.length; window++) {
      int top = window / places();
      int left = window % places();
      for (int i = 0; i < size * size; i++) {
        windows[window][i] = (long) (top + i / size) * grid + left + i % size;
      }
    }
    return windows;
  }

  /** Which window covers which patch, {@code [windows, G²]}, 0 or 1, on the processor. */
  Tensor cover() {
    long[][] windows = windows();
    float[] cover = new float[windows.length * grid * grid];
    for (int window = 0; window < windows.length; window++) {
      for (long patch : windows[window]) {
        cover[window * grid * grid + (int) patch] = 1;
      }
    }
    return Tensors.of(cover, windows.length, (long) grid * grid);
  }

  /**
   * Each patch's harmonic mean over the windows that cover it: one window that finds it normal
   * weighs much.
   *
   * @param values {@code [images, windows]}
   * @param cover of {@link #cover}
   * @return {@code [images, G²]}
   */
  static Tensor harmonicMean(Tensor values, Tensor cover) {
    Tensor inverse = values.clamp_min(new Scalar(SMALLEST)).reciprocal();
    return cover.sum(0).div(torch.matmul(inverse, cover));
  }
}
