package io.github.anople.core.tensorfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {

  @TempDir Path folder;

  @Test
  void theBytesAreExactlyTheFormats() throws IOException {
    Path path = folder.resolve("x.safetensors");
    SafetensorsFile.write(
        path,
        Map.of("b", "2", "a", "1"),
        List.of(
            TensorSource.of("x", List.of(2L), new float[] {1, -2}),
            TensorSource.of("h", DType.F16, List.of(), new float[] {1})));
    String header =
        "{\"__metadata__\":{\"a\":\"1\",\"b\":\"2\"},"
            + "\"x\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},"
            + "\"h\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[8,10]}}";
    String padded = header + " ".repeat((8 - header.length() % 8) % 8);
    byte[] data = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, (byte) 0xc0, 0, 0x3c};
    assertArrayEquals(
        SafetensorsBytes.file(padded.getBytes(StandardCharsets.UTF_8), data),
        Files.readAllBytes(path));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    long seed = 7;
    Random random = new Random(seed);
    for (int round = 0; round < 50; round++) {
      Map<String, float[]> expected = new LinkedHashMap<>();
      List<TensorSource> sources = new ArrayList<>();
      for (int t = random.nextInt(6); t > 0; t--) {
        long rows = random.nextInt(4);
        long columns = random.nextInt(5);
        float[] values = new float[(int) (rows * columns)];
        for (int i = 0; i < values.length; i++) {
          values[i] = random.nextInt(256) / 8f; // exact in every type
        }
        DType type = List.of(DType.F16, DType.F32, DType.BF16, DType.F64).get(random.nextInt(4));
        String name = "näme \"" + t + "\"\n";
        expected.put(name, values);
        sources.add(TensorSource.of(name, type, List.of(rows, columns), values));
      }
      Path path = folder.resolve("r.safetensors");
      SafetensorsFile.write(path, Map.of("k", "v\u0000\u2028"), sources);
      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        assertEquals("v\u0000\u2028", file.metadata().get("k"));
        assertEquals(expected.keySet(), Set.copyOf(file.names()), "seed " + seed);
        expected.forEach((name, values) -> assertArrayEquals(values, file.floats(name), name));
      }
    }
  }

  @Test
  void aCopyThroughMappedBytesHasTheSameTensors() {
    Path original = Fixtures.golden("tiny_clip/open_clip_model.safetensors");
    Path copy = folder.resolve("copy.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(original)) {
      SafetensorsFile.write(
          copy,
          file.metadata(),
          file.names().stream()
              .map(file::info)
              .map(
                  t -> new TensorSource(t.name(), t.dtype(), t.shape(), () -> file.bytes(t.name())))
              .toList());
      try (SafetensorsFile again = SafetensorsFile.open(copy)) {
        assertEquals(file.names(), again.names());
        assertEquals(file.metadata(), again.metadata());
        file.names().forEach(name -> assertEquals(file.bytes(name), again.bytes(name), name));
      }
    }
  }

  @Test
  void theOrderOfTheMetadataDoesNotShow() throws IOException {
    Map<String, String> forwards = new LinkedHashMap<>();
    Map<String, String> backwards = new LinkedHashMap<>();
    for (int i = 0; i < 20; i++) {
      forwards.put("k" + i, "v");
      backwards.put("k" + (19 - i), "v");
    }
    SafetensorsFile.write(folder.resolve("f"), forwards, List.of());
    SafetensorsFile.write(folder.resolve("b"), backwards, List.of());
    assertEquals(-1, Files.mismatch(folder.resolve("f"), folder.resolve("b")));
  }

  @Test
  void bytesThatDoNotFillTheShapeLeaveNoFile() throws IOException {
    Path path = folder.resolve("x.safetensors");
    TensorSource wrong =
        new TensorSource("x", DType.F32, List.of(2L), () -> ByteBuffer.allocate(7));
    assertThrows(
        IllegalArgumentException.class,
        () -> SafetensorsFile.write(path, Map.of(), List.of(wrong)));
    assertFalse(Files.exists(path));
  }

  @Test
  void impossibleTensorsAreRefusedBeforeAnythingIsWritten() {
    float[] two = new float[2];
    assertThrows(IllegalArgumentException.class, () -> TensorSource.of("x", List.of(3L), two));
    assertThrows(
        IllegalArgumentException.class, () -> TensorSource.of("x", DType.I32, List.of(2L), two));
    assertThrows(
        IllegalArgumentException.class, () -> TensorSource.of("__metadata__", List.of(2L), two));
    assertThrows(
        IllegalArgumentException.class,
        () -> new TensorSource("x", DType.U8, List.of(-1L, -1L), () -> ByteBuffer.allocate(1)));
    TensorSource x = TensorSource.of("x", List.of(2L), two);
    assertThrows(
        IllegalArgumentException.class,
        () -> SafetensorsFile.write(folder.resolve("x"), Map.of(), List.of(x, x)));
    assertFalse(Files.exists(folder.resolve("x")));
  }

  @Test
  void aMissingFolderIsAFaultOfTheInput() {
    InputException e =
        assertThrows(
            InputException.class,
            () -> SafetensorsFile.write(folder.resolve("no/x"), Map.of(), List.of()));
    assertTrue(e.getMessage().contains("does not exist"), e.getMessage());
  }
}
