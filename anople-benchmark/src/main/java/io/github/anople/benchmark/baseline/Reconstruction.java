package io.github.anople.benchmark.baseline;

import io.github.anople.torch.engine.Operators;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A picture told in the words of good ones (FastRecon: Fang et al., "FastRecon: Few-shot Industrial
 * Anomaly Detection via Fast Feature Reconstruction", ICCV 2023). S are rows of the shots, Q the
 * picture's, μ the shots' mean; W minimises ‖Q − WS‖² + λ‖μ − WS‖², so that W = (Q + λμ)Sᵀ((1 +
 * λ)SSᵀ)⁻¹, and WS is the projection of (Q + λμ)/(1 + λ) on what S spans. A patch scores ‖Q − WS‖.
 *
 * <p>With as many independent rows in S as dimensions the projection changes nothing and the score
 * is λ/(1 + λ)·‖Q − μ‖, so S must stay smaller. The published code inverts SSᵀ as it is; S⁺S, by
 * singular values, is the same where that works and holds where it does not.
 *
 * @param projector S⁺S, {@code [d, d]}
 * @param mean μ at each place, {@code [n, d]}, or of all places, {@code [1, d]}
 * @param lambda λ, how much the mean pulls
 */
record Reconstruction(Tensor projector, Tensor mean, double lambda) {

  /** Below this share of the largest singular value is what fp32 rows are rounded by. */
  private static final double SMALLEST_SHARE = 1e-6;

  /**
   * The projection on what rows span.
   *
   * @param support S, {@code [m, d]}
   * @return {@code [d, d]}, of the current scope
   */
  static Tensor projector(Tensor support) {
    Tensor exact = support.to(ScalarType.Double);
    Tensor inverse = torch.linalg_pinv(exact, SMALLEST_SHARE, false); // [d, m]
    return torch.matmul(inverse, exact).to(ScalarType.Float);
  }

  /**
   * WS.
   *
   * @param queries Q, {@code [images, n, d]}
   * @return the same shape
   */
  Tensor of(Tensor queries) {
    Tensor pulled =
        queries.add(mean.mul(new Scalar(lambda))).div(new Scalar(1 + lambda)); // towards the mean
    return torch.matmul(pulled, projector);
  }

  /**
   * ‖Q − WS‖.
   *
   * @param queries Q, {@code [images, n, d]}
   * @return {@code [images, n]}
   */
  Tensor distances(Tensor queries) {
    return Operators.lengths(queries.sub(of(queries))).squeeze(2);
  }
}
