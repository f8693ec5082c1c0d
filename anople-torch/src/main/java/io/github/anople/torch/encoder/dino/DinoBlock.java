package io.github.anople.torch.encoder.dino;

import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.layer.Attention;
import io.github.anople.torch.layer.LayerNorm;
import io.github.anople.torch.layer.Linear;
import io.github.anople.torch.layer.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One block: x + γ₁·attention(norm1(x)), then x + γ₂·ffn(norm2(x)) (LayerScale, Touvron et al.
 * 2021).
 *
 * <p>The residual stream and γ are fp32; what lies between is in the encoder's number format.
 */
final class DinoBlock {

  private final boolean swiGlu;
  private final LayerNorm beforeAttention;
  private final Attention attention;
  private final Tensor attentionScale; // γ₁ [width]
  private final LayerNorm beforeFeedForward;
  private final Linear in;
  private final Linear out;
  private final Tensor feedForwardScale; // γ₂ [width]

  DinoBlock(DinoConfig config, Weights weights, String name, ScalarType type, OwnedTensors owner) {
    this.swiGlu = config.swiGlu();
    this.beforeAttention = new LayerNorm(weights, name + ".norm1", config.epsilon(), owner);
    this.attention =
        new Attention(
            Linear.of(weights, name + ".attn.qkv", type, owner),
            Linear.of(weights, name + ".attn.proj", type, owner),
            config.heads());
    this.attentionScale = owner.keep(weights.get(name + ".ls1.gamma"));
    this.beforeFeedForward = new LayerNorm(weights, name + ".norm2", config.epsilon(), owner);
    this.in = Linear.of(weights, name + (swiGlu ? ".mlp.w12" : ".mlp.fc1"), type, owner);
    this.out = Linear.of(weights, name + (swiGlu ? ".mlp.w3" : ".mlp.fc2"), type, owner);
    this.feedForwardScale = owner.keep(weights.get(name + ".ls2.gamma"));
  }

  /** {@code [images, tokens, width]} to the same shape. */
  Tensor apply(Tensor x) {
    Tensor attended = x.add(attention.apply(beforeAttention.apply(x), null).mul(attentionScale));
    Tensor hidden = in.apply(beforeFeedForward.apply(attended));
    return attended.add(out.apply(activation(hidden)).mul(feedForwardScale));
  }

  /** The exact GELU, or SwiGLU: silu of the first half times the second (Shazeer 2020). */
  private Tensor activation(Tensor hidden) {
    if (!swiGlu) {
      return torch.gelu(hidden);
    }
    TensorVector halves = hidden.chunk(2, -1);
    return torch.silu(halves.get(0)).mul(halves.get(1));
  }
}
