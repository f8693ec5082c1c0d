package io.github.anople.core.tensorfile;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The type of a tensor's elements, named as safetensors files name it. All are little-endian.
 *
 * <p>The 8-bit and smaller floating-point types, and complex numbers, are not among them: no
 * checkpoint this project reads has them.
 */
public enum DType {
  /** A truth value in one byte. */
  BOOL(1, false),
  /** Unsigned 8-bit integer. */
  U8(1, false),
  /** Signed 8-bit integer. */
  I8(1, false),
  /** Signed 16-bit integer. */
  I16(2, false),
  /** Unsigned 16-bit integer. */
  U16(2, false),
  /** IEEE 754 binary16. */
  F16(2, true),
  /** bfloat16: the upper half of a binary32. */
  BF16(2, true),
  /** Signed 32-bit integer. */
  I32(4, false),
  /** Unsigned 32-bit integer. */
  U32(4, false),
  /** IEEE 754 binary32. */
  F32(4, true),
  /** IEEE 754 binary64. */
  F64(8, true),
  /** Signed 64-bit integer. */
  I64(8, false),
  /** Unsigned 64-bit integer. */
  U64(8, false);

  private final int byteSize;
  private final boolean floating;

  DType(int byteSize, boolean floating) {
    this.byteSize = byteSize;
    this.floating = floating;
  }

  /**
   * The size of one element.
   *
   * @return 1, 2, 4 or 8 bytes
   */
  public int byteSize() {
    return byteSize;
  }

  /**
   * Whether the elements are floating-point numbers.
   *
   * @return true for F16, BF16, F32 and F64
   */
  public boolean isFloating() {
    return floating;
  }

  /**
   * One element as a float: F16 and BF16 widened exactly, F64 rounded to nearest.
   *
   * @param bytes little-endian bytes
   * @param offset the index of the element's first byte
   * @return the element
   * @throws IllegalStateException if the type is not floating-point
   */
  public float floatAt(ByteBuffer bytes, int offset) {
    return switch (this) {
      case F32 -> bytes.getFloat(offset);
      case F16 -> HalfPrecision.halfToFloat(bytes.getShort(offset));
      case BF16 -> HalfPrecision.bfloatToFloat(bytes.getShort(offset));
      case F64 -> (float) bytes.getDouble(offset);
      default -> throw new IllegalStateException(this + " is not a floating-point type");
    };
  }

  /**
   * One element as a long. U64 keeps its bits: a value beyond {@link Long#MAX_VALUE} comes out
   * negative. A truth value is 0 or 1.
   *
   * @param bytes little-endian bytes
   * @param offset the index of the element's first byte
   * @return the element
   * @throws IllegalStateException if the type is floating-point
   */
  public long longAt(ByteBuffer bytes, int offset) {
    return switch (this) {
      case BOOL -> bytes.get(offset) == 0 ? 0 : 1;
      case U8 -> Byte.toUnsignedLong(bytes.get(offset));
      case I8 -> bytes.get(offset);
      case I16 -> bytes.getShort(offset);
      case U16 -> Short.toUnsignedLong(bytes.getShort(offset));
      case I32 -> bytes.getInt(offset);
      case U32 -> Integer.toUnsignedLong(bytes.getInt(offset));
      case I64, U64 -> bytes.getLong(offset);
      default -> throw new IllegalStateException(this + " is not an integer type");
    };
  }

  /** Appends one float in this type, rounded to nearest, ties to even. */
  void putFloat(ByteBuffer bytes, float value) {
    switch (this) {
      case F32 -> bytes.putFloat(value);
      case F16 -> bytes.putShort(HalfPrecision.floatToHalf(value));
      case BF16 -> bytes.putShort(HalfPrecision.floatToBfloat(value));
      case F64 -> bytes.putDouble(value);
      default -> throw new IllegalStateException(this + " is not a floating-point type");
    }
  }

  /** The type of that name, as a file's header writes it. */
  static Optional<DType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name().equals(name)).findFirst();
  }
}
