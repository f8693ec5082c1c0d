package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.FileChecksum;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Other thresholds in an exported detector, and nothing else. */
class GraphThresholdsTest {

  /** Weights of more bytes lie beside their graph. */
  private static final long SMALL = 50_000;

  private static final List<RgbImage> IMAGES = Agreement.images(4);

  @TempDir static Path shared;

  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;
  private static TorchDetector torch;
  private static List<Detection> expected;

  @TempDir Path folder;

  private Path file;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    bundle =
        TinyTraining.train(backbone, TinyTraining.config().with("optimizer.epochs", "2"), shared);
    torch = TorchDetector.of(bundle, "washer", backbone);
    expected = torch.detect(IMAGES);
  }

  @AfterAll
  static void free() {
    torch.close();
    backbone.close();
  }

  @BeforeEach
  void export() {
    file = folder.resolve("washer.onnx");
    export(OnnxPrecision.FP32, OnnxFile.LARGEST);
  }

  private void export(OnnxPrecision precision, long largest) {
    OnnxExport.write(bundle, torch, ExportSettings.of(precision), List.of(), file, largest);
  }

  private static Calibration calibration(float image, float pixel) {
    return new Calibration(Calibration.Kind.MANUAL, image, pixel, 0, 0.01, 3, Optional.empty());
  }

  /** Half of the images are above the first, and some pixels above the second. */
  private static Calibration middle() {
    float image = Agreement.middle(expected);
    return calibration(image, expected.get(0).map().max() / 2);
  }

  private static List<Detection> detect(Path graph) {
    try (OnnxDetector onnx = OnnxDetector.open(graph)) {
      return onnx.detect(IMAGES);
    }
  }

  private static OnnxMetadata metadata(Path graph) {
    try (OnnxDetector onnx = OnnxDetector.open(graph)) {
      return onnx.metadata();
    }
  }

  private static String refusal(Path from, Path target) {
    String message =
        assertThrows(InputException.class, () -> GraphThresholds.write(from, middle(), target))
            .getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  @ParameterizedTest
  @EnumSource(OnnxPrecision.class)
  void scoresAndMapsStayAndTheMetadataTellsTheThresholds(OnnxPrecision precision) {
    export(precision, OnnxFile.LARGEST);
    Map<String, String> before = metadata(file).toProperties();
    List<Detection> scored = detect(file);
    Path target = folder.resolve("calibrated.onnx");
    GraphThresholds.write(file, middle(), target);
    FileChecksum.check(target);
    assertEquals(scored, detect(target));
    OnnxMetadata after = metadata(target);
    assertEquals(OnnxMetadata.Thresholds.of(middle()), after.thresholds());
    assertEquals(before, after.with(OnnxMetadata.Thresholds.NONE).toProperties());
    assertEquals(before, metadata(file).toProperties(), "the old file stays");
  }

  @Test
  void theGraphsVerdictsFollow() throws OrtException {
    requireVerdicts(0.5f, 0.5f);
    GraphThresholds.write(file, middle(), file);
    requireVerdicts(middle().imageThreshold(), middle().pixelThreshold()).requireSome(expected);
    GraphThresholds.write(file, calibration(0, 1), file);
    requireVerdicts(0, 1);
  }

  /** As somebody without this project has them, from the graph's defaults. */
  private Agreement.Positive requireVerdicts(float image, float pixel) throws OrtException {
    int side = expected.get(0).map().width();
    List<RgbImage> resized = IMAGES.stream().map(one -> Resampler.resize(one, side, side)).toList();
    try (RawSession session = new RawSession(file, Map.of())) {
      return Agreement.requireVerdicts(expected, session.run(resized), image, pixel);
    }
  }

  @Test
  void inPlaceAndElsewhereGiveTheSameBytes() throws IOException {
    Path target = folder.resolve("calibrated.onnx");
    GraphThresholds.write(file, middle(), target);
    GraphThresholds.write(file, calibration(0.25f, 0.25f), file);
    GraphThresholds.write(file, middle(), file);
    assertEquals(-1, Files.mismatch(file, target));
  }

  @Test
  void theSameAsAnExportWithTheseThresholds() throws IOException {
    Path exported = folder.resolve("exported.onnx");
    ExportSettings settings =
        new ExportSettings(
            OnnxPrecision.FP32,
            false,
            OnnxMetadata.Thresholds.of(middle()),
            ExportSettings.INT8_ERROR);
    OnnxExport.write(bundle, torch, settings, List.of(), exported);
    GraphThresholds.write(file, middle(), file);
    assertEquals(-1, Files.mismatch(exported, file));
  }

  @Test
  void weightsBesideTheGraphStayWhereTheyAre() throws IOException {
    export(OnnxPrecision.FP32, SMALL);
    Path weights = FileChecksum.weightsOf(file).orElseThrow();
    byte[] numbers = Files.readAllBytes(weights);
    List<Detection> scored = detect(file);
    Path elsewhere = folder.resolve("calibrated.onnx");
    String message = refusal(file, elsewhere);
    assertTrue(message.contains("in a file beside it"), message);
    assertTrue(Files.notExists(elsewhere));
    GraphThresholds.write(file, middle(), file);
    FileChecksum.check(file);
    assertEquals(Optional.of(weights), FileChecksum.weightsOf(file));
    assertEquals(scored, detect(file));
    assertEquals(OnnxMetadata.Thresholds.of(middle()), metadata(file).thresholds());
    assertEquals(-1, Files.mismatch(weights, Files.write(folder.resolve("numbers"), numbers)));
  }

  @Test
  void aDamagedGraphIsRefusedAndLeftAsItIs() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    String changed = refusal(file, file);
    assertTrue(changed.contains("was changed after it was exported"), changed);
    assertEquals(-1, Files.mismatch(file, Files.write(folder.resolve("copy"), bytes)));
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 40));
    String cut = refusal(file, file);
    assertTrue(cut.contains("is cut short"), cut);
  }

  @Test
  void whatIsNoExportedDetectorIsRefused() throws IOException {
    Path foreign = Files.writeString(folder.resolve("foreign.onnx"), "not a graph");
    String message = refusal(foreign, file);
    assertTrue(message.contains("is not an exported detector"), message);
    String missing = refusal(folder.resolve("missing.onnx"), file);
    assertTrue(missing.contains("missing.onnx"), missing);
  }
}
