package io.github.anople.torch.pretrained;

import io.github.anople.core.tensorfile.TensorSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives laid out like those of torch.save, written by the JDK, and ways to make them lie. */
final class TorchArchive {

  static final String ROOT = "archive/";

  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  TorchArchive(byte[] pickle) {
    entry("data.pkl", pickle);
  }

  /** A state dict of fp32 tensors. */
  static TorchArchive of(Map<String, TensorSource> tensors) {
    PickleBytes pickle = new PickleBytes();
    return filled(stateDict(pickle, tensors).stop(), tensors);
  }

  /** A training's checkpoint that holds a state dict of fp32 tensors, and an epoch. */
  static TorchArchive of(Map<String, TensorSource> tensors, String key) {
    PickleBytes pickle = new PickleBytes();
    pickle.raw('}', '(').text("epoch").raw('K', 3).text(key);
    return filled(stateDict(pickle, tensors).raw('u').stop(), tensors);
  }

  private static PickleBytes stateDict(PickleBytes pickle, Map<String, TensorSource> tensors) {
    pickle.orderedDict().raw('(');
    int number = 0;
    for (TensorSource tensor : tensors.values()) {
      long[] shape = tensor.shape().stream().mapToLong(Long::longValue).toArray();
      long[] strides = new long[shape.length];
      long stride = 1;
      for (int i = shape.length - 1; i >= 0; i--) {
        strides[i] = stride;
        stride *= shape[i];
      }
      pickle.text(tensor.name());
      pickle.tensor("FloatStorage", Integer.toString(number++), stride, 0, shape, strides);
    }
    return pickle.raw('u');
  }

  private static TorchArchive filled(byte[] bytes, Map<String, TensorSource> tensors) {
    TorchArchive archive = new TorchArchive(bytes);
    int number = 0;
    for (TensorSource tensor : tensors.values()) {
      archive.floats(Integer.toString(number++), TinyCheckpoint.floats(tensor));
    }
    return archive;
  }

  TorchArchive entry(String name, byte[] content) {
    entries.put(ROOT + name, content);
    return this;
  }

  TorchArchive entry(String name, String content) {
    return entry(name, content.getBytes(StandardCharsets.UTF_8));
  }

  TorchArchive floats(String key, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return entry("data/" + key, bytes.array());
  }

  byte[] stored() {
    return zip(ZipEntry.STORED);
  }

  byte[] deflated() {
    return zip(ZipEntry.DEFLATED);
  }

  private byte[] zip(int method) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> content : entries.entrySet()) {
        ZipEntry entry = new ZipEntry(content.getKey());
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          CRC32 crc = new CRC32();
          crc.update(content.getValue());
          entry.setCrc(crc.getValue());
          entry.setSize(content.getValue().length);
        }
        zip.putNextEntry(entry);
        zip.write(content.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Where the record with that signature and name begins; the name lies {@code head} behind it. */
  static int find(byte[] zip, int signature, int head, String name) {
    byte[] wanted = (ROOT + name).getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at + head + wanted.length <= zip.length; at++) {
      if (bytes.getInt(at) == signature
          && bytes.slice(at + head, wanted.length).equals(ByteBuffer.wrap(wanted))) {
        return at;
      }
    }
    throw new IllegalArgumentException("no record of " + name);
  }

  static int central(byte[] zip, String name) {
    return find(zip, 0x02014b50, 46, name);
  }

  static int local(byte[] zip, String name) {
    return find(zip, 0x04034b50, 30, name);
  }

  /** A copy with some little-endian bytes replaced. */
  static byte[] patched(byte[] zip, int at, int length, long value) {
    byte[] copy = zip.clone();
    for (int i = 0; i < length; i++) {
      copy[at + i] = (byte) (value >>> (8 * i));
    }
    return copy;
  }
}
