package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Weights that lie beside their graph: as if a file held no more than a few kilobytes. */
class WeightsFileTest {

  private static final long SEED = 20261126;
  private static final long LARGEST = 50_000;

  @TempDir static Path shared;

  @TempDir Path folder;

  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;
  private static TorchDetector torch;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    bundle =
        TinyTraining.train(backbone, TinyTraining.config().with("optimizer.epochs", "2"), shared);
    torch = TorchDetector.of(bundle, "washer", backbone);
  }

  @AfterAll
  static void free() {
    torch.close();
    backbone.close();
  }

  private Path export(String name, OnnxPrecision precision, long largest) {
    Path file = folder.resolve(name);
    OnnxExport.write(bundle, torch, ExportSettings.of(precision), List.of(), file, largest);
    return file;
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The file of weights, the only one in the folder. */
  private Path weights() {
    return files().stream()
        .filter(file -> file.toString().endsWith(".data"))
        .findAny()
        .orElseThrow();
  }

  private static List<Detection> detect(Path file) {
    try (OnnxDetector onnx = OnnxDetector.open(file)) {
      return onnx.detect(Agreement.images(2));
    }
  }

  private static String refusal(Path file) {
    String message = assertThrows(InputException.class, () -> OnnxDetector.open(file)).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @ParameterizedTest
  @EnumSource(OnnxPrecision.class)
  void aGraphWithItsWeightsBesideItComputesTheSame(OnnxPrecision precision) throws IOException {
    List<Detection> expected = detect(export("part.onnx", precision, OnnxFile.LARGEST));
    assertEquals(1, files().size(), "all in one file");
    long whole = Files.size(folder.resolve("part.onnx"));
    Path file = export("part.onnx", precision, LARGEST);
    assertEquals(List.of(file, weights()), files());
    assertTrue(Files.size(file) < whole && Files.size(weights()) > LARGEST);
    assertEquals(expected, detect(file));
  }

  @Test
  void equalDetectorsMakeEqualFiles() throws IOException {
    byte[] graph = Files.readAllBytes(export("part.onnx", OnnxPrecision.FP16, LARGEST));
    Path weights = weights();
    byte[] numbers = Files.readAllBytes(weights);
    export("part.onnx", OnnxPrecision.FP16, LARGEST);
    assertArrayEquals(graph, Files.readAllBytes(folder.resolve("part.onnx")));
    assertArrayEquals(numbers, Files.readAllBytes(weights));
  }

  @Test
  void aNewExportTakesTheOldWeightsAway() throws IOException {
    export("part.onnx", OnnxPrecision.FP32, LARGEST);
    Path old = weights();
    Path other = Files.writeString(folder.resolve("part.onnx.mine.data"), "not ours");
    export("part.onnx", OnnxPrecision.FP16, LARGEST);
    assertTrue(Files.notExists(old));
    assertEquals(3, files().size());
    export("part.onnx", OnnxPrecision.FP16, OnnxFile.LARGEST);
    assertEquals(List.of(folder.resolve("part.onnx"), other), files());
  }

  @Test
  void anExportThatFailsLeavesTheOldGraphAndItsWeights() throws IOException {
    Path file = export("part.onnx", OnnxPrecision.FP32, LARGEST);
    List<Path> before = files();
    List<Detection> expected = detect(file);
    OnnxGraph graph = new OnnxGraph("broken");
    graph.constant(constant("large", 1 << 14, () -> ByteBuffer.allocate(1 << 16)));
    graph.constant(
        constant(
            "small",
            1,
            () -> {
              throw new IllegalStateException("broken");
            }));
    assertThrows(
        IllegalStateException.class, () -> OnnxFile.write(file, graph, "test", Map.of(), 1));
    assertEquals(before, files());
    assertEquals(expected, detect(file));
  }

  private static TensorSource constant(String name, long numbers, Supplier<ByteBuffer> bytes) {
    return new TensorSource(name, DType.F32, List.of(numbers), bytes);
  }

  @Test
  void whatWasCutOrChangedIsRefusedInEitherFile() throws IOException {
    Path file = export("part.onnx", OnnxPrecision.INT8, LARGEST);
    SplittableRandom random = new SplittableRandom(SEED);
    for (Path one : List.of(file, weights())) {
      byte[] whole = Files.readAllBytes(one);
      for (int i = 0; i < 40; i++) {
        int at = i < 30 ? random.nextInt(whole.length) : whole.length - 1 - (i - 30);
        Files.write(one, Arrays.copyOf(whole, at));
        String cut = refusal(file);
        assertTrue(
            cut.contains(one.getFileName().toString()) && cut.contains("cut short"),
            "seed " + SEED + ": " + cut);
        byte[] changed = whole.clone();
        changed[at] ^= (byte) (1 << random.nextInt(8));
        Files.write(one, changed);
        assertTrue(
            refusal(file).contains(one.getFileName().toString())
                || refusal(file).contains(".data: is missing"),
            "seed " + SEED + ", byte " + at + ": " + refusal(file));
      }
      Files.write(one, Arrays.copyOf(whole, whole.length + 1));
      refusal(file);
      Files.write(one, whole);
    }
    assertEquals(2, detect(file).size());
  }

  @Test
  void aGraphMayBeRenamedButNotLeaveItsWeights() throws IOException {
    Path file = export("part: \u00e4.onnx", OnnxPrecision.FP32, LARGEST);
    List<Detection> expected = detect(file);
    Path renamed = Files.move(file, folder.resolve("renamed.onnx"));
    assertEquals(expected, detect(renamed));
    Path away = Files.createDirectory(folder.resolve("away")).resolve("part.onnx");
    Files.copy(renamed, away);
    String message = refusal(away);
    assertTrue(message.contains(".data: is missing"), message);
  }

  @Test
  void aWeightThatNoFileCanHoldIsRefusedBeforeAnythingIsWritten() {
    OnnxGraph graph = new OnnxGraph("large");
    graph.constant(
        constant(
            "weight",
            1L << 29,
            () -> {
              throw new IllegalStateException("read");
            }));
    InputException refusal =
        assertThrows(
            InputException.class,
            () ->
                OnnxFile.write(
                    folder.resolve("large.onnx"), graph, "test", Map.of(), OnnxFile.LARGEST));
    assertTrue(refusal.getMessage().contains("2 GB"), refusal::getMessage);
    assertEquals(List.of(), files());
  }

  /** Takes 2.4 GB of disk and memory: {@code -Danople.large=true}. */
  @Test
  @EnabledIfSystemProperty(named = "anople.large", matches = "true")
  void weightsOverTwoGigabytesAreWrittenAndRead() throws IOException, OrtException {
    OnnxGraph graph = new OnnxGraph("large");
    GraphScope room = graph.room("test");
    String sum = graph.input("x", DType.F32);
    int numbers = 1 << 27;
    for (int i = 0; i < 5; i++) {
      float value = i + 1;
      String weight =
          graph.constant(
              constant(
                  "weight" + i,
                  numbers,
                  () -> {
                    ByteBuffer bytes = ByteBuffer.allocate(4 * numbers);
                    bytes.order(ByteOrder.LITTLE_ENDIAN).putFloat(4 * (numbers - 1), value);
                    return bytes;
                  }));
      String largest =
          room.node("ReduceMax", "largest" + i, List.of(weight), Attributes.integer("keepdims", 0));
      sum = room.node("Add", "sum" + i, List.of(sum, largest));
    }
    graph.output(sum, DType.F32);
    Path file = folder.resolve("large.onnx");
    OnnxFile.write(file, graph, "test", Map.of(), OnnxFile.LARGEST);
    assertTrue(Files.size(weights()) > 1L << 31);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(file.toString());
        OnnxTensor x = OnnxTensor.createTensor(environment, 0.5f);
        OrtSession.Result result = session.run(Map.of("x", x))) {
      assertEquals(15.5f, (Float) result.get(0).getValue());
    }
  }
}
