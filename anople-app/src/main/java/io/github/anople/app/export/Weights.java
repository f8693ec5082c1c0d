package io.github.anople.app.export;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.model.FrozenDetector;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A detector's weights, copied into the heap one at a time: the backbone's by OpenCLIP's names, and
 * what was learned by its own.
 */
final class Weights {

  private final Map<String, List<Long>> shapes;
  private final Function<String, FloatTensor> source;

  /** The weights of a detector. */
  Weights(FrozenDetector detector) {
    this(shapes(detector), source(detector));
  }

  /**
   * Any weights.
   *
   * @param shapes by name
   * @param source reads one of those
   */
  Weights(Map<String, List<Long>> shapes, Function<String, FloatTensor> source) {
    this.shapes = shapes;
    this.source = source;
  }

  private static Map<String, List<Long>> shapes(FrozenDetector detector) {
    Map<String, List<Long>> shapes = new HashMap<>(ClipTensorNames.shapes(detector.config()));
    detector.learned().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    return shapes;
  }

  private static Function<String, FloatTensor> source(FrozenDetector detector) {
    Map<String, FloatTensor> learned = detector.learned();
    return name -> learned.containsKey(name) ? learned.get(name) : detector.weights().apply(name);
  }

  /** The shape, without reading the weight. */
  List<Long> shape(String name) {
    return shapes.get(name);
  }

  /** The weight as the checkpoint or the bundle has it. */
  FloatTensor get(String name) {
    return source.apply(name);
  }

  /** {@code [out, in]} to {@code [in, out]}, as a product from the right needs it. */
  static FloatTensor transposed(FloatTensor matrix) {
    int rows = Math.toIntExact(matrix.shape().get(0));
    int columns = Math.toIntExact(matrix.shape().get(1));
    float[] values = new float[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[column * rows + row] = matrix.values()[row * columns + column];
      }
    }
    return new FloatTensor(List.of((long) columns, (long) rows), values);
  }

  /** The same numbers in another shape. */
  static FloatTensor reshaped(FloatTensor tensor, long... shape) {
    return new FloatTensor(Arrays.stream(shape).boxed().toList(), tensor.values());
  }
}
