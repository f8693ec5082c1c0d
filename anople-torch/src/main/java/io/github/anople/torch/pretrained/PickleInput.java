package io.github.anople.torch.pretrained;

import io.github.anople.core.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The bytes of a pickle; every read is checked against their end. */
final class PickleInput {

  private static final int MAX_LINE = 256;
  private static final String REMEDY =
      "it is damaged or not a plain state dict: fetch it again, or save model.state_dict() as"
          + " safetensors";

  private final Path path;
  private final ByteBuffer bytes;
  private int opcodeAt;

  PickleInput(Path path, ByteBuffer bytes) {
    this.path = path;
    this.bytes = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The next opcode; faults are reported at its place. */
  int opcode() {
    opcodeAt = bytes.position();
    return unsignedByte();
  }

  int unsignedByte() {
    return Byte.toUnsignedInt(take(1).get());
  }

  int unsignedShort() {
    return Short.toUnsignedInt(take(2).getShort());
  }

  int signedInt() {
    return take(4).getInt();
  }

  long unsignedInt() {
    return Integer.toUnsignedLong(take(4).getInt());
  }

  long signedLong() {
    return take(8).getLong();
  }

  /** A double, the one big-endian value of the format. */
  double bigEndianDouble() {
    return take(8).order(ByteOrder.BIG_ENDIAN).getDouble();
  }

  /** A two's complement integer of up to 8 bytes; zero bytes are zero. */
  long integer(int length) {
    ByteBuffer digits = take(length);
    long value = 0;
    for (int i = 0; i < length; i++) {
      value |= Byte.toUnsignedLong(digits.get(i)) << (8 * i);
    }
    int unused = 64 - 8 * length;
    return length == 0 ? 0 : (value << unused) >> unused;
  }

  void skip(long length) {
    take(length);
  }

  String text(long length) {
    return decoded(take(length));
  }

  /** Text up to a line feed, which is consumed. */
  String line() {
    int begin = bytes.position();
    for (int length = 0; length <= MAX_LINE && length < bytes.remaining(); length++) {
      if (bytes.get(begin + length) == '\n') {
        String line = decoded(take(length));
        skip(1);
        return line;
      }
    }
    throw fault("a name does not end");
  }

  /** A value that must be of one type. */
  <T> T as(Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw fault(
          "it gives a %s for a %s"
              .formatted(value.getClass().getSimpleName(), type.getSimpleName()));
    }
    return type.cast(value);
  }

  InputException fault(String problem) {
    return fault(problem, REMEDY);
  }

  InputException fault(String problem, String remedy) {
    return new InputException(path + ", byte " + opcodeAt + " of data.pkl", problem, remedy);
  }

  private ByteBuffer take(long length) {
    if (length < 0 || length > bytes.remaining()) {
      throw fault(
          "%s bytes are read where %d are left"
              .formatted(Long.toUnsignedString(length), bytes.remaining()));
    }
    ByteBuffer taken = bytes.slice(bytes.position(), (int) length).order(bytes.order());
    bytes.position(bytes.position() + (int) length);
    return taken;
  }

  private String decoded(ByteBuffer raw) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(raw).toString();
    } catch (CharacterCodingException e) {
      throw fault("a string is not UTF-8");
    }
  }
}
