package io.github.anople.torch.loss;

import io.github.anople.torch.engine.Operators;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Per-pixel classification with the easy pixels weighed down (eq. 9). */
final class FocalLoss {

  private FocalLoss() {}

  /**
   * Mean over rows and pixels of −(1 − q)² ln q, q the probability of the pixel's true channel.
   *
   * @param logProbability log-softmax of the pixel logits, {@code [rows, 2, S, S]}, normal first:
   *     from logits, so that a q that rounds to 0 or 1 keeps its logarithm
   * @param mask m, {@code [rows, S, S]}, 0 or 1
   * @return a scalar
   */
  static Tensor of(Tensor logProbability, Tensor mask) {
    Tensor logOfTrue =
        Operators.choose(
            mask.gt(new Scalar(0.5)), logProbability.select(1, 1), logProbability.select(1, 0));
    Tensor miss = logOfTrue.exp().neg().add(new Scalar(1.0));
    return miss.mul(miss).mul(logOfTrue).mean().neg();
  }
}
