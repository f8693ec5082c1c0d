package io.github.anople.app.export;

import io.github.anople.core.Fixtures;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.image.RgbImage;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.StemBackbone;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.DinoCheckpoint;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.SharedDinos;
import io.github.anople.torch.prompt.Interaction;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exported graph computes what libtorch computes. */
class OnnxParityTest {

  private static final double FP32 = 1e-4;

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    bundle = TinyTraining.train(backbone, TinyTraining.config(), folder);
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void scoresAndMapsAreThoseOfLibtorch(int batch) {
    requireParity(bundle, batch, OnnxPrecision.FP32, FP32);
  }

  @ParameterizedTest
  @EnumSource(Interaction.class)
  void soTheyAreInEveryModeOfInteraction(Interaction mode) {
    TrainingConfig config =
        TinyTraining.config().with("prompts.interaction", mode.id()).with("optimizer.epochs", "1");
    requireParity(
        TinyTraining.train(backbone, config, folder.resolve(mode.name())),
        2,
        OnnxPrecision.FP32,
        FP32);
  }

  @Test
  void soTheyAreWithoutMemory() {
    DetectorBundle without =
        TinyTraining.train(
            backbone,
            TinyTraining.config().with("memory.enabled", "false").with("optimizer.epochs", "1"),
            folder.resolve("without"));
    requireParity(without, 2, OnnxPrecision.FP32, FP32);
  }

  @Test
  void soTheyAreWithAMemoryOfAFewPatches() {
    DetectorBundle few =
        TinyTraining.train(
            backbone,
            TinyTraining.config().with("memory.coreset", "5").with("optimizer.epochs", "1"),
            folder.resolve("few"));
    requireParity(few, 2, OnnxPrecision.FP32, FP32);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void soTheyAreWhereAnImageIsLookedAtInSeveralPlacesOfTheGrid(boolean memory) {
    DetectorBundle several =
        TinyTraining.train(
            backbone,
            TinyTraining.config()
                .with("detection.shifts", "2")
                .with("memory.enabled", String.valueOf(memory))
                .with("optimizer.epochs", "1"),
            folder.resolve("several-" + memory));
    requireParity(several, 3, OnnxPrecision.FP32, FP32);
    requireParity(several, 1, OnnxPrecision.INT8, 0.02);
  }

  @ParameterizedTest
  @CsvSource({
    "trunk, , none, 1, max, harmonic",
    "clip+trunk, , all, 1, top1, geometric",
    "trunk+clip, '0.3,1', auto, 2, max, geometric",
    "clip, , turns, 1, top1, harmonic"
  })
  void soTheyAreWhateverTheMemorySeesWith(
      String encoder, String weights, String views, String shifts, String score, String fusion) {
    TrainingConfig config =
        TinyTraining.config()
            .with(
                Map.of(
                    "memory.encoder", encoder,
                    "memory.encoder_weights", weights == null ? "[]" : weights,
                    "memory.views", views,
                    "detection.shifts", shifts,
                    "detection.image_score", score,
                    "detection.fusion", fusion,
                    "optimizer.epochs", "1"));
    DetectorBundle seeing = TinyTraining.train(backbone, config, folder.resolve(encoder + views));
    seeing.write(folder.resolve("seeing.anople"));
    DetectorBundle read = DetectorBundle.read(folder.resolve("seeing.anople"));
    requireParity(read, 3, OnnxPrecision.FP32, FP32);
    requireParity(read, 3, OnnxPrecision.FP16, 1e-3);
    requireParity(read, 1, OnnxPrecision.INT8, 0.02);
  }

  /** A tiny DINOv2 under the name of the small, larger, smaller and as large as the backbone. */
  @ParameterizedTest
  @CsvSource({
    "hub/registers.pth, dinov2-small, 98, 1",
    "hf/plain/model.safetensors, clip+dinov2-small+trunk, 42, 2",
    "hub/swiglu.pth, dinov2-small+clip, 70, 1"
  })
  @SuppressWarnings("try") // The encoders are closed at the end.
  void soTheyAreWithADinoAtItsOwnImageSize(
      String weights, String encoder, String size, String shifts) {
    Path file = Fixtures.golden("dinov2/" + weights);
    TrainingConfig config =
        TinyTraining.config()
            .with(
                Map.of(
                    "memory.encoder", encoder,
                    "dinov2.image_size", size,
                    "dinov2.layers", "3,2",
                    "detection.shifts", shifts,
                    "optimizer.epochs", "1"));
    LoadedBackbone seeing =
        backbone.withDinos(name -> DinoCheckpoint.open(file, OptionalInt.empty()));
    try (SharedDinos dinos = seeing.dinos()) {
      DetectorBundle trained = TinyTraining.train(seeing, config, folder.resolve("dino" + size));
      requireParity(seeing, trained, 3, OnnxPrecision.FP32, FP32);
      requireParity(seeing, trained, 3, OnnxPrecision.FP16, 1e-3);
      requireParity(seeing, trained, 2, OnnxPrecision.INT8, 0.02);
      requireSameOfTheResizingGraph(seeing, trained);
    }
  }

  /** It is given the picture as it is, one at a time; its resizing rounds otherwise by a level. */
  private static void requireSameOfTheResizingGraph(LoadedBackbone on, DetectorBundle of) {
    List<RgbImage> images = Agreement.images(2);
    Path file = folder.resolve("resizing.onnx");
    ExportSettings settings =
        new ExportSettings(
            OnnxPrecision.FP32, true, OnnxMetadata.Thresholds.NONE, ExportSettings.INT8_ERROR);
    try (TorchDetector torch = TorchDetector.of(of, "washer", on)) {
      OnnxExport.write(of, torch, settings, List.of(), file);
      try (AnomalyDetector onnx = OnnxDetector.open(file)) {
        Agreement.requireSame(torch.detect(images), onnx.detect(images), 5e-3);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3})
  void soTheyAreOnABackboneWithAStem(int layer) {
    Path stem = StemBackbone.write(folder.resolve("stem" + layer), layer, 0.3);
    TrainingConfig config = TinyTraining.config().with("optimizer.epochs", "1");
    try (LoadedBackbone seeing = LoadedBackbone.open(stem, Precision.FP32)) {
      DetectorBundle of = TinyTraining.train(seeing, config, folder.resolve("on-stem" + layer));
      requireParity(seeing, of, 3, OnnxPrecision.FP32, FP32);
      requireParity(seeing, of, 3, OnnxPrecision.FP16, 1e-3);
      requireParity(seeing, of, 1, OnnxPrecision.INT8, 0.02);
    }
  }

  @Test
  void halfTheFileCostsNextToNothing() {
    requireParity(bundle, 8, OnnxPrecision.FP16, 1e-3);
  }

  @Test
  void eightBitsCostLittle() {
    requireParity(bundle, 8, OnnxPrecision.INT8, 0.02);
  }

  private static void requireParity(
      DetectorBundle of, int batch, OnnxPrecision precision, double allowed) {
    requireParity(backbone, of, batch, precision, allowed);
  }

  private static void requireParity(
      LoadedBackbone backbone,
      DetectorBundle of,
      int batch,
      OnnxPrecision precision,
      double allowed) {
    List<RgbImage> images = Agreement.images(batch);
    Path file = folder.resolve(precision.id() + ".onnx");
    try (TorchDetector torch = TorchDetector.of(of, "washer", backbone)) {
      OnnxExport.write(of, torch, ExportSettings.of(precision), List.of(), file);
      try (AnomalyDetector onnx = OnnxDetector.open(file)) {
        Agreement.requireSame(torch.detect(images), onnx.detect(images), allowed);
      }
    }
  }
}
