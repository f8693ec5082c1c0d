package io.github.anople.core.tensorfile;

import java.util.List;

/**
 * The numbers of one tensor, in the Java heap.
 *
 * @param shape its dimensions, outermost first; empty for a scalar
 * @param values its elements, row-major
 */
public record FloatTensor(List<Long> shape, float[] values) {

  /**
   * Numbers of a shape.
   *
   * @param shape the dimensions
   * @param values the elements, not copied
   * @throws IllegalArgumentException if the shape asks for another number of elements
   */
  public FloatTensor {
    shape = List.copyOf(shape);
    long count = Shapes.byteSize(shape, DType.F32) / DType.F32.byteSize();
    if (count != values.length) {
      throw new IllegalArgumentException(
          "%d values for the shape %s".formatted(values.length, shape));
    }
  }

  /**
   * What a file that stores it as F16 gives back.
   *
   * @return each value rounded to half precision, ties to even
   */
  public FloatTensor inHalfPrecision() {
    float[] rounded = new float[values.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = HalfPrecision.halfToFloat(HalfPrecision.floatToHalf(values[i]));
    }
    return new FloatTensor(shape, rounded);
  }
}
