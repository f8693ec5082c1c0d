package io.github.anople.benchmark.baseline;

import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.Tensors;
import java.util.Optional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What PromptAD's contexts are taught by, good pictures alone.
 *
 * @param scale by what cosines are multiplied
 * @param distance of the margin term
 * @param alignment of manual with learned anomaly prompts
 * @param margin by how much a feature shall be nearer to t⁺ than to t⁻
 * @param lambda λ, the alignment's weight
 */
record PromptAdLosses(
    double scale,
    PromptAdSetting.Distance distance,
    PromptAdSetting.Alignment alignment,
    double margin,
    double lambda) {

  /**
   * A step's terms, scalars.
   *
   * @param contrast features against t⁺ and every anomaly prompt
   * @param margin distances to both prototypes
   * @param align manual against learned anomaly prompts, not yet times λ; none without manual ones
   */
  record Terms(Tensor contrast, Tensor margin, Optional<Tensor> align, Tensor total) {}

  /**
   * All terms.
   *
   * @param seen features of good pictures, {@code [B, d]}, or of their patches, {@code [B, n, d]};
   *     of unit length
   * @param texts the prompts' features
   * @return in the current scope and autograd graph
   */
  Terms of(Tensor seen, PromptAdPrompts.Features texts) {
    Tensor contrast = contrast(seen, texts);
    Tensor apart = margin(seen, texts.prototypes());
    Optional<Tensor> align =
        texts.manual().size(0) == 0 ? Optional.empty() : Optional.of(align(texts));
    Tensor sum = contrast.add(apart);
    return new Terms(
        contrast,
        apart,
        align,
        align.map(term -> sum.add(term.mul(new Scalar(lambda)))).orElse(sum));
  }

  /** Mean of −log softmax at t⁺, of the scaled cosines to t⁺ and to every anomaly prompt. */
  Tensor contrast(Tensor seen, PromptAdPrompts.Features texts) {
    Tensor rows =
        Tensors.concat(
            0,
            PromptAdPrompts.Features.prototype(texts.normal()),
            Tensors.normalize(texts.abnormal()));
    Tensor logits = torch.matmul(seen, rows.t()).mul(new Scalar(scale));
    return torch.log_softmax(logits, -1).select(-1, 0).mean().neg();
  }

  /** Mean of max(0, d(z, t⁺) − d(z, t⁻) + margin). */
  Tensor margin(Tensor seen, Tensor prototypes) {
    Tensor nearer = distance(seen, prototypes, 0).sub(distance(seen, prototypes, 1));
    Scalar zero = new Scalar(0.0);
    return torch.threshold(nearer.add(new Scalar(margin)), zero, zero).mean();
  }

  private Tensor distance(Tensor seen, Tensor prototypes, int which) {
    Tensor difference = seen.sub(prototypes.select(0, which));
    return switch (distance) {
      case EUCLID -> Operators.lengths(difference);
      case SQUARED -> squares(difference, -1);
      case SUMMED -> squares(difference, 1); // of {@code [B, n, d]} the patches
    };
  }

  private static Tensor squares(Tensor rows, long dimension) {
    return rows.square().sum(new long[] {dimension}, false, null);
  }

  /** Squared distance of manual from learned anomaly prompts. */
  Tensor align(PromptAdPrompts.Features texts) {
    return squares(summary(texts.manual()).sub(summary(texts.learned())), -1).squeeze();
  }

  private Tensor summary(Tensor features) {
    return switch (alignment) {
      case PROTOTYPES -> PromptAdPrompts.Features.prototype(features);
      case MEANS -> Tensors.normalize(features).mean(0);
    };
  }
}
