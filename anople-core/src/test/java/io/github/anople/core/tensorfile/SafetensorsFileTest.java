package io.github.anople.core.tensorfile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsFileTest {

  @TempDir Path folder;

  @Test
  void everyGoldenFileOpensAndEveryTensorCanBeRead() throws IOException {
    try (Stream<Path> files = Files.walk(Fixtures.golden(""))) {
      List<Path> all = files.filter(file -> file.toString().endsWith(".safetensors")).toList();
      assertTrue(all.size() >= 10, "golden files found: " + all);
      all.forEach(SafetensorsFileTest::readEverything);
    }
  }

  private static void readEverything(Path path) {
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      for (String name : file.names()) {
        TensorInfo tensor = file.info(name);
        int read = tensor.dtype().isFloating() ? file.floats(name).length : file.longs(name).length;
        assertEquals(tensor.elements(), read, name);
      }
    }
  }

  @Test
  void aFileInTheHeapReadsAsTheOneOnTheDiskDoes() throws IOException {
    Path path = Fixtures.golden("memory.safetensors");
    try (SafetensorsFile disk = SafetensorsFile.open(path);
        SafetensorsFile heap = SafetensorsFile.of("heap", Files.readAllBytes(path))) {
      assertEquals(disk.metadata(), heap.metadata());
      assertEquals(disk.names(), heap.names());
      assertEquals(disk.size(), heap.size());
      for (String name : disk.names()) {
        assertEquals(disk.info(name), heap.info(name));
        assertEquals(disk.bytes(name), heap.bytes(name), name);
        if (disk.info(name).dtype().isFloating()) {
          assertArrayEquals(disk.floats(name), heap.floats(name), name);
        }
      }
    }
  }

  @Test
  void aFileInTheHeapThatIsCutShortIsRefusedByItsName() throws IOException {
    byte[] whole = Files.readAllBytes(Fixtures.golden("memory.safetensors"));
    for (int length : new int[] {0, 7, 8, 100, whole.length - 1}) {
      byte[] cut = Arrays.copyOf(whole, length);
      InputException fault =
          assertThrows(InputException.class, () -> SafetensorsFile.of("heap", cut));
      assertTrue(fault.where().startsWith("heap"), fault.getMessage());
    }
  }

  @Test
  void goldenValuesAreTheOnesTheOracleWrote() {
    Golden golden = Golden.open("memory.safetensors");
    float[] values = golden.floats("unit/values");
    int count = values.length;
    float[] harmonic = new float[count * count];
    for (int i = 0; i < harmonic.length; i++) {
      double a = Math.max(values[i / count], 1e-6);
      double b = Math.max(values[i % count], 1e-6);
      harmonic[i] = (float) (1 / (1 / a + 1 / b));
    }
    assertArrayEquals(new long[] {count, count}, golden.shape("unit/harmonic"));
    golden.check("unit/harmonic", harmonic);
  }

  @Test
  void theMappedBytesAreTheFloatsReadThroughTheHeap() {
    Path path = Fixtures.golden("tiny_clip/open_clip_model.safetensors");
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      for (String name : file.names()) {
        ByteBuffer bytes = file.bytes(name);
        assertTrue(bytes.isReadOnly());
        assertEquals(ByteOrder.LITTLE_ENDIAN, bytes.order());
        float[] mapped = new float[(int) file.info(name).elements()];
        bytes.asFloatBuffer().get(mapped);
        assertArrayEquals(mapped, file.floats(name), name);
      }
    }
  }

  @Test
  void halfPrecisionWeightsAreTheFullOnesRounded() {
    try (SafetensorsFile half =
            SafetensorsFile.open(Fixtures.golden("tiny_clip_fp16/open_clip_model.safetensors"));
        SafetensorsFile full =
            SafetensorsFile.open(Fixtures.golden("tiny_clip/open_clip_model.safetensors"))) {
      assertEquals(DType.F16, half.info("visual.conv1.weight").dtype());
      for (String name : half.names()) {
        float[] rounded = half.floats(name);
        float[] original = full.floats(name);
        for (int i = 0; i < rounded.length; i++) {
          short expected = HalfPrecision.floatToHalf(original[i]);
          assertEquals(HalfPrecision.halfToFloat(expected), rounded[i], name);
        }
      }
    }
  }

  @Test
  void anAbsentTensorIsRefusedByName() {
    try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("memory.safetensors"))) {
      assertFalse(file.contains("no such"));
      InputException e = assertThrows(InputException.class, () -> file.floats("no such"));
      assertTrue(e.getMessage().contains("'no such'"), e.getMessage());
      assertTrue(e.getMessage().contains("memory.safetensors"), e.getMessage());
    }
  }

  @Test
  void integersAreNotReadAsFloatsNorFloatsAsIntegers() {
    try (SafetensorsFile file = SafetensorsFile.open(Fixtures.golden("clip.safetensors"))) {
      assertThrows(InputException.class, () -> file.floats("text_ids"));
      assertThrows(InputException.class, () -> file.longs("image_features"));
    }
  }

  @Test
  void metadataIsReadAndAnAbsentOneIsEmpty() throws IOException {
    Path path = folder.resolve("m.safetensors");
    SafetensorsBytes.write(path, "{\"__metadata__\":{\"b\":\"ü\",\"a\":\"\"}}", 0);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(Map.of("b", "ü", "a", ""), file.metadata());
      assertEquals(List.of(), file.names());
    }
    SafetensorsBytes.write(path, "{}", 0);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(Map.of(), file.metadata());
    }
  }

  @Test
  void namesComeInTheOrderOfTheBytesWhateverTheOrderOfTheHeader() throws IOException {
    Path path = folder.resolve("o.safetensors");
    String header =
        "{\"second\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[4,7]},"
            + "\"first\":{\"shape\":[],\"data_offsets\":[0,4],\"dtype\":\"I32\",\"note\":[{}]},"
            + "\"empty\":{\"dtype\":\"F64\",\"shape\":[0,5],\"data_offsets\":[7,7]}}   ";
    SafetensorsBytes.write(path, header, 7);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertEquals(List.of("first", "second", "empty"), file.names());
      assertArrayEquals(new long[] {0x03020100L}, file.longs("first"));
      assertArrayEquals(new long[] {4, 5, 6}, file.longs("second"));
      assertEquals(0, file.floats("empty").length);
      assertEquals(0, file.bytes("empty").remaining());
      assertArrayEquals(new long[] {0, 5}, file.info("empty").dimensions());
    }
  }

  @Test
  void everyIntegerTypeKeepsItsSignAndWidth() throws IOException {
    Path path = folder.resolve("i.safetensors");
    byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
    for (DType type :
        List.of(DType.BOOL, DType.U8, DType.I8, DType.I16, DType.U16, DType.I32, DType.U32)) {
      int size = type.byteSize();
      String header =
          "{\"x\":{\"dtype\":\"%s\",\"shape\":[%d],\"data_offsets\":[0,8]}}"
              .formatted(type, 8 / size);
      SafetensorsBytes.write(path, header, ones);
      long expected =
          switch (type) {
            case BOOL -> 1;
            case U8, U16, U32 -> (1L << (8 * size)) - 1;
            default -> -1;
          };
      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        long[] values = file.longs("x");
        assertEquals(8 / size, values.length);
        for (long value : values) {
          assertEquals(expected, value, type.name());
        }
      }
    }
  }

  @Test
  void anUnsignedValueBeyond63BitsIsRefused() throws IOException {
    Path path = folder.resolve("u.safetensors");
    byte[] ones = {-1, -1, -1, -1, -1, -1, -1, -1};
    SafetensorsBytes.write(
        path, "{\"x\":{\"dtype\":\"U64\",\"shape\":[1],\"data_offsets\":[0,8]}}", ones);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      InputException e = assertThrows(InputException.class, () -> file.longs("x"));
      assertTrue(e.getMessage().contains("18446744073709551615"), e.getMessage());
    }
  }

  @Test
  void aTensorBeyondTwoGigabytesIsRefusedNotTruncated() throws IOException {
    Path path = folder.resolve("large.safetensors");
    long size = 3L << 30;
    String header =
        "{\"small\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[%d,%d]},\"x\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(size, size + 2, size, size);
    SafetensorsBytes.writeSparse(path, header, size + 2, new byte[] {7, 9});
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      assertThrows(InputException.class, () -> file.bytes("x"));
      assertThrows(InputException.class, () -> file.longs("x"));
      // Behind the 2 GB mark, mapped and read.
      assertArrayEquals(new long[] {7, 9}, file.longs("small"));
      assertEquals(9, file.bytes("small").get(1));
    }
  }

  @Test
  void moreElementsThanTheHeapHoldsAreAFaultOfTheInput() throws IOException {
    Path path = folder.resolve("heap.safetensors");
    long elements = Runtime.getRuntime().maxMemory() / Long.BYTES + 1;
    Assumptions.assumeTrue(elements < Integer.MAX_VALUE - 8, "the heap holds any array");
    String header =
        "{\"x\":{\"dtype\":\"U8\",\"shape\":[%d],\"data_offsets\":[0,%d]}}"
            .formatted(elements, elements);
    SafetensorsBytes.writeSparse(path, header, elements, new byte[1]);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      InputException e = assertThrows(InputException.class, () -> file.longs("x"));
      assertTrue(e.getMessage().contains("-Xmx"), e.getMessage());
    }
  }

  @Test
  void aFileCutWhileOpenIsRefusedNotACrash() throws IOException {
    Path path = folder.resolve("cut.safetensors");
    SafetensorsBytes.write(
        path, "{\"x\":{\"dtype\":\"F32\",\"shape\":[100],\"data_offsets\":[0,400]}}", 400);
    try (SafetensorsFile file = SafetensorsFile.open(path)) {
      try (var channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
        channel.truncate(100);
      }
      assertThrows(InputException.class, () -> file.floats("x"));
      assertThrows(InputException.class, () -> file.bytes("x"));
    }
  }
}
