package io.github.anople.torch.clip;

import io.github.anople.torch.engine.OwnedTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A frozen affine map, y = x Wᵀ + b, in the number format of the encoders. */
final class Linear {

  private final ScalarType type;
  private final Tensor weight; // [out, in]
  private final TensorOptional bias; // [out]

  /**
   * Keeps the two tensors, converted where the format is not fp32.
   *
   * @param weight {@code [out, in]}
   * @param bias {@code [out]}
   */
  Linear(Tensor weight, Tensor bias, ScalarType type, OwnedTensors owner) {
    this.type = type;
    this.weight = owner.keep(weight.to(type));
    this.bias = owner.keepPointer(new TensorOptional(bias.to(type)));
  }

  /** {@code [..., in]} of any floating type to {@code [..., out]} of the encoders' type. */
  Tensor apply(Tensor x) {
    return torch.linear(x.to(type), weight, bias);
  }
}
