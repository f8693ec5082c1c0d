package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands as a person types them: what they print, and how they end. */
class CommandTest {

  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... args) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), args);
  }

  @Test
  void infoTellsWhatACheckpointIs() throws IOException {
    assertEquals(0, run("backbone", "info", TINY));
    assertTrue(out.toString().contains("parameters"), out::toString);
    assertEquals(0, run("backbone", "info", TINY, "--json"));
    JsonNode json = new JsonMapper().readTree(out.toString());
    assertEquals(64, json.get("sha256").asText().length());
    assertEquals("F32", json.get("dtype").asText());
  }

  @Test
  void embedComparesImagesWithTexts() throws IOException {
    String image = Fixtures.goldenImage().toString();
    String[] question = {
      "backbone",
      "embed",
      "--backbone",
      TINY,
      "--compute",
      "fp32",
      "--image",
      image,
      "--text",
      "a bottle",
      "--text",
      "an abnormal bottle"
    };
    assertEquals(0, run(question));
    assertTrue(out.toString().contains("softmax"), out::toString);
    String[] asJson = Arrays.copyOf(question, question.length + 1);
    asJson[question.length] = "--json";
    assertEquals(0, run(asJson));
    JsonNode first = new JsonMapper().readTree(out.toString()).get("images").get(0);
    double sum = first.get("softmax").get(0).asDouble() + first.get("softmax").get(1).asDouble();
    assertEquals(1, sum, 1e-9);
    assertTrue(Math.abs(first.get("cosine").get(0).asDouble()) <= 1);
  }

  @Test
  void aFaultOfTheInputIsOneLineAndExitCodeOne() {
    for (String[] command :
        List.of(
            new String[] {"backbone", "info", folder.resolve("none").toString()},
            new String[] {"predict", folder.resolve("none.anople").toString(), "x.png"},
            new String[] {"train", "--normal", folder.toString(), "--backbone", TINY},
            new String[] {"backbone", "pull", "no-such-name"})) {
      assertEquals(1, run(command), () -> String.join(" ", command) + ": " + err);
      assertEquals(1, err.toString().lines().count(), err::toString);
      assertTrue(err.toString().startsWith("anople: "), err::toString);
    }
  }

  @Test
  void wrongUsageIsExitCodeTwo() {
    assertEquals(2, run("backbone", "info"));
    assertEquals(2, run("train", "--no-such-option"));
    assertEquals(2, run("predict"));
    assertEquals(2, run("train", "--backbone", TINY));
    assertTrue(err.toString().contains("--normal: is missing"), err::toString);
  }

  @Test
  void helpAndVersionAreExitCodeZero() {
    assertEquals(0, run("--version"));
    assertEquals(0, run("train", "--help"));
    assertTrue(out.toString().contains("--normal"), out::toString);
  }

  @Test
  void trainTellsOfShotsThatTeachNothingOnTheScreenAndInJson() throws IOException {
    Path part = SyntheticParts.writeGood(folder.resolve("good"), 1).get(0);
    Files.copy(part, folder.resolve("good/copy.png"));
    String name = "the ".repeat(40) + "washer";
    String[] train = {
      "train",
      "--normal",
      folder.resolve("good").toString(),
      "--name",
      name,
      "--backbone",
      TINY,
      "--epochs",
      "1",
      "--target-false-alarm",
      "none",
      "--output",
      folder.resolve("twins.anople").toString(),
      "--json"
    };
    assertEquals(0, run(train), err::toString);
    JsonNode notes = new JsonMapper().readTree(out.toString()).get("notes");
    assertEquals(2, notes.size());
    assertEquals("name-cut", notes.get(0).get("kind").asText());
    assertEquals("same-picture", notes.get(1).get("kind").asText());
    assertEquals(2, notes.get(1).get("about").size());
    for (JsonNode note : notes) {
      assertTrue(err.toString().contains("note: " + note.get("note").asText()), err::toString);
    }
  }

  @Test
  void aFolderOfGoodImagesBecomesADetectorThatScores() throws IOException {
    SyntheticParts.writeGood(folder.resolve("good"), 1);
    SyntheticParts.write(folder.resolve("new/scratched.png"), SyntheticParts.scratched(4));
    Files.writeString(folder.resolve("new/text.png"), "no picture");
    String detector = folder.resolve("washer.anople").toString();
    assertEquals(
        0,
        run(
            "train",
            "--normal",
            folder.resolve("good").toString(),
            "--name",
            "washer",
            "--backbone",
            TINY,
            "--epochs",
            "2",
            "--output",
            detector),
        err::toString);
    assertTrue(err.toString().contains("epoch 2/2"), err::toString);
    assertEquals(3, Files.readAllLines(folder.resolve("washer.training.csv")).size());
    assertFalse(Files.exists(Path.of(detector + ".checkpoint")));

    String results = folder.resolve("results").toString();
    assertEquals(
        1,
        run(
            "predict",
            detector,
            folder.resolve("new").toString(),
            "--backbone",
            TINY,
            "--pixel-threshold",
            "0",
            "--min-area",
            "2%",
            "--output",
            results));
    assertTrue(err.toString().contains("text.png"), err::toString);
    List<String> scores = Files.readAllLines(folder.resolve("results/scores.csv"));
    assertEquals(2, scores.size());
    JsonNode found = new JsonMapper().readTree(folder.resolve("results/results.json").toFile());
    assertEquals("2 %", found.get("min_area").asText());
    assertEquals(160, found.at("/images/0/width").asInt());
    assertTrue(found.at("/images/0/defects/0/area_percent").asDouble() >= 2, found::toString);
    String columns = "," + found.at("/images/0/defect_count").asText() + ",";
    assertTrue(scores.get(1).contains(columns), scores::toString);
    double before = Double.parseDouble(scores.get(1).split(",", 3)[1]);

    String good = folder.resolve("new/scratched.png").toString();
    assertEquals(
        4,
        run(
            "predict",
            detector,
            good,
            "--backbone",
            TINY,
            "--threshold",
            "0",
            "--fail-on-anomaly"));
    assertEquals(
        0,
        run(
            "predict",
            detector,
            good,
            "--backbone",
            TINY,
            "--threshold",
            "1",
            "--fail-on-anomaly"));
    assertEquals(1, run("predict", detector, good, "--backbone", TINY, "--min-area", "big"));
    assertTrue(err.toString().contains("0.1%"), err::toString);
    assertEquals(0, run("memory", "add", detector, good, "--backbone", TINY), err::toString);
    assertEquals(0, run("predict", detector, good, "--backbone", TINY));
    String line = out.toString().strip();
    double score = Double.parseDouble(line.substring(0, line.indexOf(' ')));
    assertTrue(score < before / 10, () -> "now in the memory: " + score + ", before " + before);
  }

  @Test
  void nonsenseInTheSettingsIsNamedWithItsRemedy() {
    SyntheticParts.writeGood(folder.resolve("good"), 2);
    List<String> base =
        List.of(
            "train",
            "--normal",
            folder.resolve("good").toString(),
            "--backbone",
            TINY,
            "--output",
            folder.resolve("d.anople").toString());
    expect(base, "shot", "--shots", "0");
    expect(base, "2", "--shots", "3");
    expect(base, "depth is 9", "--set", "prompts.depth=9");
    expect(
        base,
        "text window",
        "--set",
        "prompts.text_context=60",
        "--set",
        "prompts.visual_context=60");
    expect(base, "image_size is 240", "--set", "image_size=240");
    expect(base, "both off", "--set", "anomalies.pixel=false", "--set", "anomalies.latent=false");
    expect(
        base,
        "last_layer is 3 to 9",
        "--set",
        "memory.first_layer=3",
        "--set",
        "memory.last_layer=9");
    expect(base, "memory.shifts is 0", "--memory-shifts", "0");
    expect(base, "memory.shifts is 9", "--memory-shifts", "9");
    expect(base, "detection.shifts is 0", "--detection-shifts", "0");
    for (String size : List.of("0", "-0.5", "1.5", "1e10")) {
      expect(base, "coreset is " + Double.valueOf(size), "--coreset", size);
    }
    expect(base, "coreset: should be a number, is string \"NaN\"", "--coreset", "NaN");
    expect(
        base,
        "prompts.interaction: should be one of bidirectional, text-to-image, image-to-text,"
            + " independent, text-only, image-only, is string \"sideways\"",
        "--set",
        "prompts.interaction=sideways");
  }

  private void expect(List<String> base, String part, String... options) {
    List<String> args = new ArrayList<>(base);
    args.addAll(List.of(options));
    assertEquals(1, run(args.toArray(String[]::new)), () -> args + ": " + err);
    assertTrue(err.toString().contains(part), () -> part + " is not in " + err);
    assertFalse(Files.exists(folder.resolve("d.anople")));
  }
}
