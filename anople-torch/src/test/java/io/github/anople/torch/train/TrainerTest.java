package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.image.ImageReader;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
    trainer(TinyTraining.config().with("optimizer.epochs", "24"), listener)
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
    byte[] first = bytes(TinyTraining.config());
    assertArrayEquals(first, bytes(TinyTraining.config()));
    assertFalse(Arrays.equals(first, bytes(TinyTraining.config().with("seed", "12"))));
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
    TrainingConfig config = TinyTraining.config();
    Path wholeLog = folder.resolve("whole.csv");
    byte[] whole =
        written(
            trainer(config, TrainingListener.SILENT)
                .train(backbone, "parts", washers(), files(wholeLog, "whole", false)));
    for (int killedIn = 1; killedIn <= config.optimizer().epochs(); killedIn += 2) {
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
  void anotherTrainingsCheckpointIsReplacedAndThatIsSaid() throws IOException {
    kill(TinyTraining.config(), 3, files(folder.resolve("log.csv"), "state", false));
    TrainingConfig other = TinyTraining.config().with("seed", "99");
    List<Path> replaced = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void replaced(Path checkpoint) {
            replaced.add(checkpoint);
          }
        };
    byte[] trained =
        written(
            trainer(other, listener)
                .train(
                    backbone, "parts", washers(), files(folder.resolve("log.csv"), "state", true)));
    assertEquals(List.of(folder.resolve("state.checkpoint")), replaced);
    assertArrayEquals(bytes(other), trained);
  }

  @Test
  void aLossThatIsNoNumberStopsTheTrainingAndKeepsTheLastGoodState() throws IOException {
    TrainingConfig config = TinyTraining.config();
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
    TrainingConfig config = TinyTraining.config();
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
            trainer(TinyTraining.config().with("optimizer.epochs", "1"), listener)
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
    TrainingConfig config = TinyTraining.config().with("optimizer.epochs", "1");
    trainer(config, listener).train(backbone, "parts", washers(), TrainingFiles.NONE);
    assertEquals(List.of(TrainingListener.Stage.values()), stages);
    stages.clear();
    trainer(config.with("memory.enabled", "false"), listener)
        .train(backbone, "parts", washers(), TrainingFiles.NONE);
    assertFalse(stages.contains(TrainingListener.Stage.FILLING_MEMORY));
  }

  /** Their files are gone before the first step. */
  @Test
  void shotsAreReadOnceForTrainingMemoryGoldenImageAndEstimate() throws IOException {
    TrainingConfig config =
        TinyTraining.config().with("optimizer.epochs", "1").with("memory.coreset", "0.5");
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

  private List<TrainingClass> washers() {
    return List.of(TinyTraining.washers(folder, 2));
  }

  private static Trainer trainer(TrainingConfig config, TrainingListener listener) {
    return new Trainer(config, AnomalySource.ofItself(), new ImageReader(), listener);
  }

  private TrainingFiles files(Path log, String checkpoint, boolean resume) {
    return new TrainingFiles(
        Optional.of(folder.resolve(checkpoint + ".checkpoint")),
        Optional.of(log),
        resume ? TrainingFiles.Resume.OWN : TrainingFiles.Resume.NEVER);
  }
}
