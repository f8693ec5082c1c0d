package io.github.anople.torch.clip;

import io.github.anople.torch.engine.OwnedTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Layer normalisation over the last dimension, always in fp32, eps 1e-5. */
final class LayerNorm {

  private static final double EPSILON = 1e-5;

  private final long[] width;
  private final TensorOptional weight;
  private final TensorOptional bias;

  LayerNorm(ClipWeights weights, String name, OwnedTensors owner) {
    Tensor gain = weights.get(name + ".weight");
    this.width = new long[] {gain.size(0)};
    this.weight = owner.keepPointer(new TensorOptional(gain));
    this.bias = owner.keepPointer(new TensorOptional(weights.get(name + ".bias")));
  }

  /** {@code [..., width]} to the same shape. */
  Tensor apply(Tensor x) {
    return torch.layer_norm(x, width, weight, bias, EPSILON, false);
  }
}
