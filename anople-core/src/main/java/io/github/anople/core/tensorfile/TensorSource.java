package io.github.anople.core.tensorfile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * One tensor to write: what it is, and its bytes when their turn comes.
 *
 * @param name its name, not {@code __metadata__}
 * @param dtype the type of its elements
 * @param shape its dimensions, outermost first; empty for a scalar
 * @param bytes called once, when the tensor is written: little-endian, row-major, the remaining
 *     bytes of the buffer exactly the tensor's
 */
public record TensorSource(String name, DType dtype, List<Long> shape, Supplier<ByteBuffer> bytes) {

  /**
   * A tensor with a name, a type and a possible shape.
   *
   * @param name its name
   * @param dtype the type of its elements
   * @param shape its dimensions
   * @param bytes its bytes
   * @throws IllegalArgumentException if a dimension is negative, the size overflows 63 bits, or the
   *     name is {@code __metadata__}
   */
  public TensorSource {
    Objects.requireNonNull(dtype, "dtype");
    Objects.requireNonNull(bytes, "bytes");
    shape = List.copyOf(shape);
    Shapes.byteSize(shape, dtype);
    if (name.equals(SafetensorsHeader.METADATA)) {
      throw new IllegalArgumentException("a tensor cannot be called " + name);
    }
  }

  /**
   * A tensor of floats, stored as F32.
   *
   * @param name its name
   * @param shape its dimensions, outermost first
   * @param values its elements, row-major; not copied until written
   * @return the tensor
   * @throws IllegalArgumentException if the shape asks for another number of elements
   */
  public static TensorSource of(String name, List<Long> shape, float[] values) {
    return of(name, DType.F32, shape, values);
  }

  /**
   * A tensor of floats, stored in a floating-point type of choice.
   *
   * @param name its name
   * @param dtype F16, BF16 (both rounded to nearest, ties to even), F32 or F64
   * @param shape its dimensions, outermost first
   * @param values its elements, row-major; not copied until written
   * @return the tensor
   * @throws IllegalArgumentException if the type is not floating-point, or the shape asks for
   *     another number of elements
   */
  public static TensorSource of(String name, DType dtype, List<Long> shape, float[] values) {
    if (!dtype.isFloating()) {
      throw new IllegalArgumentException(dtype + " is not a floating-point type");
    }
    if (Shapes.byteSize(shape, dtype) != (long) values.length * dtype.byteSize()) {
      throw new IllegalArgumentException(
          "%d values for the shape %s of %s".formatted(values.length, shape, name));
    }
    return new TensorSource(name, dtype, shape, () -> encoded(dtype, values));
  }

  /**
   * The size of the tensor.
   *
   * @return bytes
   */
  public long byteSize() {
    return Shapes.byteSize(shape, dtype);
  }

  private static ByteBuffer encoded(DType dtype, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(values.length, dtype.byteSize()))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      dtype.putFloat(bytes, value);
    }
    return bytes.flip();
  }
}
