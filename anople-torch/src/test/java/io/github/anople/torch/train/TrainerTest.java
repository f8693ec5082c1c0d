package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.prompt.Interaction;
import io.github.anople.torch.synth.AnomalySource;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TrainerTest {

  private static LoadedBackbone backbone;

  @TempDir Path folder;

  @BeforeAll
  static void load() {
    backbone = TinyTraining.backbone();
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  @Test
  void lossesFall() {
    List<Double> epochs = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void epochDone(int epoch, double meanLoss) {
            epochs.add(meanLoss);
          }
        };
    trainer(TinyTraining.config().epochs(24).build(), listener)
        .train(backbone, "parts", washers(), TrainingFiles.NONE);
    double first = mean(epochs.subList(0, 5));
    double last = mean(epochs.subList(19, 24));
    assertTrue(last < 0.9 * first, () -> "from " + first + " to " + last);
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  @Test
  void theSameSeedGivesTheSameBytesAndAnotherSeedOthers() throws IOException {
    byte[] first = bytes(TinyTraining.config().build());
    assertArrayEquals(first, bytes(TinyTraining.config().build()));
    assertFalse(Arrays.equals(first, bytes(TinyTraining.config().seed(12).build())));
  }

  private byte[] bytes(TrainingConfig config) throws IOException {
    return written(new Trainer(config).train(backbone, "parts", washers(), TrainingFiles.NONE));
  }

  private byte[] written(DetectorBundle bundle) throws IOException {
    Path file = folder.resolve("detector.anople");
    bundle.write(file);
    return Files.readAllBytes(file);
  }

  @Test
  void aTrainingThatIsKilledAndResumedEndsWithTheSameBytes() throws IOException {
    TrainingConfig config = TinyTraining.config().build();
    Path wholeLog = folder.resolve("whole.csv");
    byte[] whole =
        written(
            trainer(config, TrainingListener.SILENT)
                .train(backbone, "parts", washers(), files(wholeLog, "whole", false)));
    for (int killedIn = 1; killedIn <= config.epochs(); killedIn += 2) {
      Path log = folder.resolve("killed" + killedIn + ".csv");
      String checkpoint = "killed" + killedIn;
      kill(config, killedIn, files(log, checkpoint, false));
      byte[] resumed =
          written(
              trainer(config, TrainingListener.SILENT)
                  .train(backbone, "parts", washers(), files(log, checkpoint, true)));
      assertArrayEquals(whole, resumed, "killed in epoch " + killedIn);
      assertEquals(Files.readString(wholeLog), Files.readString(log));
    }
  }

  /** Dies in the first step of an epoch, as a signal would have it. */
  private void kill(TrainingConfig config, int epoch, TrainingFiles files) {
    TrainingListener killer =
        new TrainingListener() {
          @Override
          public void stepDone(StepEvent step) {
            if (step.epoch() == epoch) {
              throw new IllegalStateException("killed");
            }
          }
        };
    assertThrows(
        IllegalStateException.class,
        () -> trainer(config, killer).train(backbone, "parts", washers(), files));
  }

  @Test
  void anotherTrainingsCheckpointIsRefused() {
    kill(TinyTraining.config().build(), 3, files(folder.resolve("log.csv"), "state", false));
    InputException refusal =
        assertThrows(
            InputException.class,
            () ->
                new Trainer(TinyTraining.config().seed(99).build())
                    .train(
                        backbone,
                        "parts",
                        washers(),
                        files(folder.resolve("log.csv"), "state", true)));
    assertTrue(refusal.getMessage().contains("another training"), refusal::getMessage);
  }

  @Test
  void aLossThatIsNoNumberStopsTheTrainingAndKeepsTheLastGoodState() throws IOException {
    TrainingConfig config = TinyTraining.config().build();
    byte[] whole = bytes(config);
    AtomicInteger drawn = new AtomicInteger();
    AnomalySource breaks =
        (image, side, random) -> {
          float[] source = AnomalySource.ofItself().draw(image, side, random);
          if (drawn.incrementAndGet() > 5) {
            Arrays.fill(source, Float.NaN);
          }
          return source;
        };
    Trainer broken = new Trainer(config, breaks, new ImageReader(), TrainingListener.SILENT);
    TrainingFiles files = files(folder.resolve("log.csv"), "state", false);
    InputException refusal =
        assertThrows(InputException.class, () -> broken.train(backbone, "parts", washers(), files));
    assertTrue(refusal.getMessage().contains("the loss became NaN"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("is kept in"), refusal::getMessage);

    DetectorBundle resumed =
        new Trainer(config)
            .train(backbone, "parts", washers(), files(folder.resolve("log.csv"), "state", true));
    assertArrayEquals(whole, written(resumed));
  }

  @Test
  void aCancelledTrainingKeepsTheLastEpochAndGoesOnToTheSameBytes() throws IOException {
    TrainingConfig config = TinyTraining.config().build();
    byte[] whole = bytes(config);
    TrainingFiles files = files(folder.resolve("log.csv"), "cancelled", false);
    Path output = folder.resolve("cancelled.checkpoint");
    Cancelled cancelled = new Cancelled(5); // of 8 steps, in the third epoch of four
    long tensors = Pointer.totalCount();
    assertThrows(
        CancellationException.class,
        () -> trainer(config, cancelled).train(backbone, "parts", washers(), files));

    assertEquals(tensors, Pointer.totalCount(), "native memory is left");
    assertEquals(5, cancelled.steps, "a step was done after the cancellation");
    assertEquals(2, cancelled.epochs);
    assertEquals(
        List.of("cancelled.checkpoint", "detector.anople", "log.csv"), filesBeside(output));
    assertEquals(1 + 4, Files.readAllLines(folder.resolve("log.csv")).size());
    DetectorBundle resumed =
        new Trainer(config)
            .train(
                backbone, "parts", washers(), files(folder.resolve("log.csv"), "cancelled", true));
    assertArrayEquals(whole, written(resumed));
  }

  /** What is written beside images. */
  private static List<String> filesBeside(Path file) throws IOException {
    try (Stream<Path> all = Files.list(file.getParent())) {
      return all.map(one -> one.getFileName().toString())
          .filter(name -> !name.endsWith(".png"))
          .sorted()
          .toList();
    }
  }

  /** Is cancelled by another thread when some steps are done. */
  private static final class Cancelled implements TrainingListener {

    private final int after;
    private volatile boolean cancelled;
    private int steps;
    private int epochs;

    Cancelled(int after) {
      this.after = after;
    }

    @Override
    public void stepDone(StepEvent step) {
      steps++;
      if (steps == after) {
        Thread other = new Thread(() -> cancelled = true);
        other.start();
        try {
          other.join();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
    }

    @Override
    public void epochDone(int epoch, double meanLoss) {
      epochs = epoch;
    }

    @Override
    public boolean isCancelled() {
      return cancelled;
    }
  }

  @ParameterizedTest
  @EnumSource(TrainingListener.Stage.class)
  void aTrainingCanBeCancelledInEveryStage(TrainingListener.Stage when) {
    AtomicBoolean cancelled = new AtomicBoolean();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stage(Stage stage) {
            cancelled.set(stage == when);
          }

          @Override
          public boolean isCancelled() {
            return cancelled.get();
          }
        };
    long tensors = Pointer.totalCount();
    assertThrows(
        CancellationException.class,
        () ->
            trainer(TinyTraining.config().epochs(1).build(), listener)
                .train(backbone, "parts", washers(), TrainingFiles.NONE));
    assertEquals(tensors, Pointer.totalCount(), "native memory is left");
  }

  @Test
  void theStagesAreToldInTheirOrder() {
    List<TrainingListener.Stage> stages = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stage(Stage stage) {
            stages.add(stage);
          }
        };
    TrainingConfig config = TinyTraining.config().epochs(1).build();
    trainer(config, listener).train(backbone, "parts", washers(), TrainingFiles.NONE);
    assertEquals(List.of(TrainingListener.Stage.values()), stages);
    stages.clear();
    trainer(config.toBuilder().memory(false).build(), listener)
        .train(backbone, "parts", washers(), TrainingFiles.NONE);
    assertFalse(stages.contains(TrainingListener.Stage.FILLING_MEMORY));
  }

  /** Their files are gone before the first step. */
  @Test
  void shotsAreReadOnceForTrainingMemoryGoldenImageAndEstimate() throws IOException {
    TrainingConfig config = TinyTraining.config().epochs(1).coreset(0.5).build();
    TrainingClass product = TinyTraining.washers(folder, 2);
    Trainer trainer = new Trainer(config);
    DetectorBundle trained = trainer.train(backbone, "parts", List.of(product), TrainingFiles.NONE);
    Calibration expected = estimate().calibrate(trained, "washer", product.shots());
    List<String> hashes = product.shots().stream().map(Sha256::of).toList();

    Shots shots = trainer.read(backbone, List.of(product));
    for (Path file : product.shots()) {
      Files.delete(file);
    }
    DetectorBundle without = trainer.train(backbone, "parts", shots, TrainingFiles.NONE);
    assertArrayEquals(written(trained), written(without));
    assertEquals(expected, estimate().calibrate(without, "washer", shots));
    assertEquals(
        hashes, without.provenance().shots().stream().map(Provenance.Shot::sha256).toList());
  }

  private static ShotEstimate estimate() {
    return new ShotEstimate(backbone, new ImageReader(), 0.1);
  }

  static Stream<TrainingConfig> ablations() {
    TrainingConfigBuilder base = TinyTraining.config().epochs(1);
    TrainingConfig normal = base.build();
    Stream<TrainingConfig> modes =
        Arrays.stream(Interaction.values())
            .map(mode -> normal.toBuilder().interaction(mode).build());
    return Stream.concat(
        modes,
        Stream.of(
            normal.toBuilder().subImages(false).build(),
            normal.toBuilder().viewSignal(false).build(),
            normal.toBuilder().subImages(false).viewSignal(false).build(),
            normal.toBuilder().align(AlignMode.NONE).build(),
            normal.toBuilder().align(AlignMode.MEAN).build(),
            normal.toBuilder().pixelAnomalies(false).build(),
            normal.toBuilder().latentAnomalies(false).build(),
            normal.toBuilder().stateWords(List.of("damaged", "broken")).build(),
            normal.toBuilder().classWord(TrainingConfig.ClassWord.OBJECT).build(),
            normal.toBuilder().memory(false).build(),
            normal.toBuilder().depth(ScaledLayer.exactly(1)).build(),
            normal.toBuilder().memoryLayers(ScaledLayer.exactly(1), ScaledLayer.exactly(2)).build(),
            normal.toBuilder().memoryShifts(2).build(),
            normal.toBuilder().memoryShifts(2).coreset(0.25).build(),
            normal.toBuilder().coreset(5).build(),
            normal.toBuilder().detectionShifts(2).build(),
            normal.toBuilder().epochs(0).build(),
            TrainingConfig.visa().toBuilder().epochs(1).build()));
  }

  @ParameterizedTest
  @MethodSource("ablations")
  void everyAblationTrainsSavesAndDetects(TrainingConfig config) throws IOException {
    DetectorBundle bundle =
        new Trainer(config).train(backbone, "parts", washers(), TrainingFiles.NONE);
    written(bundle);
    DetectorBundle read = DetectorBundle.read(folder.resolve("detector.anople"));
    assertEquals(config, TrainingConfigJson.parse(read.configuration(), "detector"));
    int patches = backbone.clip().config().vision().patches();
    long seen = 2L * config.memoryShifts() * config.memoryShifts() * patches;
    long rows = config.coreset() > 1 ? 5 : Math.round(config.coreset() * seen);
    assertEquals(config.memory() ? rows : 0, read.memory().map(m -> m.shape().get(0)).orElse(0L));
    try (TorchDetector detector = TorchDetector.of(read, "detector", backbone)) {
      float score = detector.detect(new ImageReader().read(folder.resolve("good_000.png"))).score();
      assertTrue(score > 0 && score < 0.5, () -> "score " + score);
    }
  }

  /** Detectors from before the settings were there. */
  @Test
  void aConfigurationWithoutMemorySettingsIsThePapers() {
    ObjectNode json = TrainingConfigJson.toTree(TrainingConfig.mvtec());
    json.remove(List.of("memory_shifts", "detection_shifts", "coreset"));

    assertEquals(TrainingConfig.mvtec(), TrainingConfigJson.parse(json.toString(), "old"));
  }

  @Test
  void aCoresetHoldsPatchesOfTheWholeMemoryAndTheSameOnesEachTime() throws IOException {
    TrainingConfig config = TinyTraining.config().epochs(1).build();
    FloatTensor all = memory(config);
    FloatTensor some = memory(config.toBuilder().coreset(7).build());
    List<FloatBuffer> rows = rows(all);

    assertEquals(7, rows(some).size());
    assertEquals(rows(some), rows.stream().filter(rows(some)::contains).toList());
    assertArrayEquals(some.values(), memory(config.toBuilder().coreset(7).build()).values());
  }

  private FloatTensor memory(TrainingConfig config) {
    return new Trainer(config)
        .train(backbone, "parts", washers(), TrainingFiles.NONE)
        .memory()
        .orElseThrow();
  }

  private static List<FloatBuffer> rows(FloatTensor table) {
    int width = Math.toIntExact(table.shape().get(1));
    return IntStream.range(0, Math.toIntExact(table.shape().get(0)))
        .mapToObj(row -> FloatBuffer.wrap(table.values(), row * width, width).slice())
        .toList();
  }

  @Test
  void oneDetectorLearnsSeveralProducts() throws IOException {
    TrainingClass second =
        new TrainingClass("metal_nut", TinyTraining.washers(folder.resolve("nuts"), 3).shots());
    DetectorBundle bundle =
        new Trainer(TinyTraining.config().epochs(1).build())
            .train(
                backbone,
                "parts",
                List.of(TinyTraining.washers(folder, 1), second),
                TrainingFiles.NONE);
    assertEquals(List.of("washer", "metal_nut"), bundle.provenance().classNames());
    int patches = backbone.clip().config().vision().patches();
    assertEquals(4L * patches, bundle.memory().orElseThrow().shape().get(0));
  }

  private List<TrainingClass> washers() {
    return List.of(TinyTraining.washers(folder, 2));
  }

  private static Trainer trainer(TrainingConfig config, TrainingListener listener) {
    return new Trainer(config, AnomalySource.ofItself(), new ImageReader(), listener);
  }

  private TrainingFiles files(Path log, String checkpoint, boolean resume) {
    return new TrainingFiles(
        Optional.of(folder.resolve(checkpoint + ".checkpoint")), Optional.of(log), resume);
  }
}
