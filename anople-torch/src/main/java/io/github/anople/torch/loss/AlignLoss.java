package io.github.anople.torch.loss;

import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.List;
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
   * @param dense D in parts, each {@code [rows of the part, 4G, 4G, d]}, not normalised
   * @param logits pixel logits, {@code [rows, 2, 4G, 4G]}
   * @param mode {@link AlignMode#MEAN} or {@link AlignMode#WEIGHTED}
   * @return a scalar
   */
  static Tensor of(Tensor features, List<Tensor> dense, Tensor logits, AlignMode mode) {
    Tensor summary = TensorScope.withoutGradients(() -> summaries(dense, logits, mode));
    return features.mul(summary).sum(1).neg().add(new Scalar(1.0)).mean();
  }

  private static Tensor summaries(List<Tensor> dense, Tensor logits, AlignMode mode) {
    Tensor[] summaries = new Tensor[dense.size()];
    long row = 0;
    for (int part = 0; part < summaries.length; part++) {
      long rows = dense.get(part).size(0);
      summaries[part] = summary(dense.get(part), logits.narrow(0, row, rows), mode);
      row += rows;
    }
    return Tensors.concat(0, summaries);
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
