package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code anople test} on a data set of two categories, and on folders. */
class TestCommandTest {

  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  /** Holds data/{ring,washer} in MVTec's layout, a detector of both and one of washers alone. */
  @TempDir static Path shared;

  private static Path data;

  @TempDir Path folder;

  @BeforeAll
  static void twoCategoriesAndTheirDetectors() {
    data = shared.resolve("data");
    for (String category : List.of("ring", "washer")) {
      Path root = data.resolve(category);
      SyntheticParts.writeGood(root.resolve("train/good"), 2);
      SyntheticParts.write(root.resolve("test/good/0.png"), SyntheticParts.good(10));
      SyntheticParts.write(root.resolve("test/good/1.png"), SyntheticParts.good(11));
      for (int i = 0; i < 2; i++) {
        SyntheticParts.write(
            root.resolve("test/scratch/" + i + ".png"), SyntheticParts.scratched(20 + i));
        SyntheticParts.write(root.resolve("ground_truth/scratch/" + i + "_mask.png"), mask());
      }
    }
    SyntheticParts.write(data.resolve("washer/test/bent/0.png"), SyntheticParts.scratched(30));
    train("both.anople", "--data", "mvtec", "--root", data.toString(), "--shots", "1");
    String good = data.resolve("washer/train/good").toString();
    train("washer.anople", "--normal", good, "--name", "washer");
  }

  private static BufferedImage mask() {
    BufferedImage mask = new BufferedImage(160, 160, BufferedImage.TYPE_BYTE_GRAY);
    Graphics2D graphics = mask.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(40, 40, 60, 60);
    graphics.dispose();
    return mask;
  }

  private static void train(String name, String... options) {
    List<String> args =
        new ArrayList<>(List.of("train", "--backbone", TINY, "--epochs", "1", "--quiet"));
    args.addAll(List.of("--output", shared.resolve(name).toString()));
    args.addAll(List.of(options));
    CommandRun.of(args.toArray(String[]::new)).done();
  }

  private static CommandRun test(String detector, String... options) {
    List<String> args =
        new ArrayList<>(List.of("test", shared.resolve(detector).toString(), "--backbone", TINY));
    args.addAll(List.of(options));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @Test
  void everyClassOfADetectorIsTestedAndTheRunFolderIsWhole() throws IOException {
    Path results = folder.resolve("results");
    CommandRun run =
        test(
            "both.anople",
            "--data",
            "mvtec",
            "--root",
            data.toString(),
            "--output",
            results.toString());
    assertEquals(0, run.code(), run.err());
    assertEquals(
        List.of("", "ring", "scratch", "washer", "bent", "scratch", "mean of categories"),
        run.lines().stream()
            .limit(7)
            .map(line -> line.replaceAll("  +(good|\\d+|[\\d-]).*", "").strip())
            .toList(),
        run.out());
    assertEquals(9, run.lines().size(), run.out());
    String boxes = run.lines().get(8);
    assertTrue(boxes.matches("washer: boxes find [0-2] of 2 marked defects.*"), boxes);
    assertTrue(run.err().contains("note: washer: 'bent' has no masks"), run.err());
    assertTrue(run.err().contains("9 pictures scored, 0 failures; results in"), run.err());

    JsonNode metrics = new JsonMapper().readTree(results.resolve("metrics.json").toFile());
    JsonNode washer = metrics.at("/categories/1");
    assertEquals("washer", washer.get("category").textValue());
    assertEquals(3, washer.get("defective").intValue());
    assertEquals(2, washer.get("masked").intValue());
    assertEquals(8, washer.get("metrics").size());
    assertEquals(2, washer.at("/boxes/masks").intValue());
    assertEquals(0, washer.at("/defect_types/0/boxes/masks").intValue());
    JsonNode bent = washer.at("/defect_types/0");
    assertEquals("bent", bent.get("defect_type").textValue());
    assertTrue(bent.get("metrics").has("image_auroc"));
    assertFalse(bent.get("metrics").has("aupro"));
    double mean =
        (metrics.at("/categories/0/metrics/pixel_auroc").doubleValue()
                + washer.at("/metrics/pixel_auroc").doubleValue())
            / 2;
    assertEquals(mean, metrics.at("/mean/pixel_auroc").doubleValue(), 1e-12);

    assertTrue(Files.readString(results.resolve("report-ring.html")).contains("Test of ring"));
    String report = Files.readString(results.resolve("report-washer.html"));
    assertTrue(report.contains("bent"));
    assertTrue(report.contains("Do they lie on the marked defects?"), "the card of boxes");
    assertTrue(report.contains("id=\"features\""), "features of images and texts");
    assertFalse(run.err().contains("learned from"), run.err());
    List<String> scores = Files.readAllLines(results.resolve("scores.csv"));
    assertEquals(10, scores.size());
    assertTrue(scores.get(5).contains("anomalous,washer,bent"), scores::toString);
    assertEquals(2, Files.readAllLines(results.resolve("shots.txt")).size());
    BufferedImage map = ImageIO.read(results.resolve("maps/washer/bent/0.png").toFile());
    assertEquals(DataBuffer.TYPE_USHORT, map.getRaster().getTransferType());
    assertEquals(160, ImageIO.read(results.resolve("images/ring/good/1.png").toFile()).getWidth());
    JsonNode config = new JsonMapper().readTree(results.resolve("config.json").toFile());
    assertEquals("[\"ring\",\"washer\"]", config.at("/data/categories").toString());
    assertEquals(64, config.at("/detector/sha256").textValue().length());
    assertTrue(config.at("/training").size() > 0 && config.at("/provenance").size() > 0);
  }

  @Test
  void aCategoryOfManyCanBeChosen() throws IOException {
    CommandRun run =
        test(
                "both.anople",
                "--data",
                "mvtec",
                "--root",
                data.toString(),
                "--category",
                "ring",
                "--json",
                "--quiet")
            .done();
    assertEquals(1, run.json().get("categories").size());
    assertEquals(4, run.json().at("/categories/0/good").intValue() * 2);
  }

  @Test
  void foldersOfGoodAndDefectiveImagesAreEnough() throws IOException {
    JsonNode found =
        test(
                "washer.anople",
                "--test-good",
                data.resolve("washer/test/good").toString(),
                "--test-bad",
                data.resolve("washer/test/scratch").toString(),
                "--masks",
                data.resolve("washer/ground_truth/scratch").toString(),
                "--json",
                "--quiet")
            .done()
            .json();
    assertEquals("washer", found.at("/categories/0/category").textValue());
    assertEquals("scratch", found.at("/categories/0/defect_types/0/defect_type").textValue());
    assertTrue(found.at("/mean").has("aupro_0.05"), found::toString);
  }

  @Test
  void shotsAmongTheTestImagesAreSaidAndInTheReport() throws IOException {
    Path results = folder.resolve("results");
    CommandRun run =
        test(
            "washer.anople",
            "--test-good",
            data.resolve("washer/train/good").toString(),
            "--test-bad",
            data.resolve("washer/test/scratch").toString(),
            "--output",
            results.toString());
    assertEquals(0, run.code(), run.err());
    String said = "the detector learned from 2 of these 4 pictures";
    assertEquals(1, run.err().lines().filter(line -> line.contains(said)).count(), run.err());
    assertTrue(Files.readString(results.resolve("report.html")).contains(said));
  }

  @Test
  void goodImagesAloneAreScoredAndThatNothingIsMeasuredIsSaid() throws IOException {
    Path results = folder.resolve("results");
    CommandRun run =
        test(
            "washer.anople",
            "--test-good",
            data.resolve("washer/test/good").toString(),
            "--output",
            results.toString(),
            "--no-maps",
            "--no-overlays");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("only good test pictures"), run.err());
    assertEquals(3, Files.readAllLines(results.resolve("scores.csv")).size());
    assertFalse(Files.exists(results.resolve("maps")) || Files.exists(results.resolve("images")));
    JsonNode metrics = new JsonMapper().readTree(results.resolve("metrics.json").toFile());
    assertEquals(0, metrics.at("/categories/0/metrics").size());
  }

  @Test
  void whatCannotBeReadIsReportedAndEndsWithOne() throws IOException {
    Path bad = folder.resolve("bad/scratch");
    SyntheticParts.write(bad.resolve("0.png"), SyntheticParts.scratched(1));
    Files.writeString(bad.resolve("1.png"), "no picture");
    CommandRun run =
        test(
            "washer.anople",
            "--test-good",
            data.resolve("washer/test/good").toString(),
            "--test-bad",
            folder.resolve("bad").toString(),
            "--json",
            "--quiet");
    assertEquals(1, run.code());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("1.png"), run.err());
    assertEquals(1, run.json().get("failed").size());
    assertEquals(1, run.json().at("/categories/0/defective").intValue());
  }

  @Test
  void optionsThatContradictEachOtherAreWrongUsage() {
    String root = data.toString();
    String good = data.resolve("washer/test/good").toString();
    test("washer.anople", "--data", "mvtec", "--root", root, "--test-good", good)
        .wrongUsage("--data mvtec", "--test-good");
    test("washer.anople", "--root", root, "--test-good", good).wrongUsage("--root", "--data");
    String output = folder.resolve("x.anople").toString();
    CommandRun.of("train", "--data", "mvtec", "--root", root, "--normal", good, "--output", output)
        .wrongUsage("--normal");
  }

  @Test
  void whatCannotBeTestedIsSaidInOneLine() throws IOException {
    String mvtec = data.toString();
    test("washer.anople").wrongUsage("--test-good", "missing");
    test("washer.anople", "--data", "mvtec").wrongUsage("--root", "missing");
    test("washer.anople", "--data", "mvtec", "--root", mvtec, "--category", "bolt")
        .inputFault("bolt", "ring, washer");
    String good = data.resolve("washer/test/good").toString();
    test("both.anople", "--test-good", good).wrongUsage("--name", "ring, washer");
    test("washer.anople", "--test-good", good, "--masks", good).inputFault("masks");
    test("none.anople", "--test-good", good).inputFault("none.anople");
    SyntheticParts.writeGood(folder.resolve("data/washer/train/good"), 1);
    test("washer.anople", "--data", "mvtec", "--root", folder.resolve("data").toString())
        .inputFault("no test picture of washer");
    Path file = Files.writeString(folder.resolve("file"), "x");
    test("washer.anople", "--test-good", good, "--output", file.toString()).inputFault("file");
  }
}
