package io.github.anople.torch.clip;

import org.bytedeco.pytorch.Tensor;

/**
 * Sees the attention that a tower computes. It is told of the tensors that the tower works with
 * itself: what is not looked at is neither copied nor kept.
 */
@FunctionalInterface
public interface AttentionObserver {

  /** Looks at nothing. */
  AttentionObserver NONE = (layer, probabilities) -> {};

  /**
   * A layer's attention.
   *
   * @param layer its 1-based number
   * @param probabilities {@code [sequences · heads, tokens, tokens]}, the heads of a sequence
   *     together; row i says how much position i takes from each, and adds up to 1. It belongs to
   *     the scope in which the tower encodes, and may not be changed
   */
  void attended(int layer, Tensor probabilities);
}
