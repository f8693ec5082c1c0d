package io.github.anople.torch.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.model.DetectorModels;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.MemoryFiller;
import io.github.anople.torch.train.ShotPatches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShotEstimateTest {

  @TempDir static Path folder;

  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;
  private static List<Path> shots;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    bundle = TinyTraining.train(backbone, TinyTraining.config(), folder);
    shots = List.of(folder.resolve("good_000.png"), folder.resolve("good_001.png"));
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  private static Calibration estimate(DetectorBundle of, List<Path> files) {
    return new ShotEstimate(backbone, new ImageReader(), 0.01).calibrate(of, "washer", files);
  }

  @Test
  void theSameShotsGiveTheSameThresholdsAndBytes() {
    Calibration first = estimate(bundle, shots);
    assertEquals(first, estimate(bundle, shots));
    assertEquals(Calibration.Kind.ESTIMATE, first.kind());
    assertEquals(2, first.images());
    DetectorBundle calibrated = bundle.withCalibration(Optional.of(first));
    Path file = folder.resolve("calibrated.anople");
    calibrated.write(file);
    assertEquals(Optional.of(first), DetectorBundle.read(file).calibration());
    // An estimate is of the detector, whatever it was calibrated to before.
    assertEquals(first, estimate(calibrated, shots));
  }

  @Test
  void aShotIsAGoodPart() {
    Calibration calibration = estimate(bundle, shots);
    try (TorchDetector detector = TorchDetector.of(bundle, "washer", backbone)) {
      for (Path shot : shots) {
        float score = detector.detect(new ImageReader().read(shot)).score();
        assertTrue(calibration.threshold().judge(score).ok(), shot + " scores " + score);
      }
    }
  }

  @Test
  void aDetectorWithoutMemoryCanBeCalibratedToo() {
    DetectorBundle without =
        TinyTraining.train(
            backbone,
            TinyTraining.config().with("memory.enabled", "false"),
            folder.resolve("plain"));
    List<Path> files =
        List.of(folder.resolve("plain/good_000.png"), folder.resolve("plain/good_001.png"));
    assertEquals(2, estimate(without, files).images());
  }

  /** Kept whole by its number, the memory comes from the pictures again and must be the same. */
  @Test
  void aCoresetOfAllPatchesGivesTheEstimateOfTheWholeMemory() {
    TrainingConfig config = TrainingConfig.parse(bundle.configuration(), "washer");
    DetectorBundle counted = configured(config.with("memory.coreset", "1e6").toJson());
    assertEquals(estimate(bundle, shots), estimate(counted, shots));
  }

  /** A shot of which next to nothing was kept leaves no more to the others than its absence. */
  @Test
  void aCoresetIsSelectedAnewWithoutTheShotThatIsLookedAt() {
    TrainingConfig config = TrainingConfig.parse(bundle.configuration(), "washer");
    DetectorBundle few = configured(config.with("memory.coreset", "0.1").toJson());
    FloatTensor two = few.memory().get(DetectorBundle.BACKBONE_MEMORY);
    FloatTensor rows =
        new FloatTensor(
            List.of(3L, two.shape().get(1)),
            Arrays.copyOf(two.values(), Math.toIntExact(3 * two.shape().get(1))));
    DetectorBundle odd =
        few.withMemory(Map.of(DetectorBundle.BACKBONE_MEMORY, rows), few.provenance());
    Calibration found = estimate(odd, shots);
    assertEquals(found, estimate(few, shots), "whatever rows the detector itself kept");
  }

  private static DetectorBundle configured(String configuration) {
    return new DetectorBundle(
            configuration, bundle.provenance(), bundle.learned(), bundle.encoders())
        .withMemory(bundle.memory(), bundle.provenance());
  }

  @Test
  void anotherNumberOfFilesThanShotsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> estimate(bundle, shots.subList(0, 1)));
  }

  @Test
  void aMemoryThatGrowsLosesItsThresholds() {
    DetectorBundle calibrated = bundle.withCalibration(Optional.of(estimate(bundle, shots)));
    Path further = SyntheticParts.write(folder.resolve("further.png"), SyntheticParts.good(9));
    DetectorBundle extended =
        MemoryFiller.extend(
            calibrated,
            "washer",
            backbone,
            "washer",
            List.of(further),
            new ImageReader(),
            Addition.Signature.NONE);
    assertTrue(extended.calibration().isEmpty());
  }

  @Test
  void eachShotIsLookedAtOnceByADetectorThatHasNotSeenIt() {
    List<LeaveOneOut> rounds = rounds(1, "a/1", "a/2", "b/1", "a/3", "b/2");
    assertEquals(List.of(List.of(0, 2), List.of(1, 4), List.of(3)), shots(rounds));
    assertEquals(List.of("1 3 4", "0 2 3", "0 1 2 4"), remembered(rounds));
  }

  @Test
  void copiesOfAShotAreLeftOutTogether() {
    List<LeaveOneOut> rounds = rounds(1, "a/1", "a/2", "a/1");
    assertEquals(List.of(List.of(0, 2), List.of(1)), shots(rounds));
    assertEquals(List.of("1", "0 2"), remembered(rounds));
  }

  @Test
  void theOnlyShotOfAClassStays() {
    List<LeaveOneOut> rounds = rounds(1, "a/1", "b/1", "b/2");
    assertEquals(List.of(List.of(0, 1), List.of(2)), shots(rounds));
    assertEquals(List.of("0 2", "0 1"), remembered(rounds));
    assertEquals(List.of(1L + 1, 1L), memory(rounds.get(0)).shape(), "all of a/1 and of b/2");
  }

  @Test
  void ofTheOnlyShotsMovedCopiesNoneStay() {
    List<LeaveOneOut> rounds = rounds(9, "a/1", "b/1", "b/2");
    float[] memory = memory(rounds.get(0)).values();
    assertEquals(1 + 9, memory.length, "one copy of a/1, all of b/2");
    assertEquals(4, memory[0]);
    assertEquals(List.of("0 2", "0 1"), remembered(rounds));
  }

  private static FloatTensor memory(LeaveOneOut round) {
    return round.detector().memory().get(DetectorBundle.BACKBONE_MEMORY);
  }

  private static List<List<Integer>> shots(List<LeaveOneOut> rounds) {
    return rounds.stream().map(LeaveOneOut::shots).toList();
  }

  /** The shots of which something is left in each round's memory: a row holds 100 shot + copy. */
  private static List<String> remembered(List<LeaveOneOut> rounds) {
    List<String> all = new ArrayList<>();
    for (LeaveOneOut round : rounds) {
      List<String> shots = new ArrayList<>();
      for (float value : memory(round).values()) {
        String shot = Integer.toString((int) value / 100);
        if (!shots.contains(shot)) {
          shots.add(shot);
        }
      }
      all.add(String.join(" ", shots));
    }
    return all;
  }

  /**
   * Rounds of shots that the memory saw in some copies, of which the middle one is not moved, with
   * a patch of width 1 each. Equal names are equal pictures.
   */
  private static List<LeaveOneOut> rounds(int copies, String... names) {
    List<Provenance.Shot> shots = new ArrayList<>();
    List<ShotPatches> patches = new ArrayList<>();
    for (String name : names) {
      List<ShotPatches.Copy> seen = new ArrayList<>();
      for (int copy = 0; copy < copies; copy++) {
        float[] patch = {100f * shots.size() + copy};
        seen.add(new ShotPatches.Copy(new FloatTensor(List.of(1L, 1L), patch), copy != copies / 2));
      }
      patches.add(new ShotPatches(Map.of(DetectorBundle.BACKBONE_MEMORY, seen)));
      String hash = "%064x".formatted(new SplittableRandom(name.hashCode()).nextLong());
      shots.add(new Provenance.Shot(name, hash));
    }
    Provenance of = bundle.provenance();
    Provenance provenance =
        new Provenance("1", of.backbone(), "d", List.of("a"), shots, 0, "fp32", of.platform());
    MemoryFiller filler = new MemoryFiller(new DetectorModels(backbone, TinyTraining.config()));
    DetectorBundle whole =
        new DetectorBundle("{}", provenance, Map.of(), Map.of())
            .withMemory(filler.kept(patches), provenance);
    return LeaveOneOut.rounds(whole, patches, filler::kept);
  }
}
