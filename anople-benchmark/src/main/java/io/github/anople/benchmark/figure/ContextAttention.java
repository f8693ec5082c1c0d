package io.github.anople.benchmark.figure;

import io.github.anople.torch.model.ContextRow;
import io.github.anople.torch.model.TowerAttention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Attention among the context rows of a tower, averaged over what it encoded: the view signal, then
 * visual rows, then textual ones.
 *
 * @param names of the rows: c, v1, v2, t1, …
 * @param layers a matrix each, {@code [rows][rows]}; row i is who attends
 */
record ContextAttention(List<String> names, List<float[][]> layers) {

  ContextAttention {
    names = List.copyOf(names);
    layers = List.copyOf(layers);
  }

  /** The mean of some, which have the same rows. */
  static ContextAttention mean(List<TowerAttention> all) {
    TowerAttention first = all.get(0);
    List<Integer> order = order(first.contexts());
    List<float[][]> layers = new ArrayList<>();
    for (int layer = 1; layer <= first.layers().size(); layer++) {
      float[][] mean = new float[order.size()][order.size()];
      for (TowerAttention one : all) {
        add(one, layer, order, mean, all.size());
      }
      layers.add(mean);
    }
    return new ContextAttention(names(first.contexts(), order), layers);
  }

  private static void add(
      TowerAttention one, int layer, List<Integer> order, float[][] mean, int count) {
    for (int i = 0; i < mean.length; i++) {
      for (int j = 0; j < mean.length; j++) {
        int from = one.contextsAt() + order.get(i);
        int to = one.contextsAt() + order.get(j);
        mean[i][j] += one.weight(layer, from, to) / count;
      }
    }
  }

  private static List<Integer> order(List<ContextRow> rows) {
    return IntStream.range(0, rows.size())
        .boxed()
        .sorted(Comparator.comparing(rows::get)) // Stable: rows of a kind keep their order.
        .toList();
  }

  private static List<String> names(List<ContextRow> rows, List<Integer> order) {
    int visual = 0;
    int textual = 0;
    List<String> names = new ArrayList<>();
    for (int at : order) {
      names.add(
          switch (rows.get(at)) {
            case VIEW_SIGNAL -> "c";
            case VISUAL -> "v" + ++visual;
            case TEXTUAL -> "t" + ++textual;
          });
    }
    return names;
  }

  /** The largest value of all layers. */
  float largest() {
    float largest = 0;
    for (float[][] layer : layers) {
      for (float[] row : layer) {
        for (float value : row) {
          largest = Math.max(largest, value);
        }
      }
    }
    return largest;
  }
}
