package io.github.anople.torch.prompt;

import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.engine.Operators;
import io.github.anople.torch.engine.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Context rows of all prompted layers, for both towers.
 *
 * @param depth J
 * @param text {@code [J, C_t (+ C_v), d_t]}: P^t, then f(P^v) where the mode has it; null without
 *     textual contexts
 * @param vision {@code [J, C_v (+ C_t), d_v]}: P^v, then f(P^t) where the mode has it; null without
 *     visual contexts
 * @param viewSignal c, {@code [views, d_v]}; null without
 */
public record Contexts(int depth, Tensor text, Tensor vision, Tensor viewSignal) {

  /**
   * Rows for the text tower, the same for every text.
   *
   * @return rows, or null where the mode has none
   */
  public PromptRows forTexts() {
    return text == null ? null : new Rows(depth, text, null);
  }

  /**
   * Rows for the image tower: c_i, P^v, f(P^t) at every prompted layer.
   *
   * @param views row i of the view signal for each image of the batch
   * @return rows, or null where the mode has none
   */
  public PromptRows forViews(long... views) {
    if (vision == null) {
      return null;
    }
    if (viewSignal == null) {
      return new Rows(depth, vision, null);
    }
    Tensor signals = Operators.rows(viewSignal, 0, views);
    return new Rows(depth, vision, signals.unsqueeze(1));
  }

  /**
   * Rows of one tower.
   *
   * @param shared {@code [J, rows, width]}
   * @param first {@code [images, 1, width]}, put before the shared rows of every layer; null for
   *     none
   */
  private record Rows(int depth, Tensor shared, Tensor first) implements PromptRows {

    @Override
    public int count() {
      return (int) shared.size(1) + (first == null ? 0 : 1);
    }

    @Override
    public Tensor rows(int layer) {
      Tensor common = shared.select(0, layer).unsqueeze(0); // [1, rows, width]
      return first == null
          ? common
          : Tensors.concat(1, first, common.expand(first.size(0), -1, -1));
    }
  }
}
