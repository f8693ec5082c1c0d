package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.PolygonArea;
import io.github.anople.core.region.Region;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A detector with a region in libtorch and as a graph. */
class RegionGraphTest {

  private static final double PARITY = 1e-4;

  /** A triangle, so that borders cut patches in every way. */
  private static final Region TRIANGLE =
      Region.ignoring(
          new PolygonArea(
              List.of(List.of(List.of(0.3, 0.05), List.of(0.97, 0.6), List.of(0.2, 0.8)))));

  @TempDir static Path shared;

  private static LoadedBackbone backbone;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  private static DetectorBundle train(Map<String, String> more) {
    TrainingConfig config =
        TinyTraining.config()
            .with(Map.of("optimizer.epochs", "1", "memory.views", "turns"))
            .with(more);
    return new Trainer(
            config,
            AnomalySource.ofItself(),
            new ImageReader(),
            TrainingListener.SILENT,
            Optional.of(TRIANGLE))
        .train(backbone, "parts", List.of(TinyTraining.washers(shared, 1)), TrainingFiles.NONE);
  }

  private static RgbImage defaced(RgbImage image) {
    byte[] samples = image.pixels();
    boolean[] counted = TRIANGLE.counted(image.height(), image.width());
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = counted[i / 3] ? samples[i] : (byte) random.nextInt(256);
    }
    return RgbImage.of(image.width(), image.height(), samples);
  }

  @ParameterizedTest
  @CsvSource({
    "clip, 1, max, harmonic, true, false, false",
    "clip, 3, top1, geometric, true, false, false",
    "clip+trunk, 1, top1, geometric, true, true, false",
    "clip+trunk, 2, max, geometric, true, false, true",
    "clip, 1, max, harmonic, false, false, false"
  })
  void theGraphSaysWhatLibtorchSays(
      String encoder,
      String shifts,
      String score,
      String fusion,
      boolean memory,
      boolean scene,
      boolean withResize) {
    DetectorBundle bundle =
        train(
            Map.of(
                "memory.enabled", Boolean.toString(memory),
                "memory.encoder", encoder,
                "detection.shifts", shifts,
                "detection.image_score", score,
                "detection.fusion", fusion,
                "scene.enabled", Boolean.toString(scene)));
    Path file = folder.resolve("washer.onnx");
    ExportSettings settings =
        new ExportSettings(
            OnnxPrecision.FP32,
            withResize,
            OnnxMetadata.Thresholds.NONE,
            ExportSettings.INT8_ERROR);
    List<RgbImage> images = Agreement.images(3);
    List<RgbImage> others = images.stream().map(RegionGraphTest::defaced).toList();
    try (TorchDetector torch = TorchDetector.of(bundle, "washer", backbone)) {
      OnnxExport.write(bundle, torch, settings, List.of(), file);
      try (OnnxDetector onnx = OnnxDetector.open(file)) {
        assertEquals(Optional.of(TRIANGLE), onnx.region());
        List<Detection> expected = torch.detect(images);
        List<Detection> actual = onnx.detect(images);
        // A graph that resizes does so in floating point.
        Agreement.requireSame(expected, actual, withResize ? 0.02 : PARITY);
        assertEquals(expected, torch.detect(others));
        assertEquals(actual, onnx.detect(others));
        requireNothingWhereIgnored(actual);
      }
    }
  }

  private static void requireNothingWhereIgnored(List<Detection> found) {
    for (Detection one : found) {
      boolean[] counted = TRIANGLE.counted(one.map().height(), one.map().width());
      float[] map = one.map().toArray();
      for (int i = 0; i < map.length; i++) {
        assertEquals(counted[i], map[i] > 0, "pixel " + i);
      }
    }
    List<Float> scores = new ArrayList<>(found.stream().map(Detection::score).toList());
    assertTrue(scores.stream().distinct().count() > 1, "scores that differ where it counts");
  }
}
