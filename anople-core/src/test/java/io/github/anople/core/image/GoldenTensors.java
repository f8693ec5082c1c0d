package io.github.anople.core.image;

import io.github.anople.core.Fixtures;
import io.github.anople.core.tensorfile.SafetensorsFile;
import java.nio.ByteBuffer;
import java.util.List;

/** A file of golden numbers, in the types that these tests compare. */
final class GoldenTensors {

  private final SafetensorsFile file;

  private GoldenTensors(SafetensorsFile file) {
    this.file = file;
  }

  static GoldenTensors open(String file) {
    return new GoldenTensors(SafetensorsFile.open(Fixtures.golden(file)));
  }

  List<String> names() {
    return file.names();
  }

  int[] shape(String name) {
    return file.info(name).shape().stream().mapToInt(Math::toIntExact).toArray();
  }

  float[] floats(String name) {
    return file.floats(name);
  }

  byte[] bytes(String name) {
    ByteBuffer part = file.bytes(name);
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    return bytes;
  }
}
