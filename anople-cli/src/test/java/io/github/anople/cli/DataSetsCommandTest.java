package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Data sets and folders as they are in the field, through {@code train}, {@code test}, …. */
class DataSetsCommandTest {

  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  /** Holds a detector of washers. */
  @TempDir static Path shared;

  private static String detector;

  @TempDir Path root;

  @BeforeAll
  static void aDetector() {
    SyntheticParts.writeGood(shared.resolve("good"), 1);
    detector = shared.resolve("washer.anople").toString();
    train("--normal", shared.resolve("good").toString(), "--name", "washer").done();
  }

  private static CommandRun train(String... options) {
    List<String> args =
        new ArrayList<>(List.of("train", "--backbone", TINY, "--epochs", "1", "--quiet"));
    args.addAll(List.of("--output", detector, "--target-false-alarm", "none"));
    args.addAll(List.of(options));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private static CommandRun test(String... options) {
    List<String> args = new ArrayList<>(List.of("test", detector, "--backbone", TINY, "--json"));
    args.addAll(List.of(options));
    return CommandRun.of(args.toArray(String[]::new));
  }

  private Path good(String file) {
    SyntheticParts.write(root.resolve(file), SyntheticParts.good(file.hashCode() & 0xff));
    return root.resolve(file);
  }

  private Path bad(String file) {
    SyntheticParts.write(root.resolve(file), SyntheticParts.scratched(file.hashCode() & 0xff));
    return root.resolve(file);
  }

  private Path mask(String file, int left) {
    BufferedImage mask = new BufferedImage(160, 160, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 400; i++) {
      mask.getRaster().setSample(left + i % 20, 40 + i / 20, 0, 255);
    }
    SyntheticParts.write(root.resolve(file), mask);
    return root.resolve(file);
  }

  private void loco() {
    good("washer/train/good/000.png");
    good("washer/test/good/000.png");
    bad("washer/test/structural_anomalies/000.png");
    mask("washer/ground_truth/structural_anomalies/000/000.png", 10);
    mask("washer/ground_truth/structural_anomalies/000/001.png", 80);
  }

  private void ad2() {
    good("washer/train/good/000_regular.png");
    good("washer/test_public/good/000_regular.png");
    bad("washer/test_public/bad/000_regular.png");
    mask("washer/test_public/ground_truth/bad/000_regular_mask.png", 10);
  }

  private void btad() {
    good("washer/train/ok/0000.bmp");
    good("washer/test/ok/0000.bmp");
    bad("washer/test/ko/0000.bmp");
    mask("washer/ground_truth/ko/0000.png", 10);
  }

  private void realIad() throws IOException {
    good("realiad_256/washer/OK/S1/washer_0001_OK_C1_1.jpg");
    good("realiad_256/washer/OK/S1/washer_0001_OK_C2_1.jpg");
    bad("realiad_256/washer/NG/AK/S2/washer_0002_NG_C1_1.jpg");
    mask("realiad_256/washer/NG/AK/S2/washer_0002_NG_C1_1.png", 10);
    Files.createDirectories(root.resolve("realiad_jsons"));
    Files.writeString(
        root.resolve("realiad_jsons/washer.json"),
        """
        {"meta": {"prefix": "washer/", "normal_class": "OK"},
         "train": [{"anomaly_class": "OK", "image_path": "OK/S1/washer_0001_OK_C1_1.jpg"}],
         "test": [{"anomaly_class": "OK", "image_path": "OK/S1/washer_0001_OK_C2_1.jpg", "mask_path": null},
          {"anomaly_class": "AK", "image_path": "NG/AK/S2/washer_0002_NG_C1_1.jpg",
           "mask_path": "NG/AK/S2/washer_0002_NG_C1_1.png"}]}
        """);
  }

  private void lookout() throws IOException {
    good("train/1.jpg");
    good("train/2.jpg");
    bad("bad/1.jpg");
    mask("masks/1.png", 10);
    String label = "\"anomaly-label-metadata\": {\"class-name\": ";
    Files.writeString(
        root.resolve("washers.manifest"),
        "{\"source-ref\": \"s3://b/train/1.jpg\", \"anomaly-label\": 0, "
            + label
            + "\"normal\"}}\n"
            + "{\"source-ref\": \"s3://b/train/2.jpg\", \"anomaly-label\": 0}\n"
            + "{\"source-ref\": \"s3://b/bad/1.jpg\", \"anomaly-label\": 1, "
            + label
            + "\"anomaly\"}, \"anomaly-mask-ref\": \"s3://b/masks/1.png\"}\n");
  }

  @ParameterizedTest
  @CsvSource({"loco", "mvtec-ad2", "btad", "real-iad", "lookout"})
  void aDataSetIsTrainedOnTestedAndBenchmarkedInItsOwnLayout(String layout) throws IOException {
    switch (layout) {
      case "loco" -> loco();
      case "mvtec-ad2" -> ad2();
      case "btad" -> btad();
      case "real-iad" -> realIad();
      default -> lookout();
    }
    String found = root.toString();
    train("--data", layout, "--root", found, "--shots", "1", "--category", "washer").done();
    CommandRun run = test("--root", found);
    assertEquals(0, run.code(), run.err());
    JsonNode washer = run.json().at("/categories/0");
    assertEquals("washer", washer.get("category").textValue());
    assertEquals(1, washer.get("defective").intValue(), run.out());
    assertEquals(1, washer.get("masked").intValue(), run.out());
    assertEquals(layout.equals("loco") ? 2 : 1, washer.get("regions").intValue(), run.out());
    assertTrue(washer.get("good").intValue() >= 1, run.out());
    CommandRun grid = CommandRun.of("benchmark", "--root", found, "--dry-run", "--seeds", "0");
    assertEquals(0, grid.code(), grid.err());
    assertEquals(
        grid.out(),
        CommandRun.of("benchmark", "--data", layout, "--root", found, "--dry-run", "--seeds", "0")
            .done()
            .out());
  }

  @Test
  void whatIsNoLayoutIsWrongUsage() {
    test("--data", "mvtek", "--root", root.toString()).wrongUsage("--data", "mvtek", "real-iad");
    test("--data", "folder", "--root", root.toString()).wrongUsage("--data folder");
    CommandRun.of("benchmark", "--data", "mvtek", "--root", "x").wrongUsage("--data", "mvtek");
    test("--mask-pixels", "turned").wrongUsage("--mask-pixels");
  }

  @Test
  void whatIsBrokenAmongPicturesIsToldTheOthersAreScoredAndTheExitCodeIsOne() throws IOException {
    good("new/a.png");
    good("new/sub/b.png");
    Files.writeString(root.resolve("new/phone.heic"), "x");
    link("new/gone.png", "nowhere.png");
    link("new/sub/again", "new");
    Path results = root.resolve("new/results");
    for (String pictures : List.of("new", "new/**/*.png")) {
      CommandRun run =
          CommandRun.of(
              "predict",
              detector,
              root + "/" + pictures,
              "--backbone",
              TINY,
              "--output",
              results.toString());
      assertEquals(1, run.code(), run.err());
      assertTrue(run.err().contains("gone.png: is a link to a file that is gone"), run.err());
      assertTrue(run.err().contains("2 pictures scored"), run.err());
      JsonNode table = new JsonMapper().readTree(results.resolve("results.json").toFile());
      assertEquals(2, table.get("images").size());
      assertTrue(table.get("failed").size() >= 1);
    }
    CommandRun trained = train("--normal", root.resolve("new").toString(), "--name", "washer");
    assertEquals(1, trained.code(), trained.err());
    assertTrue(trained.err().contains("again: is a link back to a folder above it"), trained.err());
    assertTrue(Files.exists(Path.of(detector)));
    CommandRun tested = test("--test-good", root.resolve("new").toString());
    assertEquals(1, tested.code(), tested.err());
    assertEquals(2, tested.json().get("failed").size(), tested.out());
    assertTrue(tested.err().contains("1 .heic"), tested.err());
  }

  @Test
  void masksOfNobodyAreNotedWhereTheMetricsAre() throws IOException {
    good("good/1.png");
    bad("bad/1.png");
    bad("bad/1.jpg");
    mask("masks/1.png", 10);
    mask("masks/1_mask_2.png", 10);
    CommandRun run =
        test(
            "--test-good",
            root.resolve("good").toString(),
            "--test-bad",
            root.resolve("bad").toString(),
            "--masks",
            root.resolve("masks").toString(),
            "--mask-pixels",
            "stored");
    assertEquals(0, run.code(), run.err());
    String notes = run.json().at("/categories/0/notes").toString();
    assertTrue(notes.contains("1 mask belongs to no defective picture"), notes);
    assertTrue(notes.contains("1_mask_2.png"), notes);
    assertTrue(notes.contains("'bad' lacks the 1 mask of 2 pictures"), notes);
    assertEquals(1, run.json().at("/categories/0/masked").intValue());
    assertFalse(run.err().contains("failures; "), run.err());
  }

  @Test
  void goodPartsAmongTheDefectsAreRefusedWithARemedy() {
    good("bad/Good parts/1.png");
    test("--test-bad", root.resolve("bad").toString())
        .inputFault("Good parts", "its name says that they are good", "rename it");
  }

  private void link(String name, String target) {
    try {
      Files.createSymbolicLink(root.resolve(name), root.resolve(target));
    } catch (IOException | UnsupportedOperationException e) {
      Assumptions.abort("no symbolic links here: " + e);
    }
  }
}
