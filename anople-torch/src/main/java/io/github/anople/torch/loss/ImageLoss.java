package io.github.anople.torch.loss;

import io.github.anople.torch.engine.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Cross entropy of image features against the two text features (eq. 7 and 8). */
final class ImageLoss {

  /** How much of a latent twin's label stays normal. */
  private static final double SMOOTHING = 0.003;

  private ImageLoss() {}

  /**
   * The term over simulated anomalies in pixel space.
   *
   * @param features z⁰, {@code [rows, d]} of unit length
   * @param texts {@code [2, d]}: t⁺, t⁻
   * @param scale s
   * @param abnormal each row's label
   * @return mean over the rows, a scalar
   */
  static Tensor pixel(Tensor features, Tensor texts, double scale, boolean[] abnormal) {
    float[] targets = new float[2 * abnormal.length];
    for (int row = 0; row < abnormal.length; row++) {
      targets[2 * row + (abnormal[row] ? 1 : 0)] = 1;
    }
    return crossEntropy(
        features, texts, scale, Tensors.beside(features, targets, abnormal.length, 2));
  }

  /**
   * The term over simulated anomalies in latent space: normal rows against their noisy twins.
   *
   * @param normal z⁰ of the normal views, {@code [views, d]} of unit length
   * @param noise ε, {@code [views, d]}
   * @param texts {@code [2, d]}: t⁺, t⁻
   * @param scale s
   * @return mean over rows and twins, a scalar
   */
  static Tensor latent(Tensor normal, Tensor noise, Tensor texts, double scale) {
    int views = (int) normal.size(0);
    float[] targets = new float[4 * views];
    for (int row = 0; row < views; row++) {
      targets[2 * row] = 1;
      targets[2 * (views + row)] = (float) SMOOTHING;
      targets[2 * (views + row) + 1] = (float) (1 - SMOOTHING);
    }
    Tensor twins = Tensors.normalize(normal.add(noise));
    Tensor rows = Tensors.concat(0, normal, twins);
    return crossEntropy(rows, texts, scale, Tensors.beside(rows, targets, 2L * views, 2));
  }

  private static Tensor crossEntropy(Tensor features, Tensor texts, double scale, Tensor targets) {
    Tensor logits = torch.matmul(features, texts.t()).mul(new Scalar(scale));
    return torch.log_softmax(logits, 1).mul(targets).sum(1).mean().neg();
  }
}
