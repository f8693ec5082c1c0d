package io.github.anople.core.tensorfile;

import java.util.List;

/**
 * One tensor of a file: what it is and where its bytes lie.
 *
 * @param name its name, unique in the file
 * @param dtype the type of its elements
 * @param shape its dimensions, outermost first; empty for a scalar. Row-major: the last index is
 *     the fastest
 * @param begin the offset of its first byte from the start of the file
 * @param end the offset behind its last byte from the start of the file
 */
public record TensorInfo(String name, DType dtype, List<Long> shape, long begin, long end) {

  /**
   * A tensor whose numbers agree with each other.
   *
   * @param name its name
   * @param dtype the type of its elements
   * @param shape its dimensions, none negative
   * @param begin the offset of its first byte, not negative
   * @param end the offset behind its last byte
   * @throws IllegalArgumentException if the shape and the type ask for another number of bytes than
   *     {@code end - begin}, or a number is out of its range
   */
  public TensorInfo {
    shape = List.copyOf(shape);
    if (begin < 0 || end < begin || end - begin != Shapes.byteSize(shape, dtype)) {
      throw new IllegalArgumentException(
          "bytes %d to %d do not hold %s%s".formatted(begin, end, dtype, shape));
    }
  }

  /**
   * The number of elements: the product of the dimensions.
   *
   * @return 1 for a scalar
   */
  public long elements() {
    return byteSize() / dtype.byteSize();
  }

  /**
   * The size of the tensor.
   *
   * @return bytes
   */
  public long byteSize() {
    return end - begin;
  }

  /**
   * The shape as tensor engines take it.
   *
   * @return a new array, outermost dimension first
   */
  public long[] dimensions() {
    return shape.stream().mapToLong(Long::longValue).toArray();
  }
}
