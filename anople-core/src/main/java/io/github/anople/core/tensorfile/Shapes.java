package io.github.anople.core.tensorfile;

import java.util.List;

/** Arithmetic of shapes that notices overflow. */
final class Shapes {

  private Shapes() {}

  /**
   * The bytes of a row-major tensor.
   *
   * @throws IllegalArgumentException naming the fault, if a dimension is negative or the product
   *     overflows 63 bits
   */
  static long byteSize(List<Long> shape, DType dtype) {
    long bytes = dtype.byteSize();
    for (long dimension : shape) {
      if (dimension < 0) {
        throw new IllegalArgumentException("the shape " + shape + " has a negative dimension");
      }
      if (dimension != 0 && bytes > Long.MAX_VALUE / dimension) {
        throw new IllegalArgumentException("the shape " + shape + " overflows 63 bits");
      }
      bytes *= dimension;
    }
    return bytes;
  }
}
