package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.SceneMemory;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scene check in an exported graph. */
class SceneGraphTest {

  /** Of the measures: in fp32 in every graph. */
  private static final double PARITY = 1e-4;

  private static final List<RgbImage> IMAGES = images();

  @TempDir static Path shared;

  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    bundle = train(Map.of("memory.encoder", "clip+trunk"));
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  private static DetectorBundle train(Map<String, String> more) {
    return TinyTraining.train(
        backbone,
        TinyTraining.config()
            .with(Map.of("scene.enabled", "true", "optimizer.epochs", "1"))
            .with(more),
        shared);
  }

  /** Parts, and the last is black. */
  private static List<RgbImage> images() {
    List<RgbImage> images = new ArrayList<>(Agreement.images(3));
    images.add(RgbImage.of(90, 80, new byte[3 * 90 * 80]));
    return images;
  }

  private Path export(DetectorBundle of, OnnxPrecision precision, OnnxMetadata.Thresholds with) {
    Path file = folder.resolve(precision.id() + ".onnx");
    ExportSettings settings = new ExportSettings(precision, false, with, ExportSettings.INT8_ERROR);
    try (TorchDetector torch = TorchDetector.of(of, "washer", backbone)) {
      OnnxExport.write(of, torch, settings, List.of(), file);
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource({
    "clip, none, 1, FP32",
    "clip+trunk, all, 1, FP32",
    "trunk, turns, 2, FP32",
    "clip+trunk, none, 1, FP16",
    "clip+trunk, none, 1, INT8"
  })
  void theMeasuresAreLibtorchs(
      String encoder, String views, String shifts, OnnxPrecision precision) {
    DetectorBundle of =
        train(Map.of("memory.encoder", encoder, "memory.views", views, "detection.shifts", shifts));
    Path file = export(of, precision, OnnxMetadata.Thresholds.NONE);
    try (TorchDetector torch = TorchDetector.of(of, "washer", backbone);
        OnnxDetector onnx = OnnxDetector.open(file)) {
      List<Detection> expected = torch.detect(IMAGES);
      List<Detection> actual = onnx.detect(IMAGES);
      for (int i = 0; i < IMAGES.size(); i++) {
        for (Scene.Measure measure : Scene.Measure.values()) {
          assertEquals(
              expected.get(i).scene().orElseThrow().value(measure),
              actual.get(i).scene().orElseThrow().value(measure),
              PARITY,
              i + ", " + measure);
        }
      }
      assertTrue(expected.get(3).scene().orElseThrow().value(Scene.Measure.DARK) > 1);
      double scores = precision == OnnxPrecision.FP32 ? PARITY : 0.02;
      Agreement.requireSame(expected, actual, scores);
    }
  }

  @Test
  void theGraphItselfCallsABlackPictureAnAnomalyWhateverItsThreshold() throws OrtException {
    Path file = export(bundle, OnnxPrecision.FP32, OnnxMetadata.Thresholds.NONE);
    assertEquals(List.of(false, false, false, true), anomalies(file));
  }

  private static List<Boolean> anomalies(Path file) throws OrtException {
    int side = 0;
    try (OnnxDetector onnx = OnnxDetector.open(file)) {
      side = onnx.imageSize();
    }
    List<RgbImage> resized = new ArrayList<>();
    for (RgbImage image : IMAGES) {
      resized.add(Resampler.resize(image, side, side));
    }
    List<Boolean> anomalies = new ArrayList<>();
    try (RawSession session = new RawSession(file, Map.of())) {
      for (boolean one : session.run(resized).anomaly()) {
        anomalies.add(one);
      }
    }
    return anomalies;
  }

  /** Limits that nothing exceeds. */
  private static Calibration lenient() {
    SceneLimits of = bundle.scene().orElseThrow().limits();
    SceneLimits wide =
        new SceneLimits(Collections.nCopies(Scene.SIZE, 1e6f), of.altered(), of.nothing());
    return new Calibration(Calibration.Kind.ESTIMATE, 0.5f, 0.5f, 0, 0.01, 3, Optional.empty())
        .withScene(Optional.of(wide));
  }

  @Test
  void aCalibrationGivesTheGraphOtherLimitsAndNothingElse() throws OrtException, IOException {
    Path file = export(bundle, OnnxPrecision.FP32, OnnxMetadata.Thresholds.NONE);
    List<Detection> before = detect(file);
    Path target = folder.resolve("calibrated.onnx");
    GraphThresholds.write(file, lenient(), target);
    assertEquals(before, detect(target));
    assertEquals(List.of(false, false, false, false), anomalies(target));
    try (DetectorFile opened = DetectorFiles.open(target)) {
      assertEquals(lenient().scene(), opened.scene());
      assertEquals(bundle.scene().map(SceneMemory::limits), opened.sceneOfShots());
    }
    Path again = folder.resolve("again.onnx");
    Files.move(file, again);
    Path exported = export(bundle, OnnxPrecision.FP32, OnnxMetadata.Thresholds.of(lenient()));
    assertEquals(-1, Files.mismatch(exported, target));
    // A calibration without limits of its own brings those of the shots back.
    GraphThresholds.write(target, lenient().withScene(Optional.empty()), target);
    assertEquals(List.of(false, false, false, true), anomalies(target));
  }

  private static List<Detection> detect(Path file) {
    try (OnnxDetector onnx = OnnxDetector.open(file)) {
      return onnx.detect(IMAGES);
    }
  }

  @Test
  void bothKindsOfFilesDecideTheSame() {
    Path file = folder.resolve("washer.anople");
    bundle.withCalibration(Optional.of(lenient().withScene(Optional.empty()))).write(file);
    Path graph = export(bundle, OnnxPrecision.FP32, OnnxMetadata.Thresholds.of(lenient()));
    GraphThresholds.write(graph, lenient().withScene(Optional.empty()), graph);
    try (DetectorFile opened = DetectorFiles.open(graph)) {
      Detection black = opened.detector().detect(IMAGES.get(3));
      assertFalse(opened.threshold().orElseThrow().judge(black).ok());
      assertTrue(
          opened.threshold().orElseThrow().judge(black).text().startsWith("NOT LIKE THE PRODUCT"));
      assertTrue(opened.threshold().orElseThrow().with(Optional.empty()).judge(black).ok());
      assertEquals(
          DetectorBundle.read(file).decided().orElseThrow().threshold(),
          opened.threshold().orElseThrow());
    }
  }

  @Test
  void limitsInTheMetadataThatMakeNoSenseAreRefused() {
    Path file = export(bundle, OnnxPrecision.FP32, OnnxMetadata.Thresholds.NONE);
    Map<String, String> properties;
    try (OnnxDetector onnx = OnnxDetector.open(file)) {
      properties = onnx.metadata().toProperties();
    }
    assertEquals(bundle.scene().map(SceneMemory::limits), OnnxMetadata.of(properties, "a").scene());
    properties.put("anople.scene", "{\"limits\":{}}");
    assertThrows(InputException.class, () -> OnnxMetadata.of(properties, "a"));
  }
}
