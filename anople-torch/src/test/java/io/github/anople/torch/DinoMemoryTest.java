package io.github.anople.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.encoder.dino.DinoSettings;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.DinoCheckpoint;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.pretrained.LoadedDino;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.MemoryFiller;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A memory that sees with a DINOv2: a tiny one, installed under the name of the small. */
class DinoMemoryTest {

  private static final String NAME = "dinov2-small";
  private static final Path WEIGHTS = Fixtures.golden("dinov2/hub/registers.pth");
  private static final Path OTHER = Fixtures.golden("dinov2/hub/plain.pth");
  private static final DinoSettings CLOSE = new DinoSettings(98, List.of(3, 2), true, true);

  @TempDir static Path folder;

  private static final List<String> ASKED = new ArrayList<>();
  private static LoadedBackbone clip;
  private static LoadedBackbone backbone;
  private static DetectorBundle bundle;

  @BeforeAll
  static void train() {
    clip = TinyTraining.backbone();
    backbone =
        clip.withDinos(
            name -> {
              ASKED.add(name);
              return DinoCheckpoint.open(WEIGHTS, OptionalInt.empty());
            });
    bundle = TinyTraining.train(backbone, config(Map.of()), folder);
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  /** Nothing but the DINOv2, at another size than the backbone's. */
  private static TrainingConfig config(Map<String, String> changes) {
    return TinyTraining.config()
        .with(
            Map.of(
                "memory.encoder", NAME,
                "dinov2.image_size", "98",
                "dinov2.layers", "3,2",
                "dinov2.combine", "join",
                "optimizer.epochs", "1"))
        .with(changes);
  }

  @Test
  void theMemoryHoldsWhatTheEncoderSeesOfTheFilesAtItsOwnSize() {
    ImageReader reader = new ImageReader();
    List<float[]> rows = new ArrayList<>();
    try (LoadedDino dino = backbone.dinos().open(NAME, CLOSE)) {
      for (Path shot : SyntheticParts.writeGood(folder.resolve("again"), 2)) {
        float[] planar = Resampler.resize(reader.read(shot), 98, 98).toPlanar();
        rows.add(
            TensorScope.inference(
                () -> Tensors.floats(dino.encoder().encode(Tensors.of(planar, 1, 3, 98, 98)))));
      }
    }
    float[] memory = bundle.memory().get(NAME).values();
    assertEquals(List.of(2L * 49, 64L), bundle.memory().get(NAME).shape());
    assertEquals(Map.of(NAME, bundle.memory().get(NAME)), bundle.memory());
    int each = rows.get(0).length;
    for (int shot = 0; shot < 2; shot++) {
      float[] part = Arrays.copyOfRange(memory, shot * each, (shot + 1) * each);
      assertArrayEquals(rows.get(shot), part, 0x1p-12f, "as half precision rounds below 1/2");
    }
  }

  @Test
  void detectionSeesThePictureItselfAtEachSize() {
    RgbImage image = RgbImage.of(SyntheticParts.scratched(4));
    int side = clip.clip().config().vision().imageSize();
    try (TorchDetector detector = TorchDetector.of(bundle, "washer", backbone)) {
      PreparedImage prepared = detector.prepare(image);
      assertArrayEquals(Resampler.resize(image, 98, 98).toPlanar(), prepared.at(98).toPlanar());
      assertArrayEquals(
          Resampler.resize(image, side, side).toPlanar(), prepared.image().toPlanar());
      // The shots are remembered: nothing of them is far, much of another picture is.
      RgbImage shot = RgbImage.of(SyntheticParts.good(0));
      assertTrue(detector.detect(shot).score() < detector.detect(image).score());
    }
  }

  @Test
  void itIsLoadedOnceForAllThatLookThroughIt() {
    try (TorchDetector one = TorchDetector.of(bundle, "washer", backbone);
        TorchDetector other = TorchDetector.of(bundle, "washer", backbone)) {
      RgbImage image = RgbImage.of(SyntheticParts.scratched(4));
      assertEquals(one.detect(image).score(), other.detect(image).score());
    }
    assertEquals(List.of(NAME), ASKED);
  }

  @Test
  void aDetectorIsTiedToTheWeights() {
    bundle.write(folder.resolve("washer.anople"));
    DetectorBundle read = DetectorBundle.read(folder.resolve("washer.anople"));
    assertEquals(
        List.of(new Provenance.Backbone(NAME, Sha256.of(WEIGHTS))), read.provenance().encoders());
    assertEquals(Map.of(), read.encoders());
    LoadedBackbone others = clip.withDinos(name -> DinoCheckpoint.open(OTHER, OptionalInt.empty()));
    String told = fault(() -> TorchDetector.of(read, "washer.anople", others));
    others.dinos().close();
    assertTrue(told.contains(NAME) && told.contains(Sha256.of(OTHER)), told);
    assertEquals(1, told.lines().count());
  }

  @Test
  void aBundleThatDoesNotTellThemIsRefused() {
    Provenance known = bundle.provenance();
    Provenance silent =
        new Provenance(
            known.anopleVersion(),
            known.backbone(),
            known.dataset(),
            known.classNames(),
            known.shots(),
            known.seed(),
            known.precision(),
            known.platform());
    DetectorBundle damaged = bundle.withMemory(bundle.memory(), silent);
    String told = fault(() -> TorchDetector.of(damaged, "washer.anople", backbone));
    assertTrue(told.contains("does not tell the weights of its encoders"), told);
  }

  @Test
  void whatIsMissingOrDoesNotFitIsToldBeforeTheTraining() {
    LoadedBackbone without =
        clip.withDinos(
            name -> {
              throw new InputException("encoder " + name, "is not installed", "pull it");
            });
    refusedBeforeTraining(without, config(Map.of()), "encoder dinov2-small: is not installed");
    refusedBeforeTraining(backbone, config(Map.of("dinov2.image_size", "100")), "use 98 or 112");
    refusedBeforeTraining(backbone, config(Map.of("dinov2.layers", "4")), "choose from 1 to 3");
  }

  private static void refusedBeforeTraining(
      LoadedBackbone on, TrainingConfig config, String message) {
    List<TrainingListener.Stage> stages = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void stage(Stage stage) {
            stages.add(stage);
          }
        };
    Trainer trainer = new Trainer(config, AnomalySource.ofItself(), new ImageReader(), listener);
    List<TrainingClass> classes = List.of(TinyTraining.washers(folder.resolve("refused"), 1));
    String told = fault(() -> trainer.train(on, "parts", classes, TrainingFiles.NONE));
    assertTrue(told.contains(message), told);
    assertFalse(stages.contains(TrainingListener.Stage.TRAINING), stages.toString());
  }

  /** Joined, with views that are judged, looked at in several places; calibrated and extended. */
  @Test
  void itWorksWithAllThatAMemoryCanDo() {
    TrainingConfig config =
        config(
            Map.of(
                "memory.encoder", "clip+" + NAME + "+trunk",
                "memory.encoder_weights", "0.3,1,1",
                "memory.views", "auto",
                "memory.shifts", "2",
                "memory.coreset", "0.5",
                "detection.shifts", "2",
                "detection.image_score", "top1"));
    Path of = folder.resolve("joined");
    DetectorBundle joined = TinyTraining.train(backbone, config, of);
    assertEquals(List.of("clip", NAME, "trunk"), List.copyOf(joined.memory().keySet()));
    List<Path> shots = SyntheticParts.writeGood(of, 2);
    ShotEstimate estimate = new ShotEstimate(backbone, new ImageReader(), 0.05);
    assertTrue(estimate.calibrate(joined, "washer", shots).imageThreshold() > 0);
    List<Path> more = SyntheticParts.writeGood(folder.resolve("more"), 3).subList(2, 3);
    DetectorBundle larger =
        MemoryFiller.extend(
            joined, "washer", backbone, "washer", more, new ImageReader(), Addition.Signature.NONE);
    assertEquals(joined.provenance().encoders(), larger.provenance().encoders());
    assertTrue(larger.memoryRows() > joined.memoryRows());
    RgbImage third = new ImageReader().read(more.get(0));
    try (TorchDetector before = TorchDetector.of(joined, "washer", backbone);
        TorchDetector after = TorchDetector.of(larger, "washer", backbone)) {
      assertTrue(after.detect(third).score() < before.detect(third).score());
    }
  }

  private static String fault(Runnable work) {
    return assertThrows(InputException.class, work::run).getMessage();
  }
}
