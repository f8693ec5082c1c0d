package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.data.ShotSelection;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnrolmentTest {

  private static final TrainingConfig CONFIG =
      TinyTraining.config().with("optimizer.epochs", "2").with("memory.enabled", "false");

  @TempDir static Path shared;

  private static LoadedBackbone backbone;
  private static List<TrainingClass> washers;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    backbone = TinyTraining.backbone();
    washers = List.of(TinyTraining.washers(shared.resolve("shots"), 2));
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  private Enrolment.Target target(String name, TrainingFiles.Resume resume) {
    return new Enrolment.Target(
        folder.resolve(name + ".anople"), folder.resolve(name + ".csv"), resume, true);
  }

  private static DetectorBundle write(
      TrainingConfig config, TrainingListener listener, Enrolment.Target target) {
    return new Enrolment(config, OptionalDouble.empty(), listener)
        .write(backbone, "parts", washers, target);
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void anAnomalousShotIsRefusedByName() {
    Path bad = folder.resolve("bad/scratch/part_7.png");
    SyntheticParts.write(bad, SyntheticParts.scratched(7));
    Path good = folder.resolve("good/part_1.png");
    SyntheticParts.write(good, SyntheticParts.good(1));
    InspectionDataset dataset =
        new FolderLayout(
                "washer",
                List.of(good.getParent()),
                List.of(),
                List.of(bad.getParent()),
                Optional.empty())
            .read();
    ShotSelection careless = InspectionDataset::test;
    InputException refusal =
        assertThrows(InputException.class, () -> Enrolment.products(dataset, careless));
    assertTrue(refusal.getMessage().contains("part_7.png"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("good parts only"), refusal::getMessage);
  }

  @Test
  void everyProductHasItsOwnShots() {
    List<Path> parts = SyntheticParts.writeGood(folder.resolve("parts"), 4);
    InspectionDataset dataset =
        new InspectionDataset(
            "line", List.of(category("nut", parts, 0), category("bolt", parts, 2)));
    assertEquals(
        List.of(
            new TrainingClass("nut", parts.subList(0, 2)),
            new TrainingClass("bolt", parts.subList(2, 4))),
        Enrolment.products(dataset, ShotSelection.all()));
  }

  private static InspectionDataset.Category category(String name, List<Path> parts, int from) {
    List<Sample> train = FolderLayout.ofNormal(name, parts.subList(from, from + 2)).read().train();
    return new InspectionDataset.Category(name, train, List.of());
  }

  @Test
  void anEnrolmentEndsWithADetectorItsThresholdsAndItsLog() throws IOException {
    Enrolment.Target target = target("washer", TrainingFiles.Resume.OWN);
    DetectorBundle bundle =
        new Enrolment(CONFIG, OptionalDouble.of(0.02), TrainingListener.SILENT)
            .write(backbone, "parts", washers, target);
    assertEquals(List.of("washer.anople", "washer.csv"), files());
    DetectorBundle read = DetectorBundle.read(target.detector());
    Calibration calibration = read.calibration().orElseThrow();
    assertEquals(Calibration.Kind.ESTIMATE, calibration.kind());
    assertEquals(0.02, calibration.targetFalseAlarm());
    assertEquals(bundle.calibration(), read.calibration());
    assertEquals(bundle.provenance(), read.provenance());
    assertTrue(read.goldenImage().isPresent());
  }

  @Test
  void theGoldenImageCanBeLeftOut() {
    Enrolment.Target target =
        new Enrolment.Target(
            folder.resolve("bare.anople"),
            folder.resolve("bare.csv"),
            TrainingFiles.Resume.NEVER,
            false);
    write(CONFIG, TrainingListener.SILENT, target);
    assertTrue(DetectorBundle.read(target.detector()).goldenImage().isEmpty());
  }

  @Test
  void aCancelledEnrolmentContinuesAndEndsWithTheSameBytes() throws IOException {
    Enrolment.Target whole = target("whole", TrainingFiles.Resume.NEVER);
    write(CONFIG, TrainingListener.SILENT, whole);
    Enrolment.Target target = target("washer", TrainingFiles.Resume.OWN);
    assertThrows(
        CancellationException.class, () -> write(CONFIG, new CancelledAfterAnEpoch(), target));
    assertTrue(Files.exists(target.checkpoint()));
    assertTrue(Files.notExists(target.detector()));
    Heard heard = new Heard();
    write(CONFIG, heard, target);
    assertEquals(List.of(1), heard.epochsDone);
    assertEquals(List.of(), heard.replaced);
    assertEquals(-1, Files.mismatch(whole.detector(), target.detector()));
    assertTrue(Files.notExists(target.checkpoint()));
  }

  @Test
  void theStateOfAnotherEnrolmentIsReplaced() throws IOException {
    TrainingConfig other = CONFIG.with("seed", "12");
    Enrolment.Target whole = target("whole", TrainingFiles.Resume.NEVER);
    write(other, TrainingListener.SILENT, whole);
    Enrolment.Target target = target("washer", TrainingFiles.Resume.OWN);
    assertThrows(
        CancellationException.class, () -> write(CONFIG, new CancelledAfterAnEpoch(), target));
    Heard heard = new Heard();
    write(other, heard, target);
    assertEquals(List.of(0), heard.epochsDone);
    assertEquals(List.of(target.checkpoint()), heard.replaced);
    assertEquals(-1, Files.mismatch(whole.detector(), target.detector()));
  }

  @Test
  void aShareThatNobodyCanAimAtIsRefusedBeforeTheTraining() {
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> new Enrolment(CONFIG, OptionalDouble.of(0.9), TrainingListener.SILENT));
    assertTrue(refusal.getMessage().contains("0.9 is out of range"), refusal::getMessage);
  }

  @Test
  void aTargetThatCannotBeWrittenIsRefusedBeforeTheTraining() throws IOException {
    Path detector = Files.createDirectory(folder.resolve("washer.anople"));
    Enrolment.Target target = target("washer", TrainingFiles.Resume.OWN);
    Heard heard = new Heard();
    InputException refusal = assertThrows(InputException.class, () -> write(CONFIG, heard, target));
    assertTrue(refusal.getMessage().contains(detector.toString()), refusal::getMessage);
    assertEquals(List.of(), heard.epochsDone);
  }

  /** Somebody who has seen enough after one epoch. */
  private static final class CancelledAfterAnEpoch implements TrainingListener {

    private boolean cancelled;

    @Override
    public void epochDone(int epoch, double meanLoss) {
      cancelled = true;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }

  private static final class Heard implements TrainingListener {

    private final List<Integer> epochsDone = new ArrayList<>();
    private final List<Path> replaced = new ArrayList<>();

    @Override
    public void started(int epochs, int stepsPerEpoch, int epochsAlreadyDone) {
      epochsDone.add(epochsAlreadyDone);
    }

    @Override
    public void replaced(Path checkpoint) {
      replaced.add(checkpoint);
    }
  }
}
