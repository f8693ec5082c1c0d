package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.torch.encoder.TrunkEncoder;
import io.github.anople.torch.encoder.TrunkReference;
import io.github.anople.torch.encoder.TrunkSettings;
import io.github.anople.torch.encoder.TrunkWeights;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrunkGraphTest {

  /** What the references allow. */
  private static final double REFERENCE = 1e-4;

  /** Between the two engines, of rows of unit length. */
  private static final double PARITY = 1e-5;

  private static final List<Integer> BOTH = List.of(5, 9);
  private static final List<Integer> THREE = List.of(2, 5, 9);

  private final TrunkWeights weights = TrunkWeights.read();

  @TempDir Path folder;

  static Stream<TrunkSettings> settings() {
    return Stream.of(
        TrunkSettings.of(240, List.of(9)),
        new TrunkSettings(240, 15, BOTH),
        new TrunkSettings(240, 30, BOTH),
        new TrunkSettings(240, 30, THREE),
        new TrunkSettings(240, 15, THREE),
        new TrunkSettings(241, 30, THREE),
        new TrunkSettings(97, 10, List.of(9, 0)),
        new TrunkSettings(33, 17, BOTH));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theGraphSaysWhatLibtorchSays(TrunkSettings settings) throws OrtException {
    int side = settings.imageSize();
    float[] images = EncoderGraph.noise(2 * 3 * side * side);
    requireClose(
        encoded(settings, images, 2),
        EncoderGraph.run(rows(settings), images, side, OptLevel.ALL_OPT),
        PARITY,
        settings.toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = OptLevel.class,
      names = {"NO_OPT", "ALL_OPT"})
  void theBlocksOfTheDrawnPictureAreTheReferences(OptLevel level) throws OrtException {
    requireReference(TrunkReference.drawn(), level);
  }

  @Test
  void theBlocksOfAPhotographAreTheReferences() throws OrtException {
    Optional<TrunkReference> cookie = TrunkReference.cookie();
    assumeTrue(cookie.isPresent(), "skipped: ../shared/data/patch_trunk is not there");
    requireReference(cookie.orElseThrow(), OptLevel.ALL_OPT);
  }

  private void requireReference(TrunkReference reference, OptLevel level) throws OrtException {
    for (int block : reference.blocks().keySet()) {
      TrunkSettings settings = TrunkSettings.of(reference.side(), List.of(block));
      Path file = folder.resolve("block.onnx");
      OnnxGraph graph = new OnnxGraph("block");
      TrunkGraph trunk = new TrunkGraph(settings, weights, graph.room("trunk"));
      String output = trunk.blocks(input(graph, settings)).get(block);
      graph.output(output, DType.F32, "batch", "out", "height", "width");
      write(file, graph);
      requireClose(
          reference.blocks().get(block),
          EncoderGraph.run(file, reference.image(), reference.side(), level),
          REFERENCE,
          "block " + block);
    }
  }

  /** The absolute difference, of numbers above 1 the relative one. */
  private static void requireClose(float[] expected, float[] actual, double allowed, String what) {
    assertEquals(expected.length, actual.length, what);
    assertTrue(expected.length > 0, what);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          expected[i], actual[i], allowed * Math.max(1, Math.abs(expected[i])), what + " at " + i);
    }
  }

  private Path rows(TrunkSettings settings) {
    Path file = folder.resolve("rows.onnx");
    OnnxGraph graph = new OnnxGraph("rows");
    TrunkGraph trunk = new TrunkGraph(settings, weights, graph.room("trunk"));
    String rows = trunk.encode(input(graph, settings));
    graph.output(
        rows,
        DType.F32,
        "batch",
        Integer.toString(settings.grid() * settings.grid()),
        Integer.toString(settings.width()));
    write(file, graph);
    return file;
  }

  private static String input(OnnxGraph graph, TrunkSettings settings) {
    String side = Integer.toString(settings.imageSize());
    return graph.input("images", DType.F32, "batch", "3", side, side);
  }

  private static void write(Path file, OnnxGraph graph) {
    OnnxFile.write(file, graph, "test", Map.of(), OnnxFile.LARGEST);
  }

  private float[] encoded(TrunkSettings settings, float[] images, int count) {
    int side = settings.imageSize();
    try (TrunkEncoder encoder = new TrunkEncoder(settings, weights, ComputeDevice.CPU)) {
      return TensorScope.call(
          () -> Tensors.floats(encoder.encode(Tensors.of(images, count, 3, side, side))));
    }
  }
}
