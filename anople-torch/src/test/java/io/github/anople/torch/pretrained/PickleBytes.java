package io.github.anople.torch.pretrained;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Pickles made by hand, opcode by opcode, in the forms of protocol 2 unless named otherwise. */
final class PickleBytes {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  PickleBytes() {
    raw(0x80, 2);
  }

  /** Opcodes or operands as they are; a character is its code. */
  PickleBytes raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  PickleBytes global(String module, String name) {
    raw('c');
    out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  PickleBytes text(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    raw('X').int32(utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  /** Of protocol 4: 8-bit length. */
  PickleBytes shortText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    raw(0x8c, utf8.length);
    out.writeBytes(utf8);
    return this;
  }

  PickleBytes int32(int value) {
    return little(4, value);
  }

  /** LONG1 of 8 bytes: fits everything. */
  PickleBytes number(long value) {
    return raw(0x8a, 8).little(8, value);
  }

  PickleBytes little(int length, long value) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    out.write(all, 0, length);
    return this;
  }

  PickleBytes numbers(long... values) {
    raw('(');
    for (long value : values) {
      number(value);
    }
    return raw('t');
  }

  PickleBytes storage(String type, String key, long elements) {
    raw('(').text("storage").global("torch", type).text(key).text("cpu").number(elements);
    return raw('t', 'Q');
  }

  /** A whole call of the function that rebuilds tensors. */
  PickleBytes tensor(
      String type, String key, long storageElements, long offset, long[] shape, long[] strides) {
    global("torch._utils", "_rebuild_tensor_v2").raw('(');
    storage(type, key, storageElements).number(offset).numbers(shape).numbers(strides);
    return raw(0x89).orderedDict().raw('t', 'R');
  }

  /** A contiguous F32 vector that fills its storage. */
  PickleBytes vector(String key, long elements) {
    return tensor("FloatStorage", key, elements, 0, new long[] {elements}, new long[] {1});
  }

  PickleBytes orderedDict() {
    return global("collections", "OrderedDict").raw(')', 'R');
  }

  byte[] stop() {
    raw('.');
    return out.toByteArray();
  }
}
