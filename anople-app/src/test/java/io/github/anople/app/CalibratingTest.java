package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.OnnxExport;
import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.inspect.calibrate.CalibrationSet;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratingTest {

  /** In fp32, which the graph has: a bundle in bf16 scores apart from it by more than 1e-4. */
  private static final OpenSettings SETTINGS =
      new OpenSettings(
          Optional.of(Fixtures.golden("tiny_clip").toString()),
          "fp32",
          "cpu",
          Optional.empty(),
          OptionalInt.empty());

  private static final List<RgbImage> IMAGES =
      List.of(RgbImage.of(SyntheticParts.good(30)), RgbImage.of(SyntheticParts.scratched(31)));

  @TempDir static Path shared;

  private static List<Path> parts;

  @TempDir Path folder;

  /** Two shots, and six further parts. */
  @BeforeAll
  static void train() {
    parts = SyntheticParts.writeGood(shared, 8);
    try (LoadedBackbone backbone = TinyTraining.backbone()) {
      DetectorBundle bundle =
          TinyTraining.train(backbone, TinyTraining.config().with("optimizer.epochs", "1"), shared);
      bundle.write(shared.resolve("washer.anople"));
      try (TorchDetector torch = TorchDetector.of(bundle, "washer", backbone)) {
        OnnxExport.write(
            bundle,
            torch,
            ExportSettings.of(OnnxPrecision.FP32),
            List.of(),
            shared.resolve("washer.onnx"));
      }
    }
  }

  @BeforeEach
  void copy() throws IOException {
    for (String name : List.of("washer.anople", "washer.onnx")) {
      Files.copy(shared.resolve(name), folder.resolve(name));
    }
  }

  private static DetectorFile open(Path file) {
    return DetectorFiles.open(file, SETTINGS);
  }

  private static Calibration promised(Path file, List<Path> images) throws InterruptedException {
    try (DetectorFile detector = open(file)) {
      return Calibrating.promised(
          detector, Calibrating.further(detector, images), 0.2, CalibratingTest::unexpected);
    }
  }

  private static void unexpected(InputException fault) {
    throw new AssertionError(fault);
  }

  private static List<Detection> detect(Path file) {
    try (DetectorFile detector = open(file)) {
      return detector.detector().detect(IMAGES).stream()
          .map(found -> new Detection(found.score(), found.map()))
          .toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"washer.anople", "washer.onnx"})
  void furtherPartsPromiseThresholdsAndNothingElseChanges(String name) throws Exception {
    Path file = folder.resolve(name);
    List<Detection> before = detect(file);
    Calibration calibration = promised(file, parts);
    assertEquals(Calibration.Kind.CONFORMAL, calibration.kind());
    assertEquals(6, calibration.images(), "the shots do not count");
    Path target = folder.resolve("calibrated-" + name);
    Calibrating.store(file, calibration, target);
    Calibrating.store(file, calibration, file);
    assertEquals(-1, Files.mismatch(file, target));
    assertEquals(before, detect(file));
    try (DetectorFile detector = open(file);
        DetectorFile original = open(shared.resolve(name))) {
      assertEquals(Optional.of(calibration), detector.calibration());
      assertEquals(Optional.of(calibration.threshold()), detector.threshold());
      assertEquals(original.provenance(), detector.provenance());
      assertTrue(original.threshold().isEmpty());
    }
  }

  @Test
  void bothKindsFindTheSameThresholds() throws Exception {
    Calibration ofBundle = promised(folder.resolve("washer.anople"), parts);
    Calibration ofGraph = promised(folder.resolve("washer.onnx"), parts);
    assertEquals(ofBundle.imageThreshold(), ofGraph.imageThreshold(), 1e-4);
    assertEquals(ofBundle.pixelThreshold(), ofGraph.pixelThreshold(), 1e-4);
  }

  @Test
  void shotsAloneAreNotFurtherParts() {
    try (DetectorFile detector = open(folder.resolve("washer.anople"))) {
      InputException refusal =
          assertThrows(
              InputException.class, () -> Calibrating.further(detector, parts.subList(0, 2)));
      assertTrue(refusal.getMessage().contains("has learned from all"), refusal::getMessage);
    }
  }

  @Test
  void anImageThatCannotBeReadIsToldAndLeftOut() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken.png"), "not an image");
    List<Path> images = new ArrayList<>(parts);
    images.add(broken);
    List<InputException> faults = new ArrayList<>();
    try (DetectorFile detector = open(folder.resolve("washer.onnx"))) {
      CalibrationSet further = Calibrating.further(detector, images);
      assertEquals(6, Calibrating.promised(detector, further, 0.2, faults::add).images());
    }
    assertEquals(1, faults.size());
    assertTrue(faults.get(0).getMessage().contains("broken.png"));
  }

  @Test
  void aShareThatNobodyCanPromiseIsRefusedBeforeTheScoring() {
    try (DetectorFile detector = open(folder.resolve("washer.onnx"))) {
      CalibrationSet further = Calibrating.further(detector, parts);
      InputException refusal =
          assertThrows(
              InputException.class,
              () -> Calibrating.promised(detector, further, 0.7, CalibratingTest::unexpected));
      assertTrue(refusal.getMessage().contains("0.7 is out of range"), refusal::getMessage);
    }
  }

  @Test
  void aBundleIsEstimatedFromItsShots() {
    Path file = folder.resolve("washer.anople");
    Calibration calibration =
        Calibrating.estimated(file, List.of(shared), 0.05, TinyTraining::backbone);
    assertEquals(Calibration.Kind.ESTIMATE, calibration.kind());
    assertEquals(2, calibration.images());
    Calibrating.store(file, calibration, file);
    assertEquals(Optional.of(calibration), DetectorBundle.read(file).calibration());
  }

  @Test
  void aGraphCannotBeEstimatedAndTheMessageSaysWhatCan() {
    InputException refusal =
        assertThrows(
            InputException.class,
            () ->
                Calibrating.estimated(
                    folder.resolve("washer.onnx"),
                    List.of(shared),
                    0.05,
                    () -> {
                      throw new AssertionError("a backbone was loaded in vain");
                    }));
    String message = refusal.getMessage();
    assertTrue(message.contains("washer.onnx"), message);
    assertTrue(message.contains("the one it was exported from"), message);
    assertTrue(message.contains("further good pictures"), message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"washer.anople", "washer.onnx"})
  void aThresholdByHandNeedsCalibratedPixels(String name) throws Exception {
    Path file = folder.resolve(name);
    try (DetectorFile detector = open(file)) {
      InputException refusal =
          assertThrows(InputException.class, () -> Calibrating.byHand(detector, 0.2f));
      assertTrue(refusal.getMessage().contains("is not calibrated"), refusal::getMessage);
    }
    Calibration calibration = promised(file, parts);
    Calibrating.store(file, calibration, file);
    Calibration byHand;
    try (DetectorFile detector = open(file)) {
      byHand = Calibrating.byHand(detector, 0.2f);
    }
    assertEquals(calibration.withImageThreshold(0.2f), byHand);
    Calibrating.store(file, byHand, file);
    try (DetectorFile detector = open(file)) {
      assertEquals(Optional.of(byHand), detector.calibration());
      for (float impossible : new float[] {-0.1f, 0.51f, Float.NaN}) {
        assertThrows(InputException.class, () -> Calibrating.byHand(detector, impossible));
      }
    }
  }

  @Test
  void aBundleIsNotStoredUnderTheNameOfAGraph() throws Exception {
    Path file = folder.resolve("washer.anople");
    Calibration calibration = promised(file, parts);
    Path graph = folder.resolve("other.onnx");
    InputException refusal =
        assertThrows(InputException.class, () -> Calibrating.store(file, calibration, graph));
    assertTrue(refusal.getMessage().contains("another kind"), refusal::getMessage);
    assertTrue(Files.notExists(graph));
  }
}
