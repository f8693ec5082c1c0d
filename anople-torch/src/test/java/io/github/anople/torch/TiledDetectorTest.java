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
import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.detect.TileCut;
import io.github.anople.core.detect.TileGrid;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.PolygonArea;
import io.github.anople.core.region.Region;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.torch.calibrate.ShotEstimate;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.MemoryFiller;
import io.github.anople.torch.train.Shots;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector that looks at tiles, beside one that looks at each tile as at a picture. */
class TiledDetectorTest {

  private static final double SAME = 1e-5;

  @TempDir static Path shared;

  private static LoadedBackbone backbone;
  private static TrainingClass strips;
  private static DetectorBundle ofAll;
  private static DetectorBundle ofPlaces;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    backbone = TinyTraining.backbone();
    strips =
        new TrainingClass(
            "strip",
            List.of(
                SyntheticParts.write(shared.resolve("a.png"), strip(0, -1)),
                SyntheticParts.write(shared.resolve("b.png"), strip(3, -1))));
    ofAll = train(config("tiles.columns", "4", "memory.encoder", "clip+trunk"));
    ofPlaces = train(config("tiles.columns", "4", "tiles.memory", "place"));
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  private static TrainingConfig config(String... changes) {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("scene.enabled", "true");
    all.put("optimizer.epochs", "2");
    all.put("memory.views", "auto");
    for (int i = 0; i < changes.length; i += 2) {
      all.put(changes[i], changes[i + 1]);
    }
    return TinyTraining.config().with(all);
  }

  private static DetectorBundle train(TrainingConfig config) {
    return new Trainer(config).train(backbone, "parts", List.of(strips), TrainingFiles.NONE);
  }

  /** A long bright strip with marks that differ from place to place, and maybe a small speck. */
  static BufferedImage strip(int shift, int speck) {
    BufferedImage image = new BufferedImage(800, 160, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color(200, 205, 210));
    graphics.fillRect(0, 0, 800, 160);
    for (int i = 0; i < 16; i++) {
      graphics.setColor(new Color(120 + 5 * i, 150 - 4 * i, 90 + 9 * i));
      graphics.fillRect(50 * i + shift, 20 + 5 * (i % 4), 14, 60 + 4 * i);
    }
    if (speck >= 0) {
      graphics.setColor(Color.RED);
      graphics.fillRect(speck, 120, 20, 20);
    }
    graphics.dispose();
    return image;
  }

  private static TorchDetector open(DetectorBundle bundle) {
    return TorchDetector.of(bundle, "strip", backbone);
  }

  /** The same detector, which looks at pictures as a whole. */
  private static DetectorBundle whole(DetectorBundle of, Map<String, FloatTensor> memory) {
    TrainingConfig config =
        TrainingConfig.parse(of.configuration(), "test")
            .with(Map.of("tiles.columns", "1", "tiles.memory", "shared"));
    return new DetectorBundle(config.toJson(), of.provenance(), of.learned(), of.encoders())
        .withMemory(memory, of.provenance())
        .withScene(of.scene());
  }

  private static void requireWorstTile(DetectorBundle bundle, int places) {
    RgbImage picture = RgbImage.of(strip(1, 500));
    TileGrid grid =
        TrainingConfig.parse(bundle.configuration(), "test")
            .tiles()
            .tiling()
            .orElseThrow()
            .of(picture.width(), picture.height());
    Detection found;
    try (AnomalyDetector detector = open(bundle)) {
      found = detector.detect(picture);
    }
    float worst = 0;
    float highest = 0;
    for (int tile = 0; tile < grid.count(); tile++) {
      Map<String, FloatTensor> memory = new LinkedHashMap<>();
      int place = places == 1 ? 0 : tile;
      bundle.memory().forEach((name, rows) -> memory.put(name, ofPlace(rows, place, places)));
      try (AnomalyDetector one = open(whole(bundle, memory))) {
        Detection seen = one.detect(TileCut.cut(picture, grid, tile));
        worst = Math.max(worst, seen.score());
        highest = Math.max(highest, seen.map().max());
        if (tile == 0) {
          assertEquals(one.detect(picture).scene(), found.scene(), "the scene is the picture's");
        }
      }
    }
    assertEquals(worst, found.score(), SAME);
    assertTrue(found.map().max() <= highest + SAME);
    assertTrue(found.map().width() > 3 * found.map().height(), found.map()::toString);
  }

  private static FloatTensor ofPlace(FloatTensor rows, int place, int places) {
    int width = (int) (long) rows.shape().get(1);
    int each = (int) (rows.shape().get(0) / places);
    float[] values = new float[each * width];
    for (int i = 0; i < each; i++) {
      System.arraycopy(rows.values(), (i * places + place) * width, values, i * width, width);
    }
    return new FloatTensor(List.of((long) each, (long) width), values);
  }

  @Test
  void aPictureIsAsBadAsItsWorstTile() {
    requireWorstTile(ofAll, 1);
  }

  @Test
  void aTileIsComparedWithItsOwnPlace() {
    requireWorstTile(ofPlaces, 4);
    Map<String, FloatTensor> turned = new LinkedHashMap<>();
    ofPlaces
        .memory()
        .forEach(
            (name, rows) -> {
              int width = (int) (long) rows.shape().get(1);
              float[] values = new float[rows.values().length];
              System.arraycopy(rows.values(), width, values, 0, values.length - width);
              System.arraycopy(rows.values(), 0, values, values.length - width, width);
              turned.put(name, new FloatTensor(rows.shape(), values));
            });
    RgbImage shot = RgbImage.of(strip(0, -1));
    try (AnomalyDetector right = open(ofPlaces);
        AnomalyDetector wrong =
            open(
                ofPlaces
                    .withMemory(turned, ofPlaces.provenance())
                    .withGoldenImage(Optional.empty()))) {
      assertTrue(
          right.detect(shot).score() < wrong.detect(shot).score(), "elsewhere it looks otherwise");
    }
  }

  @Test
  void theFileIsOneThatOnlyProgramsWithTilesRead() {
    Path file = folder.resolve("strip.anople");
    ofAll.write(file);
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      assertEquals("3.0", tensors.metadata().get("format_version"));
    }
    RgbImage picture = RgbImage.of(strip(2, 300));
    try (AnomalyDetector before = open(ofAll);
        AnomalyDetector read = open(DetectorBundle.read(file))) {
      assertEquals(before.detect(picture), read.detect(picture));
    }
    Path plain = folder.resolve("plain.anople");
    whole(ofAll, ofAll.memory()).write(plain);
    try (SafetensorsFile tensors = SafetensorsFile.open(plain)) {
      assertEquals("2.1", tensors.metadata().get("format_version"));
    }
  }

  @Test
  void rowsThatAreNotOfEveryPlaceAreRefused() {
    Map<String, FloatTensor> fewer = new LinkedHashMap<>();
    ofPlaces
        .memory()
        .forEach(
            (name, rows) -> {
              int width = (int) (long) rows.shape().get(1);
              float[] values = Arrays.copyOf(rows.values(), rows.values().length - width);
              fewer.put(
                  name, new FloatTensor(List.of(rows.shape().get(0) - 1, (long) width), values));
            });
    assertThrows(
        InputException.class,
        () -> open(ofPlaces.withMemory(fewer, ofPlaces.provenance())).close());
  }

  @Test
  void furtherPicturesJoinTheMemoryInTheirPlaces() {
    DetectorBundle more =
        MemoryFiller.extend(
            ofPlaces,
            "strip",
            backbone,
            "strip",
            List.of(SyntheticParts.write(folder.resolve("c.png"), strip(20, -1))),
            new ImageReader(),
            Addition.Signature.NONE);
    assertTrue(more.memoryRows() > ofPlaces.memoryRows());
    assertEquals(0, more.memoryRows() % 4, "as many of each place");
    RgbImage picture = RgbImage.of(strip(20, -1));
    try (AnomalyDetector before = open(ofPlaces);
        AnomalyDetector after = open(more)) {
      assertTrue(after.detect(picture).score() < before.detect(picture).score());
    }
    requireWorstTile(more, 4);
  }

  @Test
  void theSameSeedGivesTheSameTiles() {
    TrainingConfig config = config("tiles.columns", "4", "tiles.memory", "place");
    DetectorBundle again = train(config);
    ofPlaces
        .learned()
        .forEach(
            (name, tensor) ->
                assertArrayEquals(tensor.values(), again.learned().get(name).values(), name));
    DetectorBundle squashed =
        train(config.with(Map.of("tiles.columns", "1", "tiles.memory", "shared")));
    assertNotEquals(squashed.memoryRows(), again.memoryRows());
  }

  @Test
  void thresholdsAreEstimatedFromTiles() {
    Shots shots = new Trainer(config("tiles.columns", "4")).read(backbone, List.of(strips));
    ShotEstimate estimate = new ShotEstimate(backbone, new ImageReader(), 0.05);
    var calibration = estimate.calibrate(ofAll, "strip", shots);
    assertEquals(calibration, estimate.calibrate(ofAll, "strip", strips.shots()));
    assertTrue(calibration.imageThreshold() > 0 && calibration.imageThreshold() < 0.5);
    try (AnomalyDetector detector = open(ofAll)) {
      assertTrue(
          calibration.threshold().judge(detector.detect(RgbImage.of(strip(0, -1)))).ok(), "a shot");
    }
  }

  @Test
  void whatARegionIgnoresChangesNothingInAnyTile() {
    Region left =
        Region.ignoring(
            new PolygonArea(
                List.of(
                    List.of(
                        List.of(0.0, 0.0),
                        List.of(0.4, 0.0),
                        List.of(0.4, 1.0),
                        List.of(0.0, 1.0)))));
    for (String memory : List.of("shared", "place")) {
      DetectorBundle bundle =
          new Trainer(
                  config("tiles.columns", "4", "tiles.memory", memory),
                  AnomalySource.ofItself(),
                  new ImageReader(),
                  TrainingListener.SILENT,
                  Optional.of(left))
              .train(backbone, "parts", List.of(strips), TrainingFiles.NONE);
      try (AnomalyDetector detector = open(bundle)) {
        Detection good = detector.detect(RgbImage.of(strip(0, -1)));
        assertEquals(good, detector.detect(RgbImage.of(strip(0, 60))), memory);
        assertNotEquals(good, detector.detect(RgbImage.of(strip(0, 600))), memory);
        ScoreMap map = good.map();
        for (int y = 0; y < map.height(); y++) {
          for (int x = 0; x + 0.5 < 0.4 * map.width(); x++) {
            assertEquals(0, map.at(y, x));
          }
        }
        assertTrue(map.max() > 0);
        assertEquals(
            3, detector.prepare(RgbImage.of(strip(0, 1))).tiles().orElseThrow().tiles().size());
      }
    }
  }
}
