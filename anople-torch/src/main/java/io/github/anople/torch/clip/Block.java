package io.github.anople.torch.clip;

import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.layer.Attention;
import io.github.anople.torch.layer.LayerNorm;
import io.github.anople.torch.layer.Linear;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One pre-LN transformer block: x + attention(ln_1(x)), then x + mlp(ln_2(x)).
 *
 * <p>The residual stream is fp32; what lies between two additions is in the encoders' number
 * format.
 */
final class Block {

  /** What every layer normalisation of a CLIP adds to the variance. */
  static final double EPSILON = 1e-5;

  private final boolean quickGelu;
  private final LayerNorm beforeAttention;
  private final Attention attention;
  private final LayerNorm beforeMlp;
  private final Linear mlpIn;
  private final Linear mlpOut;

  Block(
      ClipWeights weights,
      String name,
      int heads,
      boolean quickGelu,
      ScalarType type,
      OwnedTensors owner) {
    this.quickGelu = quickGelu;
    this.beforeAttention = new LayerNorm(weights, name + ".ln_1", EPSILON, owner);
    Linear queryKeyValue =
        new Linear(
            weights.get(name + ".attn.in_proj_weight"),
            weights.get(name + ".attn.in_proj_bias"),
            type,
            owner);
    this.attention =
        new Attention(
            queryKeyValue, Linear.of(weights, name + ".attn.out_proj", type, owner), heads);
    this.beforeMlp = new LayerNorm(weights, name + ".ln_2", EPSILON, owner);
    this.mlpIn = Linear.of(weights, name + ".mlp.c_fc", type, owner);
    this.mlpOut = Linear.of(weights, name + ".mlp.c_proj", type, owner);
  }

  /**
   * Applies the block.
   *
   * @param x {@code [sequences, tokens, width]}
   * @param mask see {@link Attention#apply}
   * @param observer see {@link Attention#apply}
   * @return the same shape
   */
  Tensor apply(Tensor x, Tensor mask, Consumer<Tensor> observer) {
    return transformed(attended(x, mask, observer));
  }

  /** The first half: x + attention(ln_1(x)). */
  Tensor attended(Tensor x, Tensor mask, Consumer<Tensor> observer) {
    return x.add(attention.apply(beforeAttention.apply(x), mask, observer));
  }

  /** What {@link Attention#ofValues} makes of ln_1(x). */
  Tensor valueAttention(Tensor x) {
    return attention.ofValues(beforeAttention.apply(x));
  }

  /** The second half, of what the first one makes. */
  Tensor transformed(Tensor attended) {
    return attended.add(mlpOut.apply(activation(mlpIn.apply(beforeMlp.apply(attended)))));
  }

  private Tensor activation(Tensor x) {
    return quickGelu ? x.mul(torch.sigmoid(x.mul(new Scalar(1.702)))) : torch.gelu(x);
  }
}
