package io.github.anople.torch.loss;

import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Pixels teach the image: its feature is drawn to a summary of the dense features (eq. 10 and 11).
 */
final class AlignLoss {

  /** τ, temperature of the summary's weights. */
  private static final double TEMPERATURE = 2;

  private AlignLoss() {}

  /**
   * Mean over rows of 1 − cos(z⁰, s), s = Σ a_ij D_ij taken as a constant.
   *
   * @param features z⁰, {@code [rows, d]} of unit length
   * @param dense D, {@code [rows, 4G, 4G, d]}, not normalised
   * @param logits pixel logits, {@code [rows, 2, 4G, 4G]}
   * @param mode {@link AlignMode#MEAN} or {@link AlignMode#WEIGHTED}
   * @return a scalar
   */
  static Tensor of(Tensor features, Tensor dense, Tensor logits, AlignMode mode) {
    Tensor summary = TensorScope.withoutGradients(() -> summary(dense, logits, mode));
    return features.mul(summary).sum(1).neg().add(new Scalar(1.0)).mean();
  }

  private static Tensor summary(Tensor dense, Tensor logits, AlignMode mode) {
    Tensor positions = dense.flatten(1, 2); // [rows, positions, d]
    if (mode == AlignMode.MEAN) {
      return Tensors.normalize(positions.mean(1));
    }
    Tensor difference = logits.select(1, 1).sub(logits.select(1, 0)).flatten(1, 2);
    Tensor weights = torch.softmax(difference.div(new Scalar(TEMPERATURE)), 1).unsqueeze(1);
    return Tensors.normalize(torch.bmm(weights, positions).squeeze(1));
  }
}
