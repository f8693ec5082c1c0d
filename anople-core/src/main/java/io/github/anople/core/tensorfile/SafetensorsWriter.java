package io.github.anople.core.tensorfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.github.anople.core.AtomicFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Writes safetensors files, atomically and one tensor at a time. The same arguments give the same
 * bytes: metadata sorted by key, tensors in the order given, the header padded with spaces to a
 * multiple of 8.
 */
final class SafetensorsWriter {

  private SafetensorsWriter() {}

  static void write(Path path, Map<String, String> metadata, List<TensorSource> tensors) {
    byte[] header = header(metadata, tensors);
    AtomicFile.write(
        path,
        out -> {
          ByteBuffer length = ByteBuffer.allocate(SafetensorsHeader.PREFIX);
          out.write(length.order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).array());
          out.write(header);
          for (TensorSource tensor : tensors) {
            writeBytes(out, tensor);
          }
        });
  }

  private static void writeBytes(OutputStream out, TensorSource tensor) throws IOException {
    ByteBuffer bytes = tensor.bytes().get();
    if (bytes.remaining() != tensor.byteSize()) {
      throw new IllegalArgumentException(
          "%s: %s%s needs %d bytes, %d were given"
              .formatted(
                  tensor.name(),
                  tensor.dtype(),
                  tensor.shape(),
                  tensor.byteSize(),
                  bytes.remaining()));
    }
    // Copies in small pieces: a mapped tensor never becomes one array on the heap.
    WritableByteChannel channel = Channels.newChannel(out);
    ByteBuffer view = bytes.duplicate(); // the caller's position stays
    while (view.hasRemaining()) {
      channel.write(view);
    }
  }

  private static byte[] header(Map<String, String> metadata, List<TensorSource> tensors) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      if (!metadata.isEmpty()) {
        json.writeObjectFieldStart(SafetensorsHeader.METADATA);
        for (Map.Entry<String, String> entry : new TreeMap<>(metadata).entrySet()) {
          json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
      }
      Set<String> names = new HashSet<>();
      long offset = 0;
      for (TensorSource tensor : tensors) {
        if (!names.add(tensor.name())) {
          throw new IllegalArgumentException("two tensors are called " + tensor.name());
        }
        offset = entry(json, tensor, offset);
      }
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the stream is an array
    }
    return padded(bytes.toByteArray());
  }

  private static long entry(JsonGenerator json, TensorSource tensor, long begin)
      throws IOException {
    long end = Math.addExact(begin, tensor.byteSize());
    json.writeObjectFieldStart(tensor.name());
    json.writeStringField("dtype", tensor.dtype().name());
    json.writeFieldName("shape");
    long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
    json.writeArray(shape, 0, shape.length);
    json.writeFieldName("data_offsets");
    json.writeArray(new long[] {begin, end}, 0, 2);
    json.writeEndObject();
    return end;
  }

  /** The format's own alignment: the tensors begin at a multiple of 8. */
  private static byte[] padded(byte[] json) {
    int length = (json.length + 7) / 8 * 8;
    if (length > SafetensorsHeader.MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a header of %d bytes, the format's limit is %d"
              .formatted(length, SafetensorsHeader.MAX_LENGTH));
    }
    byte[] padded = Arrays.copyOf(json, length);
    Arrays.fill(padded, json.length, length, (byte) ' ');
    return padded;
  }
}
