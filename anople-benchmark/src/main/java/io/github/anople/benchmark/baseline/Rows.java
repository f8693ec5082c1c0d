package io.github.anople.benchmark.baseline;

import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * What is computed of many things one after another: whatever a network makes on the way is freed
 * before the next, and of each thing only the rows stay.
 */
final class Rows {

  private Rows() {}

  /**
   * Looks at each thing in a scope of its own, without gradients.
   *
   * @param <T> the things
   * @param things at least one
   * @param look the kinds of rows of a thing, as many of each
   * @return each kind joined along the first dimension, of the current scope
   */
  static <T> List<Tensor> of(List<T> things, Function<T, List<Tensor>> look) {
    try (OwnedTensors owner = new OwnedTensors()) {
      List<List<Tensor>> each = new ArrayList<>();
      for (T thing : things) {
        each.add(TensorScope.inference(() -> look.apply(thing).stream().map(owner::keep).toList()));
      }
      List<Tensor> joined = new ArrayList<>();
      for (int kind = 0; kind < each.get(0).size(); kind++) {
        int one = kind;
        joined.add(
            Tensors.concat(0, each.stream().map(rows -> rows.get(one)).toArray(Tensor[]::new)));
      }
      return joined;
    }
  }
}
