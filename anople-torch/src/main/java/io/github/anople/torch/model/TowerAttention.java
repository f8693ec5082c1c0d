package io.github.anople.torch.model;

import io.github.anople.core.tensorfile.FloatTensor;
import java.util.List;

/**
 * What the positions of a tower's sequence attend to, layer by layer: probabilities, averaged over
 * the heads.
 *
 * @param layers a layer each, {@code [tokens, tokens]}; row i says how much position i takes from
 *     each, and adds up to 1
 * @param contexts what the context rows are, in the sequence's order
 * @param contextsAt position of the first of them
 */
public record TowerAttention(List<FloatTensor> layers, List<ContextRow> contexts, int contextsAt) {

  public TowerAttention {
    layers = List.copyOf(layers);
    contexts = List.copyOf(contexts);
  }

  /**
   * How much one position takes from another.
   *
   * @param layer 1-based
   * @param from who attends
   * @param to what to
   * @return in [0, 1]
   */
  public float weight(int layer, int from, int to) {
    FloatTensor weights = layers.get(layer - 1);
    return weights.values()[from * Math.toIntExact(weights.shape().get(1)) + to];
  }

  /**
   * How much one position takes from several in a row.
   *
   * @param layer 1-based
   * @param from who attends
   * @param first the first position that it attends to
   * @param count how many
   * @return {@code [count]}
   */
  public float[] weights(int layer, int from, int first, int count) {
    float[] row = new float[count];
    for (int i = 0; i < count; i++) {
      row[i] = weight(layer, from, first + i);
    }
    return row;
  }
}
