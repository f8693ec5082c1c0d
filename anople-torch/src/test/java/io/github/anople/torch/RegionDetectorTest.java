package io.github.anople.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.MaskArea;
import io.github.anople.core.region.PolygonArea;
import io.github.anople.core.region.Region;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.MemoryFiller;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector that ignores a corner: all its parts, in libtorch. */
class RegionDetectorTest {

  /** Right and below, ending neither with a patch nor with a pixel. */
  private static final Region CORNER =
      Region.ignoring(
          new PolygonArea(
              List.of(
                  List.of(
                      List.of(0.53, 0.41),
                      List.of(1.0, 0.41),
                      List.of(1.0, 1.0),
                      List.of(0.53, 1.0)))));

  @TempDir static Path folder;

  private static LoadedBackbone backbone;

  /** With everything that looks at pictures. */
  private static DetectorBundle bundle;

  /** With the backbone alone, sooner done. */
  private static DetectorBundle plain;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    bundle =
        train(
            CORNER,
            config()
                .with(
                    Map.of(
                        "scene.enabled", "true",
                        "memory.encoder", "clip+trunk",
                        "memory.views", "auto",
                        "memory.shifts", "2",
                        "detection.shifts", "2",
                        "detection.image_score", "top1")));
    plain = train(CORNER, config());
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  private static TrainingConfig config() {
    return TinyTraining.config().with(Map.of("optimizer.epochs", "1", "memory.views", "turns"));
  }

  private static DetectorBundle train(Region region, TrainingConfig config) {
    return new Trainer(
            config,
            AnomalySource.ofItself(),
            new ImageReader(),
            TrainingListener.SILENT,
            Optional.of(region))
        .train(backbone, "parts", List.of(TinyTraining.washers(folder, 2)), TrainingFiles.NONE);
  }

  /** Everything else where a picture is ignored. */
  private static RgbImage defaced(RgbImage image, Region region, int seed) {
    byte[] samples = image.pixels();
    boolean[] counted = region.counted(image.height(), image.width());
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < samples.length; i++) {
      samples[i] = counted[i / 3] ? samples[i] : (byte) random.nextInt(256);
    }
    return RgbImage.of(image.width(), image.height(), samples);
  }

  private static Path written(RgbImage image, String name) {
    return SyntheticParts.write(folder.resolve(name), image.toBufferedImage());
  }

  @Test
  void whatIsIgnoredChangesNotABitOfAnything() {
    try (TorchDetector detector = TorchDetector.of(bundle, "washer", backbone)) {
      assertEquals(Optional.of(CORNER), detector.region());
      RgbImage part = RgbImage.of(SyntheticParts.scratched(4));
      for (int[] size : new int[][] {{160, 160}, {97, 211}, {32, 32}, {20, 9}}) {
        RgbImage image = Resampler.resize(part, size[0], size[1]);
        Detection whole = detector.detect(image);
        for (int seed = 0; seed < 3; seed++) {
          assertEquals(whole, detector.detect(defaced(image, CORNER, seed)));
        }
        Detection other = detector.detect(Resampler.resize(part, size[0] + 3, size[1] + 1));
        assertNotEquals(whole.score(), other.score(), "a picture that differs where it counts");
      }
    }
  }

  @Test
  void theMapIsNothingWhereIgnoredAndSomethingWhereNot() {
    try (TorchDetector detector = TorchDetector.of(bundle, "washer", backbone)) {
      Detection found = detector.detect(RgbImage.of(SyntheticParts.scratched(4)));
      boolean[] counted = CORNER.counted(detector.imageSize(), detector.imageSize());
      float[] map = found.map().toArray();
      for (int i = 0; i < map.length; i++) {
        assertEquals(counted[i], map[i] > 0, "pixel " + i);
      }
    }
  }

  @Test
  void theMemoryKnowsPatchesThatCountAlone() {
    int side = backbone.clip().config().vision().imageSize();
    boolean[] counted = CORNER.counted(side, side);
    int grid = backbone.clip().config().vision().grid();
    int patch = side / grid;
    int rows = 0;
    for (int cell = 0; cell < grid * grid; cell++) {
      boolean any = false;
      for (int pixel = 0; pixel < patch * patch; pixel++) {
        int y = cell / grid * patch + pixel / patch;
        int x = cell % grid * patch + pixel % patch;
        any |= counted[y * side + x];
      }
      rows += any ? 1 : 0;
    }
    assertTrue(rows < grid * grid && rows > 0);
    DetectorBundle unturned = train(CORNER, config().with(Map.of("memory.views", "none")));
    long clip = unturned.memory().get(DetectorBundle.BACKBONE_MEMORY).shape().get(0);
    assertEquals(2L * rows, clip, "of two shots");
    long turned = plain.memory().get(DetectorBundle.BACKBONE_MEMORY).shape().get(0);
    assertTrue(turned > clip && turned < 4 * clip, "neither there nor from there: " + turned);
  }

  @Test
  void whatIsIgnoredInGoodPicturesEntersNeitherMemoryNorSceneCheck() {
    RgbImage part = RgbImage.of(SyntheticParts.good(31));
    DetectorBundle one = extended(written(part, "one/part.png"));
    DetectorBundle other = extended(written(defaced(part, CORNER, 5), "other/part.png"));
    assertTrue(one.memoryRows() > bundle.memoryRows());
    one.memory()
        .forEach(
            (encoder, rows) ->
                assertArrayEquals(rows.values(), other.memory().get(encoder).values(), encoder));
    assertEquals(one.scene().orElseThrow().limits(), other.scene().orElseThrow().limits());
    assertArrayEquals(
        one.scene().orElseThrow().patches().values(),
        other.scene().orElseThrow().patches().values());
    assertArrayEquals(
        one.scene().orElseThrow().statistics().values(),
        other.scene().orElseThrow().statistics().values());
    assertEquals(
        one.goldenImage().orElseThrow().score(), other.goldenImage().orElseThrow().score());
    assertEquals(bundle.region(), one.region());
  }

  private static DetectorBundle extended(Path image) {
    return MemoryFiller.extend(
        bundle,
        "washer",
        backbone,
        "washer",
        List.of(image),
        new ImageReader(),
        Addition.Signature.NONE);
  }

  @Test
  void whatIsIgnoredInTheShotsMovesNoThreshold() {
    List<Path> shots = SyntheticParts.writeGood(folder.resolve("plain"), 2);
    List<Path> defaced =
        List.of(
            written(defaced(new ImageReader().read(shots.get(0)), CORNER, 1), "defaced/0.png"),
            written(defaced(new ImageReader().read(shots.get(1)), CORNER, 2), "defaced/1.png"));
    ShotEstimate estimate = new ShotEstimate(backbone, new ImageReader(), 0.01);
    assertEquals(
        estimate.calibrate(plain, "washer", shots), estimate.calibrate(plain, "washer", defaced));
  }

  @Test
  void aMaskAndThePolygonOfItsBorderMakeTheSameDetector() {
    boolean[] marked = new boolean[160 * 160];
    for (int i = 0; i < marked.length; i++) {
      marked[i] = i % 160 >= 84 && i / 160 >= 66;
    }
    Region mask = Region.ignoring(MaskArea.of(160, 160, marked));
    Region polygon =
        Region.ignoring(
            new PolygonArea(
                List.of(
                    List.of(
                        List.of(84 / 160.0, 66 / 160.0),
                        List.of(1.0, 66 / 160.0),
                        List.of(1.0, 1.0),
                        List.of(84 / 160.0, 1.0)))));
    DetectorBundle one = train(mask, config());
    DetectorBundle other = train(polygon, config());
    assertEquals(one.region().orElseThrow().colour(), other.region().orElseThrow().colour());
    one.memory()
        .forEach(
            (encoder, rows) ->
                assertArrayEquals(rows.values(), other.memory().get(encoder).values()));
    RgbImage part = RgbImage.of(SyntheticParts.scratched(9));
    try (TorchDetector masked = TorchDetector.of(one, "mask", backbone);
        TorchDetector drawn = TorchDetector.of(other, "polygon", backbone)) {
      for (int side : new int[] {160, 80, 321}) {
        RgbImage image = Resampler.resize(part, side, side);
        assertEquals(masked.detect(image), drawn.detect(image));
      }
    }
  }

  @Test
  void aFileBringsTheRegionBackAndOlderProgramsRefuseIt() {
    Path file = folder.resolve("corner.anople");
    plain.write(file);
    DetectorBundle read = DetectorBundle.read(file);
    assertEquals(plain.region(), read.region());
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      assertEquals("3.0", tensors.metadata().get("format_version"));
    }
    try (TorchDetector one = TorchDetector.of(plain, "washer", backbone);
        TorchDetector other = TorchDetector.of(read, "washer", backbone)) {
      RgbImage part = RgbImage.of(SyntheticParts.scratched(2));
      assertEquals(one.detect(part), other.detect(part));
    }
  }

  @Test
  void aRegionThatLeavesNoPixelOfTheDetectorIsRefused() {
    Region nearlyAll =
        Region.lookingAt(
            new PolygonArea(
                List.of(List.of(List.of(0.5, 0.5), List.of(0.501, 0.5), List.of(0.5, 0.501)))));
    InputException fault = assertThrows(InputException.class, () -> train(nearlyAll, config()));
    assertTrue(fault.getMessage().contains("leaves nothing to look at"), fault.getMessage());
  }

  @Test
  void trainingSeesTheWholePicture() {
    DetectorBundle whole =
        new Trainer(config())
            .train(backbone, "parts", List.of(TinyTraining.washers(folder, 2)), TrainingFiles.NONE);
    for (Map.Entry<String, FloatTensor> learned : whole.learned().entrySet()) {
      assertArrayEquals(
          learned.getValue().values(), plain.learned().get(learned.getKey()).values());
    }
  }
}
