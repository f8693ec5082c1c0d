package io.github.anople.torch.loss;

import io.github.anople.torch.engine.Operators;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Overlap of the abnormal map with the mask, over the rows whose mask has a pixel (eq. 9). */
final class DiceLoss {

  private DiceLoss() {}

  /**
   * Mean of 1 − (2Σ M̂m + 1) / (Σ M̂ + Σ m + 1).
   *
   * @param probability M̂, {@code [rows, S, S]}
   * @param mask m, {@code [rows, S, S]}, 0 or 1
   * @param marked the rows whose mask has a pixel: on an empty mask the term is a constant without
   *     gradient
   * @return a scalar; 0 where no row is marked
   */
  static Tensor of(Tensor probability, Tensor mask, long[] marked) {
    if (marked.length == 0) {
      return probability.new_zeros(new long[0]);
    }
    Tensor map = Operators.rows(probability, 0, marked).flatten(1, 2);
    Tensor truth = Operators.rows(mask, 0, marked).flatten(1, 2);
    Scalar one = new Scalar(1.0);
    Tensor overlap = map.mul(truth).sum(1).mul(new Scalar(2.0)).add(one);
    Tensor total = map.sum(1).add(truth.sum(1)).add(one);
    return overlap.div(total).neg().add(one).mean();
  }
}
