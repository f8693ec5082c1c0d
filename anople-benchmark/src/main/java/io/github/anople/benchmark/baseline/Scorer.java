package io.github.anople.benchmark.baseline;

import org.bytedeco.pytorch.Tensor;

/** A rival's arrow: from views to scores and maps. Its tensors live until it is closed. */
interface Scorer extends AutoCloseable {

  /**
   * What a rival says of a batch.
   *
   * @param score {@code [images]}, in [0, 1]
   * @param map {@code [images, S, S]}, not blurred
   */
  record Scored(Tensor score, Tensor map) {}

  /**
   * Scores a batch.
   *
   * @param images {@code [images, 3, S, S]}, normalised RGB
   * @return tensors of the current scope
   */
  Scored score(Tensor images);

  @Override
  void close();
}
