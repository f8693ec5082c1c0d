package io.github.anople.lab.pretrain.trunk;

import com.google.flatbuffers.Table;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A table of a FlatBuffer whose fields are asked for by number, which saves the generated classes
 * of a schema of which a handful of fields is read.
 *
 * <p>What lies outside the buffer is an {@link IndexOutOfBoundsException}.
 */
final class FlatTable extends Table {

  private FlatTable(int position, ByteBuffer buffer) {
    __reset(position, buffer);
  }

  /** The root of a buffer that begins at 0. */
  static FlatTable root(byte[] content) {
    ByteBuffer buffer = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    return new FlatTable(buffer.getInt(0), buffer);
  }

  /** Whether a buffer names a file type in its bytes 4 to 7. */
  static boolean isOfType(byte[] content, String type) {
    return content.length >= 8 && __has_identifier(ByteBuffer.wrap(content), type);
  }

  /** A field of 32 bits. */
  int number(int field, int standard) {
    int offset = offset(field);
    return offset == 0 ? standard : bb.getInt(bb_pos + offset);
  }

  /** A field of 8 bits. */
  int small(int field, int standard) {
    int offset = offset(field);
    return offset == 0 ? standard : bb.get(bb_pos + offset);
  }

  /** A text, empty where there is none. */
  String text(int field) {
    int offset = offset(field);
    return offset == 0 ? "" : __string(bb_pos + offset);
  }

  /** Numbers of 32 bits. */
  List<Integer> numbers(int field) {
    List<Integer> numbers = new ArrayList<>();
    int offset = offset(field);
    for (int i = 0; i < length(offset, Integer.BYTES); i++) {
      numbers.add(bb.getInt(__vector(offset) + i * Integer.BYTES));
    }
    return numbers;
  }

  /** Tables. */
  List<FlatTable> tables(int field) {
    List<FlatTable> tables = new ArrayList<>();
    int offset = offset(field);
    for (int i = 0; i < length(offset, Integer.BYTES); i++) {
      tables.add(new FlatTable(__indirect(__vector(offset) + i * Integer.BYTES), bb));
    }
    return tables;
  }

  /** Bytes, where they lie. */
  ByteBuffer bytes(int field) {
    int offset = offset(field);
    int length = length(offset, 1);
    return length == 0
        ? ByteBuffer.allocate(0)
        : bb.slice(__vector(offset), length).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Field 0 has entry 4 of the table of fields. */
  private int offset(int field) {
    return __offset(4 + 2 * field);
  }

  private int length(int offset, int each) {
    int length = offset == 0 ? 0 : __vector_len(offset);
    if (length < 0 || (long) length * each > bb.capacity()) {
      throw new IndexOutOfBoundsException("a vector of " + length);
    }
    return length;
  }
}
