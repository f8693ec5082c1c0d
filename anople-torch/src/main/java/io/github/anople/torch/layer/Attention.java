package io.github.anople.torch.layer;

import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Multi-head attention written as product, softmax, product: libtorch's fused kernel is several
 * times slower in bf16 on CPUs. One copy brings each head's rows together, so that neither the
 * products nor their gradients gather them again.
 *
 * @param queryKeyValue from {@code width} to {@code 3 · width}: all of the queries, then the keys,
 *     then the values
 * @param out from {@code width} to {@code width}
 * @param heads a divisor of the width
 */
public record Attention(Linear queryKeyValue, Linear out, int heads) {

  /**
   * Mixes the tokens of each sequence.
   *
   * @param x {@code [sequences, tokens, width]}
   * @param mask {@code [tokens, tokens]} added to the logits, or null where every token sees every
   *     other
   * @return the same shape, of the encoders' type
   */
  public Tensor apply(Tensor x, Tensor mask) {
    return apply(x, mask, probabilities -> {});
  }

  /**
   * The same for somebody who looks on.
   *
   * @param x {@code [sequences, tokens, width]}
   * @param mask {@code [tokens, tokens]} added to the logits, or null where every token sees every
   *     other
   * @param observer given the probabilities, {@code [sequences · heads, tokens, tokens]}, which it
   *     may not change
   * @return the same shape, of the encoders' type
   */
  public Tensor apply(Tensor x, Tensor mask, Consumer<Tensor> observer) {
    long sequences = x.size(0);
    long tokens = x.size(1);
    long width = x.size(2);
    long headWidth = width / heads;
    TensorVector parts = // query, key, value, each [sequences, tokens, heads, headWidth]
        queryKeyValue.apply(x).view(sequences, tokens, 3, heads, headWidth).unbind(2);
    Tensor probabilities = probabilities(byHead(parts.get(0)), byHead(parts.get(1)), mask);
    observer.accept(probabilities);
    return mixed(probabilities, byHead(parts.get(2)), sequences);
  }

  /**
   * Mixes the tokens by the likeness of their values alone (V-V attention): queries and keys are
   * the values.
   *
   * @param x {@code [sequences, tokens, width]}
   * @return the same shape, of the encoders' type
   */
  public Tensor ofValues(Tensor x) {
    long width = x.size(2);
    Tensor value = // [sequences * heads, tokens, headWidth]
        byHead(
            queryKeyValue
                .apply(x)
                .narrow(2, 2 * width, width)
                .view(x.size(0), x.size(1), heads, width / heads));
    return mixed(probabilities(value, value, null), value, x.size(0));
  }

  /** How much each token takes of each, {@code [sequences * heads, tokens, tokens]}. */
  private static Tensor probabilities(Tensor query, Tensor key, Tensor mask) {
    Tensor logits =
        torch.baddbmm(
            mask == null ? query.new_zeros(1) : mask.to(query.scalar_type()),
            query,
            key.transpose(1, 2),
            new Scalar(mask == null ? 0.0 : 1.0),
            new Scalar(1 / Math.sqrt((double) query.size(2))));
    return torch.softmax(logits, -1);
  }

  private Tensor mixed(Tensor probabilities, Tensor value, long sequences) {
    long tokens = value.size(1);
    long headWidth = value.size(2);
    return out.apply(
        torch
            .bmm(probabilities, value)
            .view(sequences, heads, tokens, headWidth)
            .transpose(1, 2)
            .reshape(sequences, tokens, heads * headWidth));
  }

  /** {@code [sequences, tokens, heads, w]} as {@code [sequences * heads, tokens, w]}. */
  private static Tensor byHead(Tensor rows) {
    return rows.transpose(1, 2).contiguous().flatten(0, 1);
  }
}
