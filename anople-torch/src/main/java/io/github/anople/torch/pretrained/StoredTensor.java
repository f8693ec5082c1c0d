package io.github.anople.torch.pretrained;

import io.github.anople.core.tensorfile.DType;
import java.util.List;

/**
 * One tensor of a file that {@code torch.save} wrote: a strided view of a storage. Several tensors
 * may share one storage.
 *
 * @param name its name in the state dict
 * @param dtype the type of its elements
 * @param shape its dimensions, outermost first; empty for a scalar
 * @param strides for each dimension, how many elements apart its neighbours lie in the storage
 * @param elementOffset the index in the storage of its first element
 * @param storageBegin the offset of the storage's first byte from the start of the file
 * @param storageBytes the size of the storage in bytes
 */
record StoredTensor(
    String name,
    DType dtype,
    List<Long> shape,
    List<Long> strides,
    long elementOffset,
    long storageBegin,
    long storageBytes) {

  /**
   * A tensor all of whose elements lie in its storage.
   *
   * @param name its name
   * @param dtype the type of its elements
   * @param shape its dimensions
   * @param strides as many strides
   * @param elementOffset the index of its first element
   * @param storageBegin the offset of the storage in the file
   * @param storageBytes the size of the storage
   * @throws IllegalArgumentException naming the offending value, if a number is negative, the shape
   *     overflows 63 bits, or an element would lie outside the storage
   */
  StoredTensor {
    shape = List.copyOf(shape);
    strides = List.copyOf(strides);
    check(storageBegin >= 0 && storageBytes >= 0, "a storage at a negative offset");
    check(
        shape.size() == strides.size(),
        "the shape " + shape + " and the strides " + strides + " differ in length");
    check(
        elementOffset >= 0 && allNotNegative(shape) && allNotNegative(strides),
        "shape %s, strides %s, offset %d: one is negative"
            .formatted(shape, strides, elementOffset));
    try {
      long count = count(shape);
      Math.multiplyExact(count, (long) dtype.byteSize());
      long behind =
          count == 0 ? elementOffset : Math.addExact(last(shape, strides, elementOffset), 1);
      check(
          behind <= storageBytes / dtype.byteSize(),
          "shape %s, strides %s, offset %d reach beyond the %d elements of the storage"
              .formatted(shape, strides, elementOffset, storageBytes / dtype.byteSize()));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "shape %s, strides %s, offset %d overflow 63 bits"
              .formatted(shape, strides, elementOffset),
          e);
    }
  }

  /**
   * The number of elements: the product of the dimensions.
   *
   * @return 1 for a scalar
   */
  long elements() {
    return count(shape);
  }

  /**
   * The size of the tensor once it is row-major.
   *
   * @return bytes
   */
  long byteSize() {
    return elements() * dtype.byteSize();
  }

  /**
   * The offset of the first element from the start of the file.
   *
   * @return bytes
   */
  long begin() {
    return storageBegin + elementOffset * dtype.byteSize();
  }

  /**
   * Whether the elements lie row-major and without gaps, so that {@link #byteSize} bytes from
   * {@link #begin} are the tensor.
   *
   * @return true if they do
   */
  boolean isContiguous() {
    if (elements() == 0) {
      return true;
    }
    long expected = 1;
    for (int i = shape.size() - 1; i >= 0; i--) {
      // The stride of a dimension of one is never taken, and may be anything.
      if (shape.get(i) != 1 && strides.get(i) != expected) {
        return false;
      }
      expected *= shape.get(i);
    }
    return true;
  }

  /** The index in the storage of the element that lies furthest back; there is at least one. */
  long lastElement() {
    return last(shape, strides, elementOffset);
  }

  private static long count(List<Long> shape) {
    long count = 1;
    for (long dimension : shape) {
      count = Math.multiplyExact(count, dimension);
    }
    return count;
  }

  private static long last(List<Long> shape, List<Long> strides, long offset) {
    long last = offset;
    for (int i = 0; i < shape.size(); i++) {
      last = Math.addExact(last, Math.multiplyExact(shape.get(i) - 1, strides.get(i)));
    }
    return last;
  }

  private static boolean allNotNegative(List<Long> values) {
    return values.stream().allMatch(value -> value >= 0);
  }

  private static void check(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }
}
