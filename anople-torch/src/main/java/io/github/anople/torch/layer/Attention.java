package io.github.anople.torch.layer;

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
    long sequences = x.size(0);
    long tokens = x.size(1);
    long width = x.size(2);
    long headWidth = width / heads;
    TensorVector parts = // query, key, value, each [sequences, tokens, heads, headWidth]
        queryKeyValue.apply(x).view(sequences, tokens, 3, heads, headWidth).unbind(2);
    return mixed(byHead(parts.get(0)), byHead(parts.get(1)), byHead(parts.get(2)), mask, sequences);
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
    return mixed(value, value, value, null, x.size(0));
  }

  /** Of {@code [sequences * heads, tokens, headWidth]} each. */
  private Tensor mixed(Tensor query, Tensor key, Tensor value, Tensor mask, long sequences) {
    long tokens = query.size(1);
    long headWidth = query.size(2);
    Tensor logits = // [sequences * heads, tokens, tokens]
        torch.baddbmm(
            mask == null ? query.new_zeros(1) : mask.to(query.scalar_type()),
            query,
            key.transpose(1, 2),
            new Scalar(mask == null ? 0.0 : 1.0),
            new Scalar(1 / Math.sqrt((double) headWidth)));
    Tensor mixed = torch.bmm(torch.softmax(logits, -1), value);
    return out.apply(
        mixed
            .view(sequences, heads, tokens, headWidth)
            .transpose(1, 2)
            .reshape(sequences, tokens, heads * headWidth));
  }

  /** {@code [sequences, tokens, heads, w]} as {@code [sequences * heads, tokens, w]}. */
  private static Tensor byHead(Tensor rows) {
    return rows.transpose(1, 2).contiguous().flatten(0, 1);
  }
}
