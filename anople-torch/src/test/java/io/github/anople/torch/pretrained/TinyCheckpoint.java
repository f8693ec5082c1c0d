package io.github.anople.torch.pretrained;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.engine.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** A copy of the tiny checkpoint that a test may spoil. */
record TinyCheckpoint(Path folder) {

  static final String CONFIG = "open_clip_config.json";
  static final String WEIGHTS = "open_clip_model.safetensors";
  static final String MERGES = "merges.txt";

  private static final JsonMapper JSON = new JsonMapper();

  /** Copies configuration, vocabulary and fp32 weights into a new folder. */
  static TinyCheckpoint in(Path folder) throws IOException {
    Files.createDirectories(folder);
    for (String name : List.of(CONFIG, WEIGHTS, MERGES)) {
      Files.copy(Fixtures.golden("tiny_clip/" + name), folder.resolve(name));
    }
    return new TinyCheckpoint(folder);
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  TinyCheckpoint without(String name) throws IOException {
    Files.delete(file(name));
    return this;
  }

  TinyCheckpoint config(String text) throws IOException {
    Files.writeString(file(CONFIG), text);
    return this;
  }

  /** Changes the configuration, given its {@code model_cfg}. */
  TinyCheckpoint model(Consumer<ObjectNode> change) throws IOException {
    return root(root -> change.accept((ObjectNode) root.get("model_cfg")));
  }

  TinyCheckpoint root(Consumer<ObjectNode> change) throws IOException {
    ObjectNode root = (ObjectNode) JSON.readTree(file(CONFIG).toFile());
    change.accept(root);
    return config(root.toString());
  }

  /** Changes the tensors; the map is by name, in the file's order. */
  TinyCheckpoint tensors(Consumer<Map<String, TensorSource>> change) {
    change(file(WEIGHTS), change);
    return this;
  }

  /** Changes the tensors of a file; the map is by name, in the file's order. */
  static void change(Path weights, Consumer<Map<String, TensorSource>> change) {
    Map<String, TensorSource> tensors = read(weights);
    change.accept(tensors);
    SafetensorsFile.write(weights, Map.of(), List.copyOf(tensors.values()));
  }

  /** The tensors by name, in the file's order. */
  Map<String, TensorSource> read() {
    return read(file(WEIGHTS));
  }

  /** The tensors of a file by name, in its order. */
  static Map<String, TensorSource> read(Path weights) {
    Map<String, TensorSource> tensors = new LinkedHashMap<>();
    try (SafetensorsFile file = SafetensorsFile.open(weights)) {
      for (String name : file.names()) {
        tensors.put(name, TensorSource.of(name, file.info(name).shape(), file.floats(name)));
      }
    }
    return tensors;
  }

  /** Stores every weight in another floating-point type. */
  TinyCheckpoint stored(DType dtype) {
    return tensors(
        tensors ->
            tensors.replaceAll(
                (name, tensor) -> TensorSource.of(name, dtype, tensor.shape(), floats(tensor))));
  }

  /** Changes one number of one tensor. */
  TinyCheckpoint value(String name, int index, float value) {
    return tensors(
        tensors -> {
          TensorSource old = tensors.get(name);
          float[] values = floats(old);
          values[index] = value;
          tensors.put(name, TensorSource.of(name, old.shape(), values));
        });
  }

  static float[] floats(TensorSource tensor) {
    ByteBuffer bytes = tensor.bytes().get().order(ByteOrder.LITTLE_ENDIAN);
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  /** Lengthens the header by spaces, which moves every tensor. */
  TinyCheckpoint shifted(int spaces) throws IOException {
    ByteBuffer old =
        ByteBuffer.wrap(Files.readAllBytes(file(WEIGHTS))).order(ByteOrder.LITTLE_ENDIAN);
    int header = Math.toIntExact(old.getLong(0));
    byte[] moved =
        ByteBuffer.allocate(old.capacity() + spaces)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(header + spaces)
            .put(old.slice(8, header))
            .put(" ".repeat(spaces).getBytes(StandardCharsets.US_ASCII))
            .put(old.slice(8 + header, old.capacity() - 8 - header))
            .array();
    Files.write(file(WEIGHTS), moved);
    return this;
  }

  /** The features of a picture and of a text, one after the other. */
  float[] features() {
    return features(folder);
  }

  static float[] features(Path location) {
    try (ClipModel model = OpenClipWeights.open(location).load(Precision.FP32)) {
      float[] image = model.embedImage(image());
      float[] text = model.embedText("a photo of a flawless bottle");
      float[] both = Arrays.copyOf(image, image.length + text.length);
      System.arraycopy(text, 0, both, image.length, text.length);
      return both;
    }
  }

  private static RgbImage image() {
    byte[] samples = new byte[3 * 70 * 50];
    new Random(7).nextBytes(samples);
    return RgbImage.of(70, 50, samples);
  }

  /** Expects that opening and loading is refused in one line that names all of these. */
  void refused(String... parts) {
    refused(folder, parts);
  }

  static void refused(Path location, String... parts) {
    InputException fault =
        assertThrows(
            InputException.class,
            () -> OpenClipWeights.open(location).load(Precision.FP32).close());
    assertSays(fault, parts);
  }

  /** Expects one line, not too long, with a remedy, that names all of these. */
  static void assertSays(InputException fault, String... parts) {
    String message = fault.getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.length() < 1000, () -> "too long: " + message.length());
    assertTrue(message.contains("; "), () -> "no remedy: " + message);
    for (String part : parts) {
      assertTrue(message.contains(part), () -> "no \"" + part + "\" in: " + message);
    }
  }
}
