package io.github.anople.benchmark.baseline;

import io.github.anople.torch.engine.Operators;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * PatchCore's score of an image (Roth et al., CVPR 2022, equations 6 and 7): the largest distance
 * s* of a patch to its nearest row, weighted up where that row is itself rare. With q* that patch,
 * m* its nearest row and N the b rows of the memory nearest to m*, m* being the first: (1 − exp(s*)
 * / Σ over m in N of exp(‖q* − m‖)) · s*.
 *
 * <p>Where the paper leaves a choice: m* counts among its b neighbours, as in anomalib; a memory of
 * fewer rows gives all it has; b or rows below 2 give no weight, since the formula would be 0. The
 * authors' published code has no weight at all.
 *
 * @param score {@code [images]}
 * @param weight {@code [images]}
 * @param patch {@code [images]}, the number of q* among the image's patches
 * @param row {@code [images]}, the number of m* among the memory's rows
 */
record WeightedMaximum(Tensor score, Tensor weight, Tensor patch, Tensor row) {

  /**
   * Scores images.
   *
   * @param queries {@code [images, n, d]}
   * @param nearest of each of them, {@code [images · n, 1]}
   * @param memory {@code [rows, d]}
   * @param neighbours b
   * @return tensors of the current scope
   */
  static WeightedMaximum of(Tensor queries, NearestRows nearest, Tensor memory, long neighbours) {
    long images = queries.size(0);
    Tensor distances = nearest.distances().view(images, -1);
    Tensor patch = distances.argmax(new LongOptional(1), true);
    Tensor largest = distances.gather(1, patch); // s*, [images, 1]
    Tensor row = nearest.rows().view(images, -1).gather(1, patch);
    Tensor weight = torch.ones_like(largest);
    if (Math.min(neighbours, memory.size(0)) > 1) {
      Tensor worst = // q*, [images, 1, d]
          queries.gather(1, patch.unsqueeze(2).expand(images, 1, queries.size(2)));
      Tensor star = NearestRows.taken(memory, row).squeeze(1);
      Tensor around = NearestRows.taken(memory, NearestRows.of(star, memory, neighbours).rows());
      Tensor reach = Operators.lengths(worst.sub(around)).squeeze(2); // [images, b]
      Tensor top = reach.amax(new long[] {1}, true); // subtracted, so that no exponential overflows
      Tensor sum = reach.sub(top).exp().sum(new long[] {1}, true, null);
      weight = weight.sub(largest.sub(top).exp().div(sum));
    }
    return new WeightedMaximum(
        largest.mul(weight).squeeze(1), weight.squeeze(1), patch.squeeze(1), row.squeeze(1));
  }
}
