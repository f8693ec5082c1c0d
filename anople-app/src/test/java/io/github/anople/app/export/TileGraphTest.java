package io.github.anople.app.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.PolygonArea;
import io.github.anople.core.region.Region;
import io.github.anople.onnx.OnnxDetector;
import io.github.anople.onnx.OnnxMetadata;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.TorchDetector;
import io.github.anople.torch.pretrained.LoadedBackbone;
import io.github.anople.torch.synth.AnomalySource;
import io.github.anople.torch.train.Trainer;
import io.github.anople.torch.train.TrainingClass;
import io.github.anople.torch.train.TrainingFiles;
import io.github.anople.torch.train.TrainingListener;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Detection in tiles by an exported graph, which looks at one tile. */
class TileGraphTest {

  private static final double PARITY = 1e-4;

  private static final List<RgbImage> PICTURES =
      List.of(RgbImage.of(strip(0, -1)), RgbImage.of(strip(2, 700)), RgbImage.of(strip(5, 20)));

  /** More than a tile of five, and a part of another. */
  private static final Region CORNER =
      Region.ignoring(
          new PolygonArea(
              List.of(
                  List.of(
                      List.of(0.0, 0.0),
                      List.of(0.3, 0.0),
                      List.of(0.3, 1.0),
                      List.of(0.0, 1.0)))));

  private static LoadedBackbone backbone;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    backbone = TinyTraining.backbone();
  }

  @AfterAll
  static void free() {
    backbone.close();
  }

  private static BufferedImage strip(int shift, int speck) {
    BufferedImage image = new BufferedImage(900, 150, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    for (int i = 0; i < 18; i++) {
      graphics.setColor(new Color(100 + 7 * i, 230 - 9 * i, 90 + 5 * i));
      graphics.fillRect(50 * i + shift, 20 + 5 * (i % 4), 30, 100);
    }
    if (speck >= 0) {
      graphics.setColor(Color.WHITE);
      graphics.fillRect(speck, 60, 20, 20);
    }
    graphics.dispose();
    return image;
  }

  private DetectorBundle train(Map<String, String> settings, boolean withRegion) {
    return new Trainer(
            TinyTraining.config()
                .with(Map.of("optimizer.epochs", "1", "scene.enabled", "true"))
                .with(settings),
            AnomalySource.ofItself(),
            new ImageReader(),
            TrainingListener.SILENT,
            withRegion ? Optional.of(CORNER) : Optional.empty())
        .train(
            backbone,
            "strips",
            List.of(
                new TrainingClass(
                    "strip",
                    List.of(SyntheticParts.write(folder.resolve("shot.png"), strip(0, -1))))),
            TrainingFiles.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 180, shared, clip+trunk, FP32, false, false",
    "5, 1, 0, place, clip+trunk, FP32, false, true",
    "3, 2, 0, place, clip, FP32, false, false",
    "1, 1, 180, shared, clip, FP32, true, true",
    "5, 1, 0, place, clip, INT8, false, false"
  })
  void theGraphIsJoinedAsLibtorchIs(
      String columns,
      String rows,
      String size,
      String memory,
      String encoder,
      OnnxPrecision precision,
      boolean withResize,
      boolean withRegion) {
    DetectorBundle bundle =
        train(
            Map.of(
                "tiles.columns", columns,
                "tiles.rows", rows,
                "tiles.size", size,
                "tiles.memory", memory,
                "memory.encoder", encoder),
            withRegion);
    Path file = folder.resolve("strip.onnx");
    ExportSettings settings =
        new ExportSettings(
            precision, withResize, OnnxMetadata.Thresholds.NONE, ExportSettings.INT8_ERROR);
    try (TorchDetector torch = TorchDetector.of(bundle, "strip", backbone)) {
      OnnxExport.write(bundle, torch, settings, PICTURES.subList(0, 1), file);
      try (OnnxDetector onnx = OnnxDetector.open(file)) {
        List<Detection> expected = torch.detect(PICTURES);
        List<Detection> actual = onnx.detect(PICTURES);
        // In 8 bits, and where the graph resizes itself, it rounds otherwise.
        boolean exact = precision == OnnxPrecision.FP32 && !withResize;
        Agreement.requireSame(expected, actual, exact ? PARITY : 0.05);
        for (int i = 0; i < PICTURES.size(); i++) {
          assertEquals(expected.get(i).map().width(), actual.get(i).map().width());
          assertTrue(actual.get(i).map().width() > actual.get(i).map().height());
          for (Scene.Measure measure : Scene.Measure.values()) {
            assertEquals(
                expected.get(i).scene().orElseThrow().value(measure),
                actual.get(i).scene().orElseThrow().value(measure),
                exact ? PARITY : 0.1);
          }
        }
        assertNotEquals(expected.get(1).score(), expected.get(0).score());
        requireStrict(onnx.metadata());
      }
    }
  }

  /** A program without tiles knows format 1 alone, and one with them wants to be told which. */
  private static void requireStrict(OnnxMetadata metadata) {
    Map<String, String> properties = metadata.toProperties();
    assertEquals("anople-onnx 2", properties.get("anople.format"));
    assertEquals(metadata.tiles(), OnnxMetadata.of(properties, "x").tiles());
    for (String wrong :
        List.of(
            "",
            "{}",
            "null",
            "{\"columns\":0,\"rows\":1,\"size\":0,\"overlap\":0.1,\"by_place\":false}",
            "{\"columns\":1,\"rows\":1,\"size\":180,\"overlap\":0.1,\"by_place\":true}",
            "{\"columns\":2,\"rows\":1,\"size\":0,\"overlap\":9,\"by_place\":false}")) {
      properties.put("anople.tiles", wrong);
      InputException refused =
          assertThrows(InputException.class, () -> OnnxMetadata.of(properties, "x"), wrong);
      assertFalse(refused.getMessage().contains("\n"), refused.getMessage());
    }
    properties.put(
        "anople.tiles", "{\"columns\":2,\"rows\":1,\"size\":0,\"overlap\":0.1,\"by_place\":false}");
    properties.put("anople.format", "anople-onnx 1");
    assertThrows(InputException.class, () -> OnnxMetadata.of(properties, "x"));
    properties.remove("anople.tiles");
    properties.remove("anople.region");
    properties.put("anople.format", "anople-onnx 1");
    assertTrue(OnnxMetadata.of(properties, "x").tiles().isEmpty());
  }
}
