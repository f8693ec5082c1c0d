package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.app.export.ExportSettings;
import io.github.anople.app.export.OnnxExport;
import io.github.anople.app.export.OnnxPrecision;
import io.github.anople.app.mini.MiniBackbone;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.torch.ResidentMemory;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether memory stays as it is, however long a service runs. {@code -Danople.soak=20000
 * -Danople.soak.opens=500} asks for a long run, {@code -Danople.soak.backbone=mini} for the
 * backbone that comes with the program instead of a tiny one.
 */
class SoakTest {

  private static final int PICTURES = Integer.getInteger("anople.soak", 400);
  private static final int OPENS = Integer.getInteger("anople.soak.opens", 8);
  private static final boolean MINI = "mini".equals(System.getProperty("anople.soak.backbone"));
  private static final int STEPS = 20;
  private static final int THREADS = 4;
  private static final long ALLOWED = 48L << 20;

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;
  private static Path graph;

  @BeforeAll
  static void export() {
    backbone = backbone();
    bundle =
        TinyTraining.train(backbone, TinyTraining.config().with("optimizer.epochs", "1"), folder);
    graph = folder.resolve("parts.onnx");
    try (TorchDetector torch = TorchDetector.of(bundle, "test", backbone)) {
      OnnxExport.write(bundle, torch, ExportSettings.of(OnnxPrecision.FP32), List.of(), graph);
    }
  }

  private static LoadedBackbone backbone() {
    return MINI
        ? LoadedBackbone.open(
            OpenClipWeights.open(MiniBackbone.builtIn().unpack(folder.resolve("mini"))),
            Precision.FP32)
        : LoadedBackbone.open(Fixtures.golden("tiny_clip"), Precision.FP32);
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  @Test
  void manyPicturesOnFourThreadsLeaveMemoryFlat() throws Exception {
    List<RgbImage> images = images();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (TorchDetector torch = TorchDetector.of(bundle, "test", backbone);
        OnnxDetector onnx = OnnxDetector.open(graph)) {
      List<AnomalyDetector> detectors = List.of(torch, onnx);
      List<Float> expected = scores(detectors, images.get(0));
      run(threads, detectors, images, PICTURES / STEPS);
      ResidentMemory memory = ResidentMemory.now();
      for (int step = 1; step <= STEPS; step++) {
        run(threads, detectors, images, PICTURES / STEPS);
        print(step * (PICTURES / STEPS) + " pictures", memory);
      }
      assertEquals(expected, scores(detectors, images.get(0)));
      memory.requireGrowthBelow(ALLOWED);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void openingAndClosingLeavesMemoryFlat() {
    RgbImage image = images().get(0);
    int warmUp = Math.max(2, OPENS / STEPS);
    for (int i = 0; i < warmUp; i++) {
      openAndClose(image);
    }
    ResidentMemory memory = ResidentMemory.now();
    for (int i = 1; i <= OPENS; i++) {
      openAndClose(image);
      if (i % warmUp == 0) {
        print(i + " times opened and closed", memory);
      }
    }
    memory.requireGrowthBelow(ALLOWED);
  }

  private static void openAndClose(RgbImage image) {
    try (LoadedBackbone own = backbone();
        TorchDetector torch = TorchDetector.of(bundle, "test", own);
        OnnxDetector onnx = OnnxDetector.open(graph)) {
      scores(List.of(torch, onnx), image);
    }
  }

  private static void run(
      ExecutorService threads, List<AnomalyDetector> detectors, List<RgbImage> images, int count)
      throws Exception {
    List<Future<?>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RgbImage image = images.get(i % images.size());
      all.add(threads.submit(() -> scores(detectors, image)));
    }
    for (Future<?> one : all) {
      one.get();
    }
  }

  private static List<Float> scores(List<AnomalyDetector> detectors, RgbImage image) {
    return detectors.stream().map(detector -> detector.detect(image).score()).toList();
  }

  /** Of different sizes, as a service with several cameras gets them. */
  private static List<RgbImage> images() {
    List<RgbImage> images = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      images.add(
          Resampler.resize(RgbImage.of(SyntheticParts.scratched(i)), 160 + 37 * i, 300 - 23 * i));
    }
    return images;
  }

  private static void print(String after, ResidentMemory memory) {
    System.out.println(after + ": " + (memory.growth() >> 10) + " kB more");
  }
}
