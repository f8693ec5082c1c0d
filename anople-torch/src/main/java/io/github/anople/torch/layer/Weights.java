package io.github.anople.torch.layer;

import org.bytedeco.pytorch.Tensor;

/** Where an encoder takes its weights from: tensors by name, already checked. */
public interface Weights {

  /**
   * A weight.
   *
   * @param name for example {@code blocks.0.norm1.weight}
   * @return fp32, valid as long as the model
   */
  Tensor get(String name);
}
