package io.github.anople.export;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTensorNames;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The backbone's weights by OpenCLIP's names, copied into the heap one at a time. */
final class Weights {

  private final Map<String, List<Long>> shapes;
  private final Function<String, FloatTensor> source;

  Weights(ClipConfig config, Function<String, FloatTensor> source) {
    this.shapes = ClipTensorNames.shapes(config);
    this.source = source;
  }

  /** The shape, without reading the weight. */
  List<Long> shape(String name) {
    return shapes.get(name);
  }

  /** The weight as the checkpoint has it. */
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
