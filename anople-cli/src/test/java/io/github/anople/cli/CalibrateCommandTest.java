package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From good pictures to a verdict, as a person types it. */
class CalibrateCommandTest {

  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  @TempDir static Path shared;

  private static Path trained;

  @TempDir Path folder;

  private String detector;

  @BeforeAll
  static void train() {
    SyntheticParts.writeGood(shared.resolve("shots"), 2);
    trained = shared.resolve("washer.anople");
    train(trained).done();
  }

  private static CommandRun train(Path output, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "train",
                "--normal",
                shared.resolve("shots").toString(),
                "--name",
                "washer",
                "--backbone",
                TINY,
                "--epochs",
                "2",
                "--quiet",
                "--output",
                output.toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @BeforeEach
  void copy() throws IOException {
    detector = Files.copy(trained, folder.resolve("washer.anople")).toString();
  }

  private static CommandRun run(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--backbone", TINY));
    return CommandRun.of(all.toArray(String[]::new));
  }

  private Optional<Calibration> calibration() {
    return DetectorBundle.read(Path.of(detector)).calibration();
  }

  private static String[] with(List<String> args, String... more) {
    return Stream.concat(args.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private Path good(int from, int count) {
    for (int i = from; i < from + count; i++) {
      SyntheticParts.write(folder.resolve("more/" + i + ".png"), SyntheticParts.good(i));
    }
    return folder.resolve("more");
  }

  @Test
  void trainingEndsWithAnEstimateAndPredictSaysOkOrNot() throws IOException {
    Calibration estimate = calibration().orElseThrow();
    assertEquals(Calibration.Kind.ESTIMATE, estimate.kind());
    String shot = shared.resolve("shots/good_000.png").toString();
    CommandRun run = run("predict", detector, shot, "--output", folder.resolve("out").toString());
    assertEquals(0, run.code(), run::err);
    assertTrue(run.err().contains("nothing is promised"), run::err);
    assertTrue(run.err().contains("  OK (-"), run::err);
    JsonNode results = new JsonMapper().readTree(folder.resolve("out/results.json").toFile());
    assertEquals(estimate.imageThreshold(), results.get("threshold").floatValue());
    assertEquals("estimate", results.get("threshold_origin").textValue());
    assertEquals("OK", results.at("/images/0/verdict").textValue());
    assertTrue(results.at("/images/0/margin").doubleValue() < 0);
    List<String> table = Files.readAllLines(folder.resolve("out/scores.csv"));
    assertTrue(
        table.get(1).contains("," + estimate.imageThreshold() + ",estimate,-"), table::toString);
  }

  @Test
  void equalTrainingsWriteEqualBytesWithTheirThresholds() throws IOException {
    Path again = folder.resolve("again.anople");
    train(again).done();
    assertEquals(-1, Files.mismatch(trained, again));
  }

  @Test
  void withoutCalibrationThereIsNoVerdict() {
    Path plain = folder.resolve("plain.anople");
    train(plain, "--target-false-alarm", "none").done();
    assertTrue(DetectorBundle.read(plain).calibration().isEmpty());
    String image = good(40, 1).toString();
    CommandRun run = run("predict", plain.toString(), image);
    assertEquals(0, run.code(), run::err);
    assertFalse(run.out().contains("OK"), run::out);
    run("predict", plain.toString(), image, "--fail-on-anomaly")
        .inputFault("plain.anople", "has no threshold", "anople calibrate");
  }

  @Test
  void aThresholdOnTheCommandLineOverrulesTheDetectors() {
    String image = good(40, 1).toString();
    CommandRun strict = run("predict", detector, image, "--threshold", "0", "--quiet");
    assertTrue(strict.out().contains("NOT OK"), strict::out);
    assertEquals(
        4, run("predict", detector, image, "--threshold", "0", "--fail-on-anomaly").code());
    assertEquals(
        0, run("predict", detector, image, "--threshold", "1", "--fail-on-anomaly").code());
    run("predict", detector, image, "--threshold", "NaN").inputFault("threshold", "NaN");
  }

  @Test
  void furtherGoodImagesMakeAPromiseOrSayHowManyWould() throws IOException {
    String more = good(40, 9).toString();
    CommandRun run =
        run("calibrate", detector, "--normal", more, "--target-false-alarm", "0.1", "--json");
    assertEquals(0, run.code(), run::err);
    assertEquals(0.1, run.json().get("promised_false_alarm").doubleValue());
    assertEquals("conformal", run.json().get("kind").textValue());
    assertEquals(Optional.of(0.1), calibration().orElseThrow().promised());
    assertEquals(9, calibration().orElseThrow().images());

    CommandRun few = run("calibrate", detector, "--normal", more);
    assertEquals(0, few.code(), few::err);
    assertTrue(few.out().contains("at most 10 %"), few::out);
    assertTrue(few.out().contains("for 1 %, 99 are needed"), few::out);
  }

  @Test
  void twoSharesGiveTwoThresholdsThatEveryCommandKnows() throws IOException {
    String more = good(40, 9).toString();
    CommandRun run =
        run(
            "calibrate",
            detector,
            "--normal",
            more,
            "--target-false-alarm",
            "0.1",
            "--uncertain-false-alarm",
            "0.4",
            "--no-scene-check");
    assertEquals(0, run.code(), run::err);
    assertTrue(run.out().contains("at most 40 % UNCERTAIN or NOT OK"), run::out);
    float lower = calibration().orElseThrow().uncertain().orElseThrow().threshold();
    assertTrue(run.out().contains("uncertain above " + lower), run::out);
    assertTrue(lower < calibration().orElseThrow().imageThreshold());
    CommandRun own =
        run("predict", detector, more, "--output", folder.resolve("two").toString(), "--quiet");
    assertEquals(0, own.code(), own::err);
    JsonNode results = new JsonMapper().readTree(folder.resolve("two/results.json").toFile());
    assertEquals(lower, results.get("uncertain_threshold").floatValue());
    assertTrue(Files.readString(folder.resolve("two/scores.csv")).contains("," + lower + ",\r\n"));

    CommandRun byHand =
        CommandRun.of("calibrate", detector, "--threshold", "0.25", "--uncertain-threshold", "0.1");
    assertEquals(0, byHand.code(), byHand::err);
    assertEquals(Optional.of(0.1f), calibration().orElseThrow().threshold().uncertain());
    String picture = good(40, 1).toString();
    List<String> strict =
        List.of("predict", detector, more, "--fail-on-anomaly", "--uncertain-threshold", "0");
    CommandRun doubted = run(with(strict, "--threshold", "1", "--output", folder + "/doubted"));
    assertEquals(5, doubted.code(), doubted::err);
    assertTrue(doubted.err().contains("9 pictures scored, 9 UNCERTAIN, 0 NOT OK"), doubted::err);
    assertEquals(4, run(with(strict, "--threshold", "0")).code());
    run("predict", detector, picture, "--uncertain-threshold", "0.1").wrongUsage("--threshold T");
    run("predict", detector, picture, "--threshold", "0.1", "--uncertain-threshold", "0.2")
        .inputFault("threshold of uncertain pictures", "0.2");
    CommandRun.of("calibrate", detector, "--uncertain-threshold", "0.1", "--normal", more)
        .wrongUsage("--threshold T");
    run("calibrate", detector, "--normal", more, "--uncertain-false-alarm", "0.01")
        .inputFault("target of uncertain pictures", "not greater than 0.01");
  }

  @Test
  void viewsOfAPartAreJudgedTogether() throws IOException {
    for (String name : List.of("a_cam1", "a_cam2", "b_cam1", "c_cam1", "c_cam2")) {
      int seed = name.charAt(0) + name.charAt(5);
      SyntheticParts.write(folder.resolve("views/" + name + ".png"), SyntheticParts.good(seed));
    }
    for (String name : List.of("d_cam1", "d_cam2")) {
      SyntheticParts.write(
          folder.resolve("bad/scratch/" + name + ".png"),
          SyntheticParts.good(name.hashCode() & 99));
    }
    List<String> all =
        List.of("predict", detector, folder + "/views", "--threshold", "1", "--no-scene-check");
    CommandRun run =
        run(with(all, "--part", "{part}_cam{view}", "--views", "2", "--fail-on-anomaly"));
    assertEquals(5, run.code(), run::err);
    assertTrue(run.out().contains("b: INCOMPLETE (1 missing), "), run::out);
    assertTrue(run.err().contains("3 parts: 2 OK, 1 INCOMPLETE, 0 NOT OK"), run::err);
    CommandRun json = run(with(all, "--part", "x{part}", "--json"));
    assertEquals(0, json.code(), json::err);
    assertTrue(json.err().contains("5 pictures do not match --part"), json::err);
    assertEquals(5, json.json().get("parts").size());
    run(with(all, "--views", "2")).wrongUsage("--part PATTERN");
    run(with(all, "--part", "cam")).inputFault("pattern of parts", "{part}_cam{view}.png");
    CommandRun tested =
        run(
            "test",
            detector,
            "--test-good",
            folder + "/views",
            "--test-bad",
            folder + "/bad",
            "--part",
            "{part}_cam{view}",
            "--output",
            folder + "/tested");
    assertEquals(0, tested.code(), tested::err);
    assertTrue(tested.err().contains("washer: 3 good, 1 defective parts: "), tested::err);
    assertTrue(
        Files.readString(folder.resolve("tested/report.html")).contains("Decisions on parts"));
  }

  @Test
  void shotsAmongTheFurtherImagesAreLeftOutAndSaidSo() {
    String more = good(40, 3).toString();
    String shots = shared.resolve("shots").toString();
    CommandRun run = run("calibrate", detector, "--normal", more, "--normal", shots);
    assertEquals(0, run.code(), run::err);
    assertTrue(run.err().contains("left out: 2"), run::err);
    assertEquals(3, calibration().orElseThrow().images());
    run("calibrate", detector, "--normal", shots).inputFault("has learned from all");
  }

  @Test
  void imagesThatCannotBeReadAreLeftOutSaidAndEndWithOne() throws IOException {
    Path more = good(40, 3);
    Files.writeString(more.resolve("0.png"), "no picture");
    Files.writeString(more.resolve("z.png"), "none either");
    CommandRun run = run("calibrate", detector, "--normal", more.toString(), "--quiet");
    assertEquals(1, run.code(), run::err);
    assertEquals(2, run.err().lines().count(), run::err);
    assertTrue(run.err().contains("0.png") && run.err().contains("z.png"), run::err);
    assertEquals(3, calibration().orElseThrow().images());
    run("calibrate", detector, "--normal", more.resolve("z.png").toString()).inputFault("z.png");
  }

  @Test
  void theShotsGiveTheEstimateOfTheTrainingAgain() {
    Optional<Calibration> before = calibration();
    run("calibrate", detector, "--normal", good(40, 3).toString());
    CommandRun run = run("calibrate", detector, "--shots-dir", shared.resolve("shots").toString());
    assertEquals(0, run.code(), run::err);
    assertEquals(before, calibration());
    run("calibrate", detector, "--shots-dir", good(40, 3).toString())
        .inputFault("washer.anople", "its shot 'washer/good_000.png'", "1 more");
  }

  @Test
  void aLampThatFailsIsToldWhilePicturesAreScoredAndAfterwards() throws IOException {
    String out = folder.resolve("out").toString();
    run("drift", out, detector).wrongUsage("--backbone");
    CommandRun.of("drift", out, detector).inputFault("out", "results.json");

    CommandRun few = run("calibrate", detector, "--normal", good(60, 2).toString());
    assertTrue(few.err().contains("too few to notice drift later: 5 are needed"), few::err);
    String pictures = good(40, 12).toString();
    CommandRun calibrated = run("calibrate", detector, "--normal", pictures, "--json");
    assertEquals(14, calibrated.json().get("drift_pictures").intValue(), calibrated::err);
    CommandRun byHand = CommandRun.of("calibrate", detector, "--threshold", "0.4");
    assertEquals(0, byHand.code(), byHand::err);

    CommandRun usual = run("predict", detector, pictures, "--output", out);
    assertEquals(0, usual.code(), usual::err);
    assertFalse(usual.err().contains("drift: "), usual::err);
    CommandRun nothing = CommandRun.of("drift", out, detector);
    assertEquals(0, nothing.code(), nothing::err);
    assertTrue(nothing.out().contains("nothing has moved"), nothing::out);

    String dark = darker(Path.of(pictures)).toString();
    CommandRun told = run("predict", detector, dark, "--output", out);
    assertEquals(0, told.code(), "drift is no fault of the pictures");
    assertTrue(told.err().contains("drift: the light has changed: pictures are "), told::err);
    CommandRun afterwards = CommandRun.of("drift", out, detector, "--json");
    assertEquals(0, afterwards.code(), afterwards::err);
    assertEquals("light", afterwards.json().at("/drifts/0/kind").textValue());
    JsonNode results = new JsonMapper().readTree(folder.resolve("out/results.json").toFile());
    assertEquals(results.get("drift"), afterwards.json());

    run("memory", "add", detector, good(80, 1).toString());
    CommandRun.of("drift", out, detector)
        .inputFault("washer.anople", "does not know how good pictures look", "anople calibrate");
  }

  private Path darker(Path pictures) throws IOException {
    Path dark = Files.createDirectories(folder.resolve("dark"));
    try (Stream<Path> files = Files.list(pictures)) {
      for (Path file : files.sorted().toList()) {
        RgbImage image = new ImageReader().read(file);
        byte[] samples = image.pixels();
        for (int i = 0; i < samples.length; i++) {
          samples[i] = (byte) ((samples[i] & 0xff) * 7 / 10);
        }
        RgbImage darker = RgbImage.of(image.width(), image.height(), samples);
        ImageIO.write(
            darker.toBufferedImage(), "png", dark.resolve(file.getFileName().toString()).toFile());
      }
    }
    return dark;
  }

  @Test
  void aCalibratedDetectorTakesAThresholdByHand() {
    CommandRun run = CommandRun.of("calibrate", detector, "--threshold", "0.25");
    assertEquals(0, run.code(), run::err);
    assertEquals(0.25f, calibration().orElseThrow().imageThreshold());
    assertEquals(Calibration.Kind.MANUAL, calibration().orElseThrow().kind());
    CommandRun.of("calibrate", detector, "--threshold", "7").inputFault("threshold", "7.0");
    CommandRun.of("calibrate", detector, "--threshold", "0.51")
        .inputFault("threshold", "0.51 can never be reached", "scores end at 0.5");
    CommandRun.of("calibrate", detector, "--threshold", "0.1", "--target-false-alarm", "0.3")
        .wrongUsage("--threshold", "--target-false-alarm");
    assertEquals(0.25f, calibration().orElseThrow().imageThreshold());
  }

  @Test
  void moreMemoryDropsTheThresholdsAndSaysSo() {
    CommandRun run = run("memory", "add", detector, good(40, 1).toString());
    assertEquals(0, run.code(), run::err);
    assertTrue(run.err().contains("anople calibrate " + detector), run::err);
    assertTrue(calibration().isEmpty());
  }

  @Test
  void aCorrectionIsCalibratedMeasuredListedAndUndone() throws IOException {
    byte[] before = Files.readAllBytes(Path.of(detector));
    String odd =
        SyntheticParts.write(folder.resolve("odd/marked.png"), SyntheticParts.scratched(60))
            .toString();
    String good = good(40, 4).toString();
    Path bad = SyntheticParts.write(folder.resolve("bad/s/1.png"), SyntheticParts.scratched(61));
    String[] add = {
      "memory",
      "add",
      detector,
      odd,
      good + "/40.png",
      "--calibrate",
      good,
      "--by",
      "Ada",
      "--target-false-alarm",
      "0.25",
      "--test-good",
      good,
      "--test-bad",
      bad.getParent().toString(),
      "--json",
      "--backbone",
      TINY
    };
    CommandRun run = CommandRun.of(add);
    assertEquals(0, run.code(), run::err);
    JsonNode json = new JsonMapper().readTree(run.out());
    assertEquals(1, json.get("version").intValue());
    assertEquals("OK", json.at("/added/0/after/verdict").textValue());
    assertTrue(
        json.at("/added/0/after/score").doubleValue()
            < json.at("/added/0/before/score").doubleValue());
    assertEquals(3, json.at("/good/pictures").intValue());
    assertTrue(json.at("/good/not_ok_after").intValue() <= 1);
    assertTrue(
        json.at("/test/recall_before").isNumber() && json.at("/test/recall_after").isNumber());
    assertEquals(1, json.at("/test/categories/0/remembered").intValue());
    assertEquals(3, calibration().orElseThrow().images());

    CommandRun again = run("memory", "add", detector, odd, "--quiet");
    again.inputFault("remembers all of these pictures already");
    JsonNode list =
        new JsonMapper().readTree(CommandRun.of("memory", "list", detector, "--json").out());
    assertEquals(1, list.get("version").intValue());
    assertEquals("Ada", list.at("/versions/1/by").textValue());
    assertEquals(
        List.of("washer/40.png", "washer/marked.png"),
        list.at("/versions/1/pictures").findValuesAsText("name"));
    CommandRun shown = CommandRun.of("memory", "list", detector);
    assertTrue(shown.out().contains(", by Ada: 2 pictures"), shown::out);

    CommandRun.of("memory", "remove", detector).wrongUsage("--last");
    CommandRun.of("memory", "remove", detector, "--to", "7").inputFault("no version 7");
    CommandRun undone = CommandRun.of("memory", "remove", detector, "--last");
    assertEquals(0, undone.code(), undone::err);
    assertArrayEquals(before, Files.readAllBytes(Path.of(detector)));
  }

  @Test
  void wrongUsageAndTargetsOutOfRange() {
    String more = good(40, 1).toString();
    run("calibrate", detector).wrongUsage("--normal", "--shots-dir");
    run("calibrate", detector, "--normal", more, "--threshold", "0.1").wrongUsage("--normal");
    for (String bad : List.of("0", "-0.1", "0.6", "NaN", "1e-9")) {
      run("calibrate", detector, "--normal", more, "--target-false-alarm", bad)
          .inputFault("target of false alarms", "out of range");
    }
    run("calibrate", folder.resolve("none.anople").toString(), "--normal", more)
        .inputFault("none.anople");
  }

  @Test
  void aDetectorWithAHostileCalibrationIsRefusedInOneLine() throws IOException {
    byte[] bytes = Files.readAllBytes(trained);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String field = "image_threshold\\\":0.";
    int at = text.indexOf(field) + field.length() - 2;
    bytes[at] = '7'; // 7.something
    Files.write(Path.of(detector), bytes);
    run("predict", detector, good(40, 1).toString())
        .inputFault("washer.anople, calibration", "image threshold");
  }
}
