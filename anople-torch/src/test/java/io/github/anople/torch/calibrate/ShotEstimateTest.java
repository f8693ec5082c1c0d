package io.github.anople.torch.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.MemoryFiller;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShotEstimateTest {

  @TempDir static Path folder;

  private static final int PATCH = 16;
  private static final GridShifts ONE_PLACE = new GridShifts(1, PATCH);

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
    FloatTensor two = few.memory().orElseThrow();
    DetectorBundle odd =
        few.withMemory(
            new FloatTensor(
                List.of(3L, two.shape().get(1)),
                Arrays.copyOf(two.values(), Math.toIntExact(3 * two.shape().get(1)))),
            few.provenance());
    Calibration found = estimate(odd, shots);
    assertEquals(found, estimate(few, shots), "whatever rows the detector itself kept");
  }

  private static DetectorBundle configured(String configuration) {
    return new DetectorBundle(
        configuration, bundle.provenance(), bundle.learned(), bundle.memory(), Optional.empty());
  }

  @Test
  void anotherNumberOfFilesThanShotsIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> estimate(bundle, shots.subList(0, 1)));
  }

  @Test
  void aMemoryThatGrowsLosesItsThresholds() {
    DetectorBundle calibrated = bundle.withCalibration(Optional.of(estimate(bundle, shots)));
    DetectorBundle extended =
        MemoryFiller.extend(
            calibrated, "washer", backbone, "washer", List.of(shots.get(0)), new ImageReader());
    assertTrue(extended.calibration().isEmpty());
  }

  @Test
  void eachShotIsLookedAtOnceByADetectorThatHasNotSeenIt() {
    DetectorBundle many = bundle("a/1", "a/2", "b/1", "a/3", "b/2");
    List<LeaveOneOut> rounds =
        LeaveOneOut.rounds(many, "many", ONE_PLACE, UnaryOperator.identity());
    assertEquals(List.of(List.of(0, 2), List.of(1, 4), List.of(3)), shots(rounds));
    assertEquals(List.of("1 3 4", "0 2 3", "0 1 2 4"), remembered(rounds));
  }

  @Test
  void copiesOfAShotAreLeftOutTogether() {
    List<LeaveOneOut> rounds =
        LeaveOneOut.rounds(
            bundle("a/1", "a/2", "a/1"), "copies", ONE_PLACE, UnaryOperator.identity());
    assertEquals(List.of(List.of(0, 2), List.of(1)), shots(rounds));
    assertEquals(List.of("1", "0 2"), remembered(rounds));
  }

  @Test
  void theOnlyShotOfAClassStays() {
    List<LeaveOneOut> rounds =
        LeaveOneOut.rounds(
            bundle("a/1", "b/1", "b/2"), "lone", ONE_PLACE, UnaryOperator.identity());
    assertEquals(List.of(List.of(0, 1), List.of(2)), shots(rounds));
    assertEquals(List.of("0 2", "0 1"), remembered(rounds));
    FloatTensor memory = rounds.get(0).detector().memory().orElseThrow();
    assertEquals(List.of(9L + 9, 1L), memory.shape(), "all patches of a/1 and of b/2");
  }

  /** Nine patches a shot as nine copies of one patch: the fifth is the shot as it is. */
  @Test
  void ofTheOnlyShotsMovedCopiesNoneStay() {
    List<LeaveOneOut> rounds =
        LeaveOneOut.rounds(
            bundle("a/1", "b/1", "b/2"),
            "lone",
            new GridShifts(3, PATCH),
            UnaryOperator.identity());
    float[] memory = rounds.get(0).detector().memory().orElseThrow().values();
    assertEquals(1 + 9, memory.length, "one patch of a/1, all of b/2");
    assertEquals(4, memory[0]);
    assertEquals(List.of("0 2", "0 1"), remembered(rounds));
  }

  @Test
  void aMemoryThatIsNotItsShotsIsRefused() {
    DetectorBundle broken =
        bundle("a/1", "a/2")
            .withMemory(
                new FloatTensor(List.of(7L, 1L), new float[7]), bundle("a/1", "a/2").provenance());
    assertThrows(
        InputException.class,
        () -> LeaveOneOut.rounds(broken, "broken", ONE_PLACE, UnaryOperator.identity()));
  }

  private static List<List<Integer>> shots(List<LeaveOneOut> rounds) {
    return rounds.stream().map(LeaveOneOut::shots).toList();
  }

  /** The shots of which something is left in each round's memory: a row holds 100 shot + patch. */
  private static List<String> remembered(List<LeaveOneOut> rounds) {
    List<String> all = new ArrayList<>();
    for (LeaveOneOut round : rounds) {
      List<String> shots = new ArrayList<>();
      for (float value : round.detector().memory().orElseThrow().values()) {
        String shot = Integer.toString((int) value / 100);
        if (!shots.contains(shot)) {
          shots.add(shot);
        }
      }
      all.add(String.join(" ", shots));
    }
    return all;
  }

  /** A bundle with 9 patches of width 1 a shot; equal names are equal pictures. */
  private static DetectorBundle bundle(String... names) {
    List<Provenance.Shot> shots = new ArrayList<>();
    List<Float> rows = new ArrayList<>();
    for (String name : names) {
      for (int patch = 0; patch < 9; patch++) {
        rows.add(100f * shots.size() + patch);
      }
      String hash = "%064x".formatted(new SplittableRandom(name.hashCode()).nextLong());
      shots.add(new Provenance.Shot(name, hash));
    }
    float[] values = new float[rows.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = rows.get(i);
    }
    Provenance of = ShotEstimateTest.bundle.provenance();
    return new DetectorBundle(
        "{}",
        new Provenance("1", of.backbone(), "d", List.of("a"), shots, 0, "fp32", of.platform()),
        new LinkedHashMap<>(),
        Optional.of(new FloatTensor(List.of((long) values.length, 1L), values)),
        Optional.empty());
  }
}
