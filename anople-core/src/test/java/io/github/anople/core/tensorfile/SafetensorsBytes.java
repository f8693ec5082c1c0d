package io.github.anople.core.tensorfile;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Safetensors files made by hand, right and wrong, without the writer under test. */
final class SafetensorsBytes {

  private SafetensorsBytes() {}

  /** The header, then the bytes 0, 1, 2, … */
  static void write(Path path, String header, int dataBytes) throws IOException {
    byte[] data = new byte[dataBytes];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) i;
    }
    write(path, header, data);
  }

  static void write(Path path, String header, byte[] data) throws IOException {
    Files.write(path, file(header.getBytes(StandardCharsets.UTF_8), data));
  }

  static byte[] file(byte[] header, byte[] data) {
    return ByteBuffer.allocate(8 + header.length + data.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(header.length)
        .put(header)
        .put(data)
        .array();
  }

  /** A file with many bytes of data that occupies few: a hole, then its last bytes. */
  static void writeSparse(Path path, String header, long dataBytes, byte[] last)
      throws IOException {
    byte[] head = file(header.getBytes(StandardCharsets.UTF_8), new byte[0]);
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(head), 0);
      channel.write(ByteBuffer.wrap(last), head.length + dataBytes - last.length);
    }
  }
}
