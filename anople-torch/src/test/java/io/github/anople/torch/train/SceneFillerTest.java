package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.SceneMemory;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.SceneLimits;
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The scene check from training to verdict, on the tiny backbone. */
class SceneFillerTest {

  @TempDir static Path shared;

  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    bundle = TinyTraining.train(backbone, config(Map.of()), shared);
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  private static TrainingConfig config(Map<String, String> more) {
    return TinyTraining.config()
        .with(Map.of("scene.enabled", "true", "optimizer.epochs", "1"))
        .with(more);
  }

  private static RgbImage black() {
    return RgbImage.of(50, 40, new byte[3 * 50 * 40]);
  }

  private static RgbImage part(int number) {
    return RgbImage.of(SyntheticParts.good(number));
  }

  @Test
  void aBlackPictureIsNotTheProductAndAGoodPartIs() {
    SceneLimits limits = bundle.scene().orElseThrow().limits();
    try (AnomalyDetector detector = TorchDetector.of(bundle, "washer", backbone)) {
      List<Detection> found = detector.detect(List.of(black(), part(7), part(8)));
      assertTrue(!limits.faults(found.get(0).scene().orElseThrow()).isEmpty());
      assertEquals(List.of(), limits.faults(found.get(1).scene().orElseThrow()));
      assertEquals(List.of(), limits.faults(found.get(2).scene().orElseThrow()));
    }
  }

  @Test
  void theScoreDoesNotDependOnTheCheck() {
    DetectorBundle without =
        TinyTraining.train(backbone, config(Map.of("scene.enabled", "false")), shared);
    assertTrue(without.scene().isEmpty() && without.encoders().isEmpty());
    try (AnomalyDetector one = TorchDetector.of(bundle, "washer", backbone);
        AnomalyDetector other = TorchDetector.of(without, "washer", backbone)) {
      Detection plain = other.detect(part(9));
      Detection checked = one.detect(part(9));
      assertEquals(plain.score(), checked.score());
      assertEquals(plain.map(), checked.map());
      assertTrue(plain.scene().isEmpty());
    }
  }

  @Test
  void equalTrainingsWriteEqualBytesAndAFileDecidesAsTheTrainingDid() {
    Path file = folder.resolve("washer.anople");
    bundle.write(file);
    DetectorBundle read = DetectorBundle.read(file);
    assertArrayEquals(
        bundle.scene().orElseThrow().patches().values(),
        read.scene().orElseThrow().patches().values());
    DetectorBundle again = TinyTraining.train(backbone, config(Map.of()), shared);
    assertEquals(again.scene().orElseThrow().limits(), read.scene().orElseThrow().limits());
    try (AnomalyDetector one = TorchDetector.of(bundle, "washer", backbone);
        AnomalyDetector other = TorchDetector.of(read, "washer", backbone)) {
      assertEquals(one.detect(part(9)).scene(), other.detect(part(9)).scene());
    }
  }

  @ParameterizedTest
  @CsvSource({"none, 2", "turns, 8", "all, 16"})
  void itRemembersTheViewsThatTheMemoryKeeps(String views, long expected) {
    SceneMemory scene =
        TinyTraining.train(backbone, config(Map.of("memory.views", views)), shared)
            .scene()
            .orElseThrow();
    assertEquals(expected, scene.patches().shape().get(0));
    assertEquals(2, scene.statistics().shape().get(0));
  }

  @Test
  void withoutMemoryItIsThereAllTheSame() {
    DetectorBundle without =
        TinyTraining.train(backbone, config(Map.of("memory.enabled", "false")), shared);
    assertEquals(2, without.scene().orElseThrow().patches().shape().get(0));
    try (AnomalyDetector detector = TorchDetector.of(without, "washer", backbone)) {
      assertTrue(detector.detect(black()).scene().isPresent());
    }
  }

  @Test
  void theEstimateKeepsTheLimitsOfTheShots() {
    List<Path> shots = SyntheticParts.writeGood(shared, 2);
    Calibration estimate =
        new ShotEstimate(backbone, new ImageReader(), 0.05).calibrate(bundle, "washer", shots);
    assertEquals(bundle.scene().map(SceneMemory::limits), estimate.scene());
  }

  @Test
  void furtherPicturesJoinWhatItRemembers() {
    List<Path> more =
        List.of(SyntheticParts.write(folder.resolve("more.png"), SyntheticParts.good(5)));
    DetectorBundle extended =
        MemoryFiller.extend(
            bundle, "washer", backbone, "washer", more, new ImageReader(), Addition.Signature.NONE);
    SceneMemory before = bundle.scene().orElseThrow();
    SceneMemory after = extended.scene().orElseThrow();
    assertEquals(3, after.patches().shape().get(0));
    assertEquals(3, after.statistics().shape().get(0));
    float[] old = before.patches().values();
    assertArrayEquals(old, Arrays.copyOf(after.patches().values(), old.length));
    try (AnomalyDetector detector = TorchDetector.of(extended, "washer", backbone)) {
      assertTrue(!after.limits().faults(detector.detect(black()).scene().orElseThrow()).isEmpty());
    }
  }

  @Test
  void aCheckThatDoesNotFitTheDetectorIsRefused() {
    SceneMemory scene = bundle.scene().orElseThrow();
    long width = scene.patches().shape().get(2);
    refused(Optional.empty());
    refused(
        Optional.of(
            new SceneMemory(
                new FloatTensor(List.of(1L, 1L, width), new float[(int) width]),
                scene.statistics(),
                scene.limits())));
    refused(
        Optional.of(
            new SceneMemory(
                scene.patches(), new FloatTensor(List.of(1L, 1L), new float[1]), scene.limits())));
    DetectorBundle without =
        new DetectorBundle(bundle.configuration(), bundle.provenance(), bundle.learned(), Map.of());
    refused(without.withMemory(bundle.memory(), bundle.provenance()).withScene(bundle.scene()));
  }

  private static void refused(Optional<SceneMemory> scene) {
    refused(bundle.withScene(scene));
  }

  private static void refused(DetectorBundle damaged) {
    InputException fault =
        assertThrows(InputException.class, () -> TorchDetector.of(damaged, "x.anople", backbone));
    assertTrue(fault.getMessage().contains("damaged: train it again"), fault.getMessage());
  }
}
