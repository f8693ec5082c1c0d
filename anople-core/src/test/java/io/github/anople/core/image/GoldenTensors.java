package io.github.anople.core.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.anople.core.Fixtures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Reads a file of golden numbers: no more than these tests need, with no checks. */
final class GoldenTensors {

  private final JsonNode header;
  private final ByteBuffer data;

  private GoldenTensors(JsonNode header, ByteBuffer data) {
    this.header = header;
    this.data = data;
  }

  static GoldenTensors open(String file) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(Fixtures.golden(file))).order(ByteOrder.LITTLE_ENDIAN);
    int length = (int) bytes.getLong(0);
    String json = new String(bytes.array(), 8, length, StandardCharsets.UTF_8);
    ByteBuffer data = bytes.slice(8 + length, bytes.limit() - 8 - length);
    return new GoldenTensors(
        new ObjectMapper().readTree(json), data.order(ByteOrder.LITTLE_ENDIAN));
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    header.fieldNames().forEachRemaining(names::add);
    names.remove("__metadata__");
    return names;
  }

  int[] shape(String name) {
    JsonNode shape = header.required(name).required("shape");
    int[] sides = new int[shape.size()];
    for (int i = 0; i < sides.length; i++) {
      sides[i] = shape.get(i).asInt();
    }
    return sides;
  }

  float[] floats(String name) {
    ByteBuffer part = part(name);
    float[] floats = new float[part.remaining() / Float.BYTES];
    part.asFloatBuffer().get(floats);
    return floats;
  }

  byte[] bytes(String name) {
    ByteBuffer part = part(name);
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    return bytes;
  }

  private ByteBuffer part(String name) {
    JsonNode offsets = header.required(name).required("data_offsets");
    int from = offsets.get(0).asInt();
    return data.slice(from, offsets.get(1).asInt() - from).order(ByteOrder.LITTLE_ENDIAN);
  }
}
