package io.github.anople.torch.layer;

import io.github.anople.torch.engine.OwnedTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A frozen affine map, y = x Wᵀ + b, in the number format of the encoders. */
public final class Linear {

  private final ScalarType type;
  private final Tensor weight; // [out, in]
  private final TensorOptional bias; // [out]

  /**
   * Keeps the two tensors, converted where the format is not fp32.
   *
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}
   * @param type number format of the product
   * @param owner keeps them
   */
  public Linear(Tensor weight, Tensor bias, ScalarType type, OwnedTensors owner) {
    this.type = type;
    this.weight = owner.keep(weight.to(type));
    this.bias = owner.keepPointer(new TensorOptional(bias.to(type)));
  }

  /**
   * The map of a name.
   *
   * @param weights hold {@code name.weight} and {@code name.bias}
   * @param name the map's
   * @param type number format of the product
   * @param owner keeps the tensors
   * @return the map
   */
  public static Linear of(Weights weights, String name, ScalarType type, OwnedTensors owner) {
    return new Linear(weights.get(name + ".weight"), weights.get(name + ".bias"), type, owner);
  }

  /**
   * Applies the map.
   *
   * @param x {@code [..., in]} of any floating type
   * @return {@code [..., out]} of the encoders' type
   */
  public Tensor apply(Tensor x) {
    return torch.linear(x.to(type), weight, bias);
  }
}
