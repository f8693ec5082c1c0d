package io.github.anople.benchmark.baseline;

import io.github.anople.torch.engine.Operators;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A Gaussian at each place of the grid (PaDiM: Defard et al., "PaDiM: a Patch Distribution Modeling
 * Framework for Anomaly Detection and Localization", ICPR 2021, equations 1 and 2): μ the mean of
 * the k good images there, Σ = Σᵢ(xᵢ − μ)(xᵢ − μ)ᵀ/(k − 1) + εI.
 *
 * <p>With one image the divisor would be 0; Σ is εI then.
 *
 * @param mean μ, {@code [h, w, d]}
 * @param covariance Σ, {@code [h, w, d, d]}
 */
record PositionGaussians(Tensor mean, Tensor covariance) {

  /**
   * Fits the Gaussians.
   *
   * @param shots features of good images, {@code [k, h, w, d]}
   * @param epsilon ε, above 0
   * @return tensors of the current scope
   */
  static PositionGaussians of(Tensor shots, double epsilon) {
    long count = shots.size(0);
    Tensor mean = shots.mean(0);
    Tensor centred = shots.sub(mean).permute(1, 2, 3, 0); // [h, w, d, k]
    Tensor covariance =
        torch.matmul(centred, centred.transpose(2, 3)).div(new Scalar(Math.max(1.0, count - 1.0)));
    covariance.diagonal(0, 2, 3).add_(new Scalar(epsilon)); // one image is its mean: εI is left
    return new PositionGaussians(mean, covariance);
  }

  /**
   * What turns a deviation into one of unit variance along each axis: L⁻¹, with Σ = LLᵀ.
   *
   * @return {@code [h, w, d, d]}
   */
  Tensor whitening() {
    return torch.linalg_inv(torch.linalg_cholesky(covariance));
  }

  /**
   * Mahalanobis distances √((x − μ)ᵀΣ⁻¹(x − μ)) = ‖L⁻¹(x − μ)‖.
   *
   * @param queries {@code [images, h, w, d]}
   * @param mean μ
   * @param whitening of the same Gaussians
   * @return {@code [images, h, w]}
   */
  static Tensor distances(Tensor queries, Tensor mean, Tensor whitening) {
    Tensor deviations = queries.sub(mean).permute(1, 2, 3, 0); // [h, w, d, images]
    Tensor white = torch.matmul(whitening, deviations).permute(3, 0, 1, 2);
    return Operators.lengths(white).squeeze(3);
  }
}
