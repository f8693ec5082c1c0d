package io.github.anople.torch.clip;

import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A tower's blocks, and the place where a layer's context rows are replaced by fresh ones. */
final class Transformer {

  /** What happens between two layers. */
  @FunctionalInterface
  interface AfterLayer {

    /** Nothing. */
    AfterLayer NOTHING = (rows, layer) -> rows;

    /**
     * Sees a layer's output.
     *
     * @param rows {@code [sequences, tokens, width]}
     * @param layer its 1-based number
     * @return what the next layer gets
     */
    Tensor apply(Tensor rows, int layer);
  }

  private final List<Block> blocks = new ArrayList<>();

  Transformer(
      ClipWeights weights,
      String tower,
      int layers,
      int heads,
      boolean quickGelu,
      ScalarType type,
      OwnedTensors owner) {
    for (int layer = 0; layer < layers; layer++) {
      String name = ClipTensorNames.block(tower, layer);
      blocks.add(new Block(weights, name, heads, quickGelu, type, owner));
    }
  }

  /**
   * Runs all blocks.
   *
   * @param x {@code [sequences, tokens, width]}, the rows of layer 0 already in it
   * @param mask see {@link Block#apply}
   * @param prompts context rows, or null
   * @param promptsAt index of the first context row in the sequence
   * @param afterLayer called with the output of each layer; what it returns goes on
   * @param observer told of each layer's attention
   * @return the last layer's output
   */
  Tensor apply(
      Tensor x,
      Tensor mask,
      PromptRows prompts,
      long promptsAt,
      AfterLayer afterLayer,
      AttentionObserver observer) {
    Tensor rows = x;
    for (int layer = 0; layer < blocks.size(); layer++) {
      if (prompts != null && layer > 0 && layer < prompts.depth()) {
        rows = replaceContext(rows, prompts, layer, promptsAt);
      }
      int number = layer + 1;
      Tensor seen =
          blocks
              .get(layer)
              .apply(rows, mask, probabilities -> observer.attended(number, probabilities));
      rows = afterLayer.apply(seen, number);
    }
    return rows;
  }

  /** The blocks, in order. */
  List<Block> blocks() {
    return blocks;
  }

  private static Tensor replaceContext(Tensor x, PromptRows prompts, int layer, long at) {
    Tensor fresh = forEach(x.size(0), prompts.rows(layer));
    Tensor before = x.narrow(1, 0, at);
    long after = at + prompts.count();
    long left = x.size(1) - after;
    return left == 0
        ? Tensors.concat(1, before, fresh)
        : Tensors.concat(1, before, fresh, x.narrow(1, after, left));
  }

  /**
   * Rows for each sequence: {@code [1, count, width]} becomes {@code [sequences, count, width]}.
   */
  static Tensor forEach(long sequences, Tensor rows) {
    return rows.expand(sequences, -1, -1);
  }
}
