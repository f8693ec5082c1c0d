package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxMetadata.Thresholds;
import io.github.anople.torch.ResidentMemory;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxExportTest {

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;
  private static TorchDetector torch;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    bundle = TinyTraining.train(backbone, TinyTraining.config(), folder);
    torch = TorchDetector.of(bundle, "washer", backbone);
    // The detector of anople-onnx's own tests is made here, where somebody asks for it.
    Optional.ofNullable(System.getProperty("anople.writeFixture"))
        .map(Path::of)
        .ifPresent(file -> write(ExportSettings.of(OnnxPrecision.INT8), file));
  }

  @AfterAll
  static void free() {
    torch.close();
    backbone.close();
  }

  private static LayerErrors write(ExportSettings settings, Path file) {
    return OnnxExport.write(bundle, torch, settings, List.of(), file);
  }

  private static ExportSettings int8(double error) {
    return new ExportSettings(OnnxPrecision.INT8, false, Thresholds.NONE, error);
  }

  @Test
  void theCostOfEightBitsIsMeasuredLayerByLayer() throws IOException {
    Path target = folder.resolve("measured.onnx");
    LayerErrors errors = write(int8(1), target);
    int products = 4 * backbone.clip().config().vision().layers() + 1; // the decoder's too
    assertEquals(products, errors.byLayer().size());
    assertTrue(errors.byLayer().containsKey("clip.vision.layer1.attention.qkv"));
    errors
        .byLayer()
        .forEach((name, error) -> assertTrue(error > 0 && error < 0.2, name + ": " + error));
    assertTrue(errors.floating().isEmpty());
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.toString().endsWith(".probe")), "left behind");
    }
  }

  @Test
  void layersThatLoseTooMuchStayInFloatingPoint() {
    Path all = folder.resolve("all.onnx");
    Path some = folder.resolve("some.onnx");
    Path none = folder.resolve("none.onnx");
    LayerErrors errors = write(int8(1), all);
    double middle =
        errors.byLayer().values().stream()
            .sorted()
            .skip(errors.byLayer().size() / 2)
            .findFirst()
            .orElseThrow();
    int floating = write(int8(middle), some).floating().size();
    assertTrue(floating > 0 && floating < errors.byLayer().size(), "floating: " + floating);
    assertEquals(errors.byLayer().size(), write(int8(0), none).floating().size());
    List<RgbImage> images = Stream.of(2, 4).map(OnnxExportTest::scratched).toList();
    assertTrue(difference(none, images) < difference(all, images));
    assertTrue(difference(none, images) <= 1e-3);
  }

  private static double difference(Path file, List<RgbImage> images) {
    try (OnnxDetector onnx = OnnxDetector.open(file)) {
      Verification verification = Verification.NONE.with(torch, onnx, images);
      assertEquals(images.size(), verification.images());
      return Math.max(verification.score(), verification.map());
    }
  }

  private static RgbImage scratched(int number) {
    return RgbImage.of(SyntheticParts.scratched(number));
  }

  @Test
  void withoutAGoldenImageEightBitsCannotBeMeasured() {
    DetectorBundle bare = bundle.withGoldenImage(Optional.empty());
    Path target = folder.resolve("bare.onnx");
    InputException refusal =
        assertThrows(
            InputException.class, () -> OnnxExport.write(bare, torch, int8(1), List.of(), target));
    assertTrue(refusal.getMessage().contains("golden image"), refusal::getMessage);
    OnnxExport.write(bare, torch, int8(1), List.of(scratched(1)), target);
    OnnxDetector.open(target).close();
  }

  @Test
  void manyPredictionsLeaveMemoryFlat() {
    Path file = folder.resolve("soak.onnx");
    write(ExportSettings.of(OnnxPrecision.FP32), file);
    RgbImage image = scratched(1);
    try (OnnxDetector onnx = OnnxDetector.open(file)) {
      for (int i = 0; i < 300; i++) {
        onnx.detect(image);
      }
      ResidentMemory memory = ResidentMemory.now();
      for (int i = 0; i < 2000; i++) {
        onnx.detect(image);
      }
      memory.requireGrowthBelow(32L << 20);
    }
  }
}
