package io.github.anople.torch.clip;

import io.github.anople.torch.layer.Weights;
import org.bytedeco.pytorch.Tensor;

/**
 * Where the encoders take their weights from: tensors by OpenCLIP's names, already checked against
 * a configuration.
 */
public interface ClipWeights extends Weights {

  /**
   * A weight.
   *
   * @param name OpenCLIP's name, for example {@code visual.ln_pre.weight}
   * @return fp32, of the shape that {@link ClipTensorNames#shapes} tells, valid as long as the
   *     model
   */
  @Override
  Tensor get(String name);
}
