package io.github.anople.torch.clip;

import org.bytedeco.pytorch.Tensor;

/**
 * Context rows that a caller inserts into a tower, fresh ones at each of the first layers (deep
 * prompting).
 *
 * <p>At layer 0 the rows join the sequence; at layers 1 to {@link #depth()} − 1 they replace the
 * rows that the layer before made of them; from then on they simply flow.
 */
public interface PromptRows {

  /**
   * J, the number of layers that get rows of their own.
   *
   * @return at least 1
   */
  int depth();

  /**
   * Context rows of a layer; the same at every layer.
   *
   * @return at least 1
   */
  int count();

  /**
   * The rows of a layer.
   *
   * @param layer 0-based, below {@link #depth()}
   * @return {@code [sequences, count, width]}, or {@code [1, count, width]} when every sequence
   *     gets the same
   */
  Tensor rows(int layer);
}
