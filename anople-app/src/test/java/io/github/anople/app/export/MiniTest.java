package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.github.anople.app.mini.MiniBackbone;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxMetadata.Thresholds;
import io.github.anople.torch.ResidentMemory;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The graph on the backbone that comes with the project: real patches, real depth. */
class MiniTest {

  private static final double FP32 = 1e-4;

  /** {@code -Danople.soak=100000} asks for a longer run. */
  private static final int PREDICTIONS = Integer.getInteger("anople.soak", 150);

  private static final int WARM_UP = 50;

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static TorchDetector torch;
  private static List<Detection> expected;
  private static float threshold;
  private static float ofPixels;
  private static Path file;
  private static DetectorBundle bundle;

  private static final List<RgbImage> IMAGES = Agreement.images(8);

  @BeforeAll
  static void export() {
    backbone =
        LoadedBackbone.open(
            OpenClipWeights.open(MiniBackbone.builtIn().unpack(folder.resolve("mini"))),
            Precision.FP32);
    bundle =
        TinyTraining.train(
            backbone,
            TinyTraining.config()
                .with("optimizer.warmup_epochs", "0")
                .with("optimizer.epochs", "1"),
            folder);
    torch = TorchDetector.of(bundle, "washer", backbone);
    expected = torch.detect(IMAGES);
    threshold = Agreement.middle(expected);
    ofPixels = middleOfPixels(expected);
    file = folder.resolve("mini.onnx");
    OnnxExport.write(
        bundle,
        torch,
        new ExportSettings(OnnxPrecision.FP32, false, Thresholds.chosen(threshold, ofPixels), 0.1),
        List.of(),
        file);
  }

  private static float middleOfPixels(List<Detection> detections) {
    float[] values = detections.get(0).map().toArray();
    Arrays.sort(values);
    return values[values.length / 2];
  }

  @AfterAll
  static void free() {
    torch.close();
    backbone.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void scoresAndMapsAreThoseOfLibtorch(int batch) {
    try (OnnxDetector onnx = OnnxDetector.open(file)) {
      for (int from = 0; from < IMAGES.size(); from += batch) {
        List<RgbImage> some = IMAGES.subList(from, from + batch);
        Agreement.requireSame(torch.detect(some), onnx.detect(some), FP32);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void verdictsAreThoseOfLibtorch(int batch) throws OrtException {
    List<RgbImage> resized = new ArrayList<>();
    int side = torch.imageSize();
    IMAGES.forEach(image -> resized.add(Resampler.resize(image, side, side)));
    Agreement.Positive positive = new Agreement.Positive(0, 0);
    try (RawSession session = new RawSession(file, Map.of())) {
      for (int from = 0; from < IMAGES.size(); from += batch) {
        positive =
            positive.plus(
                Agreement.requireVerdicts(
                    expected.subList(from, from + batch),
                    session.run(resized.subList(from, from + batch)),
                    threshold,
                    ofPixels));
      }
    }
    positive.requireSome(expected);
  }

  @Test
  void inEightBitsItScoresTheSameOnEveryProcessor() throws Exception {
    Path bytes = folder.resolve("mini-int8.onnx");
    ExportSettings settings = ExportSettings.of(OnnxPrecision.INT8);
    LayerErrors errors = OnnxExport.write(bundle, torch, settings, List.of(), bytes);
    int kept = errors.byLayer().size() - errors.floating().size();
    assertEquals(kept, ExactTwin.products(ExactTwin.read(bytes)).size());
    assertTrue(kept > errors.byLayer().size() / 2, () -> "in bytes: " + kept);
    ExactTwin.requireSame(bytes, IMAGES, torch.imageSize());
  }

  @Test
  void manyPredictionsLeaveMemoryFlat() {
    try (OnnxDetector onnx = OnnxDetector.open(file)) {
      predict(onnx, WARM_UP);
      ResidentMemory memory = ResidentMemory.now();
      for (int tenth = 0; tenth < 10; tenth++) {
        predict(onnx, PREDICTIONS / 10);
        // Seen early in a long run, not at its end.
        memory.requireGrowthBelow(32L << 20);
      }
    }
  }

  private static void predict(OnnxDetector onnx, int count) {
    for (int i = 0; i < count; i++) {
      onnx.detect(IMAGES.get(i % IMAGES.size()));
    }
  }
}
