package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector with a scene check, through the commands. */
class SceneCheckTest {

  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  @TempDir static Path shared;

  private static Path detector;
  private static Path black;
  private static Path good;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    SyntheticParts.writeGood(shared.resolve("shots"), 2);
    detector = shared.resolve("washer.anople");
    run(
            "train",
            "--normal",
            shared.resolve("shots").toString(),
            "--name",
            "washer",
            "--epochs",
            "2",
            "--set",
            "scene.enabled=true",
            "--quiet",
            "--output",
            detector.toString())
        .done();
    black =
        SyntheticParts.write(
            shared.resolve("new/black.png"), new BufferedImage(50, 50, BufferedImage.TYPE_INT_RGB));
    good = SyntheticParts.write(shared.resolve("new/good.png"), SyntheticParts.good(1));
  }

  private static CommandRun run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--backbone", TINY));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private CommandRun predict(String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "predict",
                detector.toString(),
                black.toString(),
                good.toString(),
                "--threshold",
                "0.5",
                "--output",
                folder.resolve("out").toString()));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private JsonNode results() throws IOException {
    return new JsonMapper().readTree(folder.resolve("out/results.json").toFile());
  }

  @Test
  void aBlackPictureIsNotLikeTheProductWhateverItsScore() throws IOException {
    CommandRun run = predict("--fail-on-anomaly");
    assertEquals(PredictCommand.ANOMALY, run.code(), run::err);
    assertTrue(run.err().contains("  NOT LIKE THE PRODUCT ("), run::err);
    assertTrue(run.err().contains("1 NOT OK (1 NOT LIKE THE PRODUCT)"), run::err);
    JsonNode image = results().at("/images/0");
    assertEquals("NOT LIKE THE PRODUCT", image.get("verdict").textValue());
    assertTrue(image.at("/margin").doubleValue() < 0, "by its score it would be OK");
    JsonNode fault = image.at("/scene/0");
    assertTrue(fault.get("value").doubleValue() > fault.get("limit").doubleValue());
    assertFalse(fault.get("fault").textValue().isBlank());
    assertEquals("OK", results().at("/images/1/verdict").textValue());
    assertEquals(0, results().at("/images/1/scene").size());
    List<String> table = Files.readAllLines(folder.resolve("out/scores.csv"));
    assertTrue(table.get(0).contains(",margin,scene,notes,"), table::toString);
    assertTrue(table.get(1).contains(",NOT LIKE THE PRODUCT,"), table::toString);
    assertTrue(table.get(1).contains("dark"), table::toString);
    // Nothing of the scene, no notes, and no place above the pixel threshold.
    assertTrue(table.get(2).contains(",OK,"), table::toString);
    assertTrue(table.get(2).endsWith(",,,0,0.0,,"), table::toString);
  }

  @Test
  void whoeverKnowsBetterMayLeaveTheCheckOut() throws IOException {
    CommandRun run = predict("--fail-on-anomaly", "--no-scene-check");
    assertEquals(0, run.code(), run::err);
    assertTrue(run.err().contains("without the scene check"), run::err);
    assertEquals("OK", results().at("/images/0/verdict").textValue());
    assertFalse(results().at("/images/0").has("scene"));
  }

  @Test
  void aDetectorWithoutACheckSaysSoOnce() {
    Path without = folder.resolve("without.anople");
    run(
            "train",
            "--normal",
            shared.resolve("shots").toString(),
            "--name",
            "washer",
            "--epochs",
            "1",
            "--set",
            "scene.enabled=false",
            "--quiet",
            "--output",
            without.toString())
        .done();
    CommandRun run = run("predict", without.toString(), black.toString(), good.toString());
    String note = "this detector has no scene check: train it again to have one";
    assertEquals(1, run.err().lines().filter(note::equals).count(), run::err);
  }

  @Test
  void aCalibrationSetsTheLimitsAndNamesWhatIsUnlikeTheOthers() {
    for (int i = 10; i < 19; i++) {
      SyntheticParts.write(folder.resolve("more/" + i + ".png"), SyntheticParts.good(i));
    }
    SyntheticParts.write(
        folder.resolve("more/lid.png"), new BufferedImage(50, 50, BufferedImage.TYPE_INT_RGB));
    Path file = folder.resolve("calibrated.anople");
    CommandRun run =
        run(
            "calibrate",
            detector.toString(),
            "--normal",
            folder.resolve("more").toString(),
            "--target-false-alarm",
            "0.1",
            "--output",
            file.toString());
    assertEquals(0, run.code(), run::err);
    assertTrue(run.err().contains("lid.png looks unlike the others ("), run::err);
    assertTrue(run.err().contains("is it a good picture?"), run::err);
    assertEquals(1, run.err().lines().filter(line -> line.contains("unlike the others")).count());
    assertTrue(run.out().contains("look unlike the others"), run::out);
    DetectorBundle calibrated = DetectorBundle.read(file);
    assertTrue(calibrated.calibration().orElseThrow().scene().isPresent());
    assertEquals(
        DetectorBundle.read(detector).scene().orElseThrow().limits(),
        calibrated.scene().orElseThrow().limits());
    // Even so, a black picture stays out.
    CommandRun again = run("predict", file.toString(), black.toString());
    assertTrue(again.out().contains("NOT LIKE THE PRODUCT"), again::out);
    CommandRun alone =
        run(
            "calibrate",
            detector.toString(),
            "--normal",
            folder.resolve("more").toString(),
            "--no-scene-check",
            "--target-false-alarm",
            "0.1",
            "--output",
            file.toString());
    assertEquals(0, alone.code(), alone::err);
    assertTrue(DetectorBundle.read(file).calibration().orElseThrow().scene().isEmpty());
  }

  @Test
  void aTestCountsVerdicts() throws IOException {
    Path data = folder.resolve("data");
    SyntheticParts.write(data.resolve("good/0.png"), SyntheticParts.good(3));
    Files.createDirectories(data.resolve("bad"));
    Files.copy(black, data.resolve("bad/0.png"));
    CommandRun run =
        run(
            "test",
            detector.toString(),
            "--test-good",
            data.resolve("good").toString(),
            "--test-bad",
            data.resolve("bad").toString(),
            "--output",
            folder.resolve("tested").toString());
    assertEquals(0, run.code(), run::err);
    String report = Files.readString(folder.resolve("tested/report.html"));
    assertTrue(report.contains("1 not like the product"), "the heading");
    assertTrue(report.contains("LIKE THE PRODUCT ("), "the card");
    assertTrue(
        Files.readString(folder.resolve("tested/scores.csv")).contains(",NOT LIKE THE PRODUCT,"));
  }
}
