package io.github.anople.torch.clip;

import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.OwnedTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Layer normalisation over the last dimension, always in fp32, eps 1e-5. */
final class LayerNorm {

  private static final double EPSILON = 1e-5;

  private final TensorOptional weight;
  private final TensorOptional bias;

  LayerNorm(ClipWeights weights, String name, OwnedTensors owner) {
    this.weight = owner.keepPointer(new TensorOptional(weights.get(name + ".weight")));
    this.bias = owner.keepPointer(new TensorOptional(weights.get(name + ".bias")));
  }

  /** {@code [..., width]} to the same shape. */
  Tensor apply(Tensor x) {
    return Operators.layerNorm(x, weight, bias, EPSILON);
  }
}
