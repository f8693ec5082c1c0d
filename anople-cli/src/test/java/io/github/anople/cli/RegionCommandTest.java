package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A region from {@code train} to {@code test} and {@code export}. */
class RegionCommandTest {

  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  @TempDir static Path shared;

  private static Path detector;
  private static Path mask;

  @TempDir Path folder;

  @BeforeAll
  static void train() {
    SyntheticParts.writeGood(shared.resolve("shots"), 1);
    mask = SyntheticParts.write(shared.resolve("mask.png"), painted(blank(), Color.WHITE));
    detector = shared.resolve("washer.anople");
    CommandRun run = train(detector, "--ignore", mask.toString());
    assertEquals(0, run.code(), run::err);
    assertTrue(run.err().contains("25.0 % of each picture is ignored"), run::err);
  }

  private static BufferedImage blank() {
    return new BufferedImage(160, 160, BufferedImage.TYPE_INT_RGB);
  }

  /** Something in the lower right quarter. */
  private static BufferedImage painted(BufferedImage image, Color colour) {
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(colour);
    graphics.fillRect(80, 80, 80, 80);
    graphics.dispose();
    return image;
  }

  private static CommandRun train(Path to, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--normal",
                shared.resolve("shots").toString(),
                "--name",
                "washer",
                "--epochs",
                "1",
                "--target-false-alarm",
                "none",
                "--output",
                to.toString()));
    args.addAll(List.of(more));
    return run(args.toArray(String[]::new));
  }

  private static CommandRun run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--backbone", TINY));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private JsonNode predicted(Path with, Path... pictures) throws IOException {
    List<String> args = new ArrayList<>(List.of("predict", with.toString()));
    for (Path picture : pictures) {
      args.add(picture.toString());
    }
    Path out = folder.resolve("out");
    args.addAll(List.of("--threshold", "0.5", "--quiet", "--output", out.toString()));
    run(args.toArray(String[]::new)).done();
    return new JsonMapper().readTree(out.resolve("results.json").toFile()).path("images");
  }

  @Test
  void aDefectWhereNobodyLooksChangesNoScoreOfDetectorOrGraph() throws IOException {
    BufferedImage part = SyntheticParts.good(4);
    Path good = SyntheticParts.write(folder.resolve("new/good.png"), part);
    Path hidden =
        SyntheticParts.write(folder.resolve("new/hidden.png"), painted(part, Color.MAGENTA));
    Path seen = SyntheticParts.write(folder.resolve("new/seen.png"), SyntheticParts.scratched(9));
    // One at a time: in a batch, rounding may depend on a picture's place.
    JsonNode one = predicted(detector, good);
    Path map = Files.copy(folder.resolve("out/maps/good.png"), folder.resolve("map.png"));
    JsonNode other = predicted(detector, hidden);
    assertEquals(one.get(0).path("score"), other.get(0).path("score"));
    assertEquals(-1, Files.mismatch(map, folder.resolve("out/maps/hidden.png")));
    assertNotEquals(one.get(0).path("score"), predicted(detector, seen).get(0).path("score"));
    Path graph = folder.resolve("washer.onnx");
    run("export", detector.toString(), "--quiet", "--output", graph.toString()).done();
    JsonNode again = predicted(graph, good);
    assertEquals(again.get(0).path("score"), predicted(graph, hidden).get(0).path("score"));
    assertEquals(
        one.get(0).path("score").doubleValue(), again.get(0).path("score").doubleValue(), 1e-4);
  }

  @Test
  void aTestCountsNothingThereAndSaysSo() throws IOException {
    Path data = folder.resolve("data/washer");
    SyntheticParts.writeGood(data.resolve("train/good"), 1);
    SyntheticParts.write(data.resolve("test/good/0.png"), SyntheticParts.good(5));
    SyntheticParts.write(data.resolve("test/scratch/0.png"), SyntheticParts.scratched(7));
    SyntheticParts.write(
        data.resolve("test/hidden/0.png"), painted(SyntheticParts.good(8), Color.MAGENTA));
    SyntheticParts.write(
        data.resolve("ground_truth/hidden/0_mask.png"), painted(blank(), Color.WHITE));
    CommandRun run =
        run(
            "test",
            detector.toString(),
            "--root",
            data.toString(),
            "--output",
            folder.resolve("out").toString());
    assertEquals(0, run.code(), run::err);
    assertTrue((run.out() + run.err()).contains("ignores 25.0 % of each picture"), run::err);
    String scores = Files.readString(folder.resolve("out/scores.csv"));
    assertTrue(scores.contains("counts as good"), scores);
  }

  @Test
  void polygonsMakeTheDetectorThatTheMaskMakes() throws IOException {
    Path json =
        Files.writeString(
            folder.resolve("look.json"),
            "{\"look_at\": [[[0,0],[1,0],[1,0.5],[0,0.5]], [[0,0.5],[0.5,0.5],[0.5,1],[0,1]]]}");
    Path drawn = folder.resolve("drawn.anople");
    train(drawn, "--look-at", json.toString(), "--quiet").done();
    DetectorBundle one = DetectorBundle.read(detector);
    DetectorBundle other = DetectorBundle.read(drawn);
    assertEquals(
        one.goldenImage().orElseThrow().score(), other.goldenImage().orElseThrow().score());
    assertEquals(one.memoryRows(), other.memoryRows());
  }

  @Test
  void aRegionThatLeavesNothingOrIsMeantOtherwiseIsRefusedBeforeTheTraining() throws IOException {
    Path all =
        Files.writeString(folder.resolve("all.json"), "{\"ignore\": [[[0,0],[1,0],[1,1],[0,1]]]}");
    CommandRun nothing = train(folder.resolve("x.anople"), "--ignore", all.toString());
    assertEquals(1, nothing.code());
    assertTrue(nothing.err().contains("leaves nothing to look at"), nothing::err);
    CommandRun wrong = train(folder.resolve("x.anople"), "--look-at", all.toString());
    assertEquals(1, wrong.code());
    assertTrue(wrong.err().contains("says ignore, and is given for look_at"), wrong::err);
  }
}
