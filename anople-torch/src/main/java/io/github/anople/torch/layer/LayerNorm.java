package io.github.anople.torch.layer;

import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.OwnedTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/** Layer normalisation over the last dimension, always in fp32. */
public final class LayerNorm {

  private final TensorOptional weight;
  private final TensorOptional bias;
  private final double epsilon;

  /**
   * The normalisation of a name.
   *
   * @param weights hold {@code name.weight} and {@code name.bias}, {@code [width]} each
   * @param name the normalisation's
   * @param epsilon added to the variance
   * @param owner keeps the tensors
   */
  public LayerNorm(Weights weights, String name, double epsilon, OwnedTensors owner) {
    this.weight = owner.keepPointer(new TensorOptional(weights.get(name + ".weight")));
    this.bias = owner.keepPointer(new TensorOptional(weights.get(name + ".bias")));
    this.epsilon = epsilon;
  }

  /**
   * Normalises rows.
   *
   * @param x {@code [..., width]}
   * @return the same shape
   */
  public Tensor apply(Tensor x) {
    return Operators.layerNorm(x, weight, bias, epsilon);
  }
}
