package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.bundle.Provenance;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.torch.config.TrainingConfig;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Detectors that an older program made are opened, and say what they said then. How they were made
 * is told beside them. Processors differ in how they round, hence what is allowed.
 */
class OldFilesTest {

  private static final double SCORES = 1e-5;

  /** Two steps of 16 bits. */
  private static final double MAPS = 2.0 / 65535;

  private static final Path FOLDER =
      Fixtures.checkout("anople-app/src/test/resources/before-the-step");

  /** The files are those of this very backbone, whichever folder other golden tests read. */
  private static final Path GOLDEN = Fixtures.checkout("anople-core/src/test/resources/golden");

  private static final Calibration PLAIN =
      new Calibration(
          Calibration.Kind.ESTIMATE,
          0.1258752f,
          0.14804594f,
          0.038205467f,
          0.01,
          2,
          Optional.empty());

  private static final Calibration OTHER =
      new Calibration(
          Calibration.Kind.ESTIMATE,
          0.074613534f,
          0.083047956f,
          0.04694716f,
          0.05,
          2,
          Optional.empty());

  private static DetectorFile open(String name) {
    Optional<String> backbone =
        name.endsWith(".anople")
            ? Optional.of(GOLDEN.resolve("tiny_clip").toString())
            : Optional.empty();
    return DetectorFiles.open(
        FOLDER.resolve(name),
        new OpenSettings(
            backbone,
            backbone.isPresent() ? "fp32" : "auto",
            "cpu",
            Optional.empty(),
            OptionalInt.empty()));
  }

  private static Provenance provenance(String name, long seed) {
    return new Provenance(
        "development",
        new Provenance.Backbone(
            "tiny_clip", "0490d90e3c9e40155e16975c3398aca11ecba1384f0d62f09424c23cc1cf4da6"),
        name,
        List.of(name),
        List.of(
            new Provenance.Shot(
                name + "/good_000.png",
                "823af752212100bdad1a7e9a51c07da7f50bbc3400ecb2aff1d9e203b49baa11"),
            new Provenance.Shot(
                name + "/good_001.png",
                "0d329706f363b80bad8c35d7bcb0e4b1ac63fb3e9eb4205afc104d8345106b2d")),
        seed,
        "fp32",
        new Provenance.Platform("17.0.15", "Linux amd64", "2.10.0-1.5.13"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.anople", "plain.onnx", "other.anople", "other.onnx"})
  void scoresMapsAndVerdictsAreThoseOfThen(String name) throws IOException {
    Path answers = FOLDER.resolve("answers").resolve(name);
    List<String> rows = Files.readAllLines(answers.resolve("scores.csv"));
    assertEquals("path,score,verdict,label", rows.get(0).substring(0, 24));
    assertEquals(4, rows.size());
    try (DetectorFile file = open(name)) {
      for (String row : rows.subList(1, rows.size())) {
        String[] cells = row.split(",", -1);
        Path image = GOLDEN.resolve(cells[0]);
        Detection found = file.detector().detect(new ImageReader().read(image));
        assertEquals(Double.parseDouble(cells[1]), found.score(), SCORES, cells[0]);
        requireMap(answers.resolve("maps").resolve(image.getFileName()), found.map());
        assertEquals(
            cells[2].equals("NOT OK"),
            found.score() > file.threshold().orElseThrow().value(),
            cells[0]);
      }
    }
  }

  private static void requireMap(Path file, ScoreMap map) throws IOException {
    Raster raster = ImageIO.read(file.toFile()).getRaster();
    assertEquals(raster.getWidth(), map.width());
    assertEquals(raster.getHeight(), map.height());
    for (int y = 0; y < map.height(); y++) {
      for (int x = 0; x < map.width(); x++) {
        assertEquals(raster.getSample(x, y, 0) / 65535.0, map.at(y, x), MAPS);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".anople", ".onnx"})
  void whatTheyAreMadeFromAndWhereTheyDecideReadsTheSame(String kind) {
    try (DetectorFile plain = open("plain" + kind);
        DetectorFile other = open("other" + kind)) {
      assertEquals(provenance("washer", 11), plain.provenance());
      assertEquals(provenance("steel washer", 5), other.provenance());
      assertEquals(Optional.of(PLAIN), plain.calibration());
      assertEquals(Optional.of(OTHER), other.calibration());
      assertEquals(Optional.of(PLAIN.threshold()), plain.threshold());
      assertEquals(Optional.of(OTHER.threshold()), other.threshold());
    }
  }

  @Test
  void settingsThatLayAtOneLevelMeanTheSame() {
    TrainingConfig plain =
        TrainingConfig.mvtec()
            .with(
                Map.of(
                    "prompts.text_context", "2",
                    "prompts.visual_context", "2",
                    "optimizer.epochs", "4",
                    "optimizer.warmup_epochs", "1",
                    "optimizer.prompt_rate", "0.01",
                    "optimizer.decoder_rate", "0.01",
                    "seed", "11"));
    TrainingConfig other =
        TrainingConfig.mvtec()
            .with(
                Map.of(
                    "prompts.interaction", "text-to-image",
                    "prompts.visual_context", "2",
                    "prompts.depth", "6/12",
                    "prompts.state_words", "broken,scratched",
                    "prompts.class_word", "object",
                    "losses.align", "mean",
                    "anomalies.latent", "false",
                    "seed", "5"))
            .with(
                Map.of(
                    "views.sub_images", "false",
                    "views.signal", "false",
                    "memory.shifts", "2",
                    "memory.coreset", "0.5",
                    "detection.shifts", "2"))
            .with(
                Map.of(
                    "optimizer.epochs", "3",
                    "optimizer.warmup_epochs", "1",
                    "optimizer.prompt_rate", "0.02",
                    "optimizer.decoder_rate", "0.005",
                    "optimizer.momentum", "0.8",
                    "optimizer.weight_decay", "1e-4"));
    assertEquals(plain, settings("plain.anople"));
    assertEquals(other, settings("other.anople"));
  }

  private static TrainingConfig settings(String name) {
    try (DetectorFile file = open(name)) {
      return TrainingConfig.parse(file.configuration().orElseThrow(), name);
    }
  }

  @Test
  void aGraphDoesNotKeepItsSettingsAndKnowsItsPrecision() {
    try (DetectorFile plain = open("plain.onnx");
        DetectorFile other = open("other.onnx")) {
      assertTrue(plain.configuration().isEmpty());
      assertEquals("fp32", plain.precision());
      assertEquals("fp16", other.precision());
      assertFalse(plain.detector().textFeatures().isPresent());
    }
  }
}
