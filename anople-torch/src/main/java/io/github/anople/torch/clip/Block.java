package io.github.anople.torch.clip;

import io.github.anople.torch.engine.OwnedTensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One pre-LN transformer block: x + attention(ln_1(x)), then x + mlp(ln_2(x)).
 *
 * <p>The residual stream is fp32; what lies between two additions is in the encoders' number
 * format.
 */
final class Block {

  private final int heads;
  private final boolean quickGelu;
  private final LayerNorm beforeAttention;
  private final Linear queryKeyValue;
  private final Linear attentionOut;
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
    this.heads = heads;
    this.quickGelu = quickGelu;
    this.beforeAttention = new LayerNorm(weights, name + ".ln_1", owner);
    this.queryKeyValue =
        new Linear(
            weights.get(name + ".attn.in_proj_weight"),
            weights.get(name + ".attn.in_proj_bias"),
            type,
            owner);
    this.attentionOut = linear(weights, name + ".attn.out_proj", type, owner);
    this.beforeMlp = new LayerNorm(weights, name + ".ln_2", owner);
    this.mlpIn = linear(weights, name + ".mlp.c_fc", type, owner);
    this.mlpOut = linear(weights, name + ".mlp.c_proj", type, owner);
  }

  private static Linear linear(
      ClipWeights weights, String name, ScalarType type, OwnedTensors owner) {
    return new Linear(weights.get(name + ".weight"), weights.get(name + ".bias"), type, owner);
  }

  /**
   * Applies the block.
   *
   * @param x {@code [sequences, tokens, width]}
   * @param mask {@code [tokens, tokens]} added to the attention's logits, or null where every token
   *     sees every other
   * @return the same shape
   */
  Tensor apply(Tensor x, Tensor mask) {
    Tensor attended = x.add(attention(beforeAttention.apply(x), mask));
    return attended.add(mlpOut.apply(activation(mlpIn.apply(beforeMlp.apply(attended)))));
  }

  /**
   * Multi-head attention written as product, softmax, product: libtorch's fused kernel is several
   * times slower in bf16 on CPUs. One copy brings each head's rows together, so that neither the
   * products nor their gradients gather them again.
   */
  private Tensor attention(Tensor x, Tensor mask) {
    long sequences = x.size(0);
    long tokens = x.size(1);
    long width = x.size(2);
    long headWidth = width / heads;
    TensorVector parts = // query, key, value, each [sequences, tokens, heads, headWidth]
        queryKeyValue.apply(x).view(sequences, tokens, 3, heads, headWidth).unbind(2);
    Tensor query = byHead(parts.get(0));
    Tensor key = byHead(parts.get(1));
    Tensor logits = // [sequences * heads, tokens, tokens]
        torch.baddbmm(
            mask == null ? query.new_zeros(1) : mask.to(query.scalar_type()),
            query,
            key.transpose(1, 2),
            new Scalar(mask == null ? 0.0 : 1.0),
            new Scalar(1 / Math.sqrt((double) headWidth)));
    Tensor mixed = torch.bmm(torch.softmax(logits, -1), byHead(parts.get(2)));
    return attentionOut.apply(
        mixed
            .view(sequences, heads, tokens, headWidth)
            .transpose(1, 2)
            .reshape(sequences, tokens, width));
  }

  /** {@code [sequences, tokens, heads, w]} as {@code [sequences * heads, tokens, w]}. */
  private static Tensor byHead(Tensor rows) {
    return rows.transpose(1, 2).contiguous().flatten(0, 1);
  }

  private Tensor activation(Tensor x) {
    return quickGelu ? x.mul(torch.sigmoid(x.mul(new Scalar(1.702)))) : torch.gelu(x);
  }
}
