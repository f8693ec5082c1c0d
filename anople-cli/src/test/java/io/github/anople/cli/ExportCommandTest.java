package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportCommandTest {

  private static final String TINY = Fixtures.golden("tiny_clip").toString();

  @TempDir static Path folder;

  private static String bundle;
  private static String image;

  @BeforeAll
  static void train() {
    SyntheticParts.writeGood(folder.resolve("good"), 1);
    image =
        SyntheticParts.write(folder.resolve("new/scratched.png"), SyntheticParts.scratched(4))
            .toString();
    bundle = folder.resolve("washer.anople").toString();
    CommandRun run =
        CommandRun.of(
            "train",
            "--normal",
            folder.resolve("good").toString(),
            "--name",
            "washer",
            "--backbone",
            TINY,
            "--compute",
            "fp32",
            "--epochs",
            "2",
            "--quiet",
            "--output",
            bundle);
    assertEquals(0, run.code(), run.err());
  }

  private static CommandRun export(String name, String... more) {
    List<String> args = new ArrayList<>(List.of("export", bundle, "--backbone", TINY));
    args.addAll(List.of("--output", folder.resolve(name).toString()));
    args.addAll(List.of(more));
    return CommandRun.of(args.toArray(String[]::new));
  }

  @Test
  void anExportedDetectorPredictsAsTheBundleDoesAndNeedsNoBackbone() throws IOException {
    JsonNode report = export("washer.onnx", "--json", "--verify", image).done().json();
    assertEquals(1, report.get("verified_pictures").asInt());
    assertTrue(report.get("largest_score_difference").asDouble() <= 1e-4, report::toString);
    assertTrue(report.get("largest_map_difference").asDouble() <= 1e-4, report::toString);

    String results = folder.resolve("results").toString();
    CommandRun of =
        CommandRun.of("predict", bundle, image, "--backbone", TINY, "--compute", "fp32", "--json");
    CommandRun onnx =
        CommandRun.of(
            "predict",
            folder.resolve("washer.onnx").toString(),
            image,
            "--json",
            "--output",
            results);
    assertEquals(0, onnx.code(), onnx.err());
    assertEquals(score(of), score(onnx), 1e-4);
    assertEquals("estimate", of.json().findValue("threshold_origin").asText());
    assertEquals("estimate", onnx.json().findValue("threshold_origin").asText());
    assertTrue(Files.size(folder.resolve("results/scores.csv")) > 0);
  }

  private static double score(CommandRun run) throws IOException {
    return run.json().findValue("score").asDouble();
  }

  @Test
  void aThresholdThatWasExportedJudges() {
    String file = folder.resolve("strict.onnx").toString();
    export("strict.onnx", "--threshold", "0", "--pixel-threshold", "0.1", "--quiet").done();
    CommandRun strict = CommandRun.of("predict", file, image);
    assertTrue(strict.out().contains("NOT OK"), strict.out());
  }

  @Test
  void everyPrecisionIsWrittenAndSmallerThanTheOneBefore() throws IOException {
    long before = Long.MAX_VALUE;
    for (String precision : List.of("fp32", "fp16", "int8")) {
      export(precision + ".onnx", "--precision", precision, "--quiet").done();
      long size = Files.size(folder.resolve(precision + ".onnx"));
      assertTrue(size < before, precision + ": " + size);
      before = size;
    }
  }

  @Test
  void aGraphThatTakesFloatsScoresAsOneThatTakesBytes() throws IOException {
    assertEquals("uint8", export("bytes.onnx", "--json").done().json().get("input").asText());
    JsonNode report = export("floats.onnx", "--input", "float", "--json").done().json();
    assertEquals("float", report.get("input").asText());
    String floats = folder.resolve("floats.onnx").toString();
    double expected =
        score(CommandRun.of("predict", folder.resolve("bytes.onnx").toString(), image, "--json"));
    assertEquals(expected, score(CommandRun.of("predict", floats, image, "--json")));
    export("other.onnx", "--input", "double").wrongUsage("--input");
    assertFalse(Files.exists(folder.resolve("other.onnx")));
  }

  @Test
  void whatTheExportCostsIsMeasuredOnLabelledImages() throws IOException {
    Path good = folder.resolve("measure/good");
    Path bad = folder.resolve("measure/bad");
    for (int i = 10; i < 13; i++) {
      SyntheticParts.write(good.resolve(i + ".png"), SyntheticParts.good(i));
      SyntheticParts.write(bad.resolve("scratch/" + i + ".png"), SyntheticParts.scratched(i));
    }
    String[] options = {
      "--precision", "int8", "--test-good", good.toString(), "--test-bad", bad.toString()
    };
    CommandRun said = export("measured.onnx", options);
    assertEquals(0, said.code(), said.err());
    assertTrue(said.lines().get(1).matches("washer: image AUROC .* points lost"), said.out());
    assertTrue(said.lines().get(2).contains("pixel AUROC cannot be measured"), said.out());

    List<String> quiet = new ArrayList<>(List.of(options));
    quiet.addAll(List.of("--json", "--quiet"));
    JsonNode measured =
        export("measured.onnx", quiet.toArray(String[]::new)).json().at("/measured/0");
    double libtorch = measured.at("/libtorch/image_auroc").doubleValue();
    double exported = measured.at("/exported/image_auroc").doubleValue();
    assertEquals(libtorch, testedImageAuroc(good, bad), "as anople test has it");
    assertEquals(libtorch - exported > 0.005, measured.get("too_much").booleanValue());
    assertEquals(
        said.err().contains("points of image AUROC, more than 0.5"),
        measured.get("too_much").booleanValue());
  }

  private static double testedImageAuroc(Path good, Path bad) throws IOException {
    return CommandRun.of(
            "test",
            bundle,
            "--backbone",
            TINY,
            "--compute",
            "fp32",
            "--test-good",
            good.toString(),
            "--test-bad",
            bad.toString(),
            "--json",
            "--quiet")
        .done()
        .json()
        .at("/categories/0/metrics/image_auroc")
        .doubleValue();
  }

  @Test
  void thatTheBuiltInBackboneIsTakenIsSaid() {
    String home = System.setProperty("user.home", folder.resolve("home").toString());
    try {
      CommandRun run =
          CommandRun.of("export", bundle, "--output", folder.resolve("mini.onnx").toString());
      assertEquals(1, run.code(), "it was trained on another");
      assertEquals(2, run.err().lines().count(), run.err());
      assertTrue(run.err().contains("using the built-in mini"), run.err());
    } finally {
      System.setProperty("user.home", home);
    }
  }

  @Test
  void whereAGraphIsComputedCanBeChosen() {
    String file = folder.resolve("where.onnx").toString();
    export("where.onnx", "--quiet").done();
    CommandRun.of("predict", file, image, "--provider", "CPU", "--threads", "1", "--quiet").done();
    CommandRun.of("predict", file, image, "--threads", "0").inputFault("threads", "is 0");
    CommandRun.of("predict", file, image, "--threads", "99999").inputFault("1 to 1024");
    CommandRun.of("predict", file, image, "--device", "-1").inputFault("device");
    CommandRun.of("predict", file, image, "--device", "0", "--quiet").done();
    CommandRun.of("predict", file, image, "--device", "cuda:999").inputFault("provider cuda");
    CommandRun.of("predict", bundle, image, "--backbone", TINY, "--threads", "1")
        .inputFault("washer.anople", "is not an exported detector");
  }

  @Test
  void aDeviceThatIsNotThereIsOneLine() {
    for (String command : new String[] {"predict", "export"}) {
      String[] asked = "predict".equals(command) ? new String[] {image} : new String[0];
      CommandRun.of(words(command, asked, "cuda:999")).inputFault("device cuda:999");
      CommandRun.of(words(command, asked, "gpu")).inputFault("'gpu'", "cpu, cuda, cuda:N or auto");
    }
    CommandRun.of(words("predict", new String[] {image}, "cpu")).done();
  }

  private String[] words(String command, String[] asked, String device) {
    List<String> words = new ArrayList<>(List.of(command, bundle));
    words.addAll(List.of(asked));
    words.addAll(List.of("--backbone", TINY, "--device", device, "--quiet"));
    return words.toArray(String[]::new);
  }

  @Test
  void oneThresholdIsEnoughWhereTheDetectorHasTheOther() {
    export("one.onnx", "--threshold", "0", "--quiet").done();
    CommandRun run = CommandRun.of("predict", folder.resolve("one.onnx").toString(), image);
    assertTrue(run.out().contains("NOT OK"), run.out());
  }

  @Test
  void anExportThatFailsLeavesTheGraphThatWasThere() throws IOException {
    Path target = Files.writeString(folder.resolve("kept.onnx"), "the one before");
    Path images = folder.resolve("nine");
    for (int i = 0; i < 8; i++) {
      SyntheticParts.write(images.resolve(i + ".png"), SyntheticParts.good(i));
    }
    Files.writeString(images.resolve("9.png"), "no picture");
    export("kept.onnx", "--verify", images.toString()).inputFault("9.png");
    assertEquals("the one before", Files.readString(target));
    export("kept.onnx", "--quiet").done();
    assertTrue(Files.size(target) > 1000);
    try (Stream<Path> files = Files.list(folder)) {
      assertTrue(files.noneMatch(file -> file.getFileName().toString().startsWith(".")));
    }
  }

  @Test
  void aNameOfAnyCharactersIsExported() {
    String rare = folder.resolve("rare.anople").toString();
    CommandRun.of(
            "train",
            "--normal",
            folder.resolve("good").toString(),
            "--name",
            "plat\u221Aine \uD83D\uDE00",
            "--backbone",
            TINY,
            "--epochs",
            "1",
            "--target-false-alarm",
            "none",
            "--quiet",
            "--output",
            rare)
        .done();
    String graph = folder.resolve("rare.onnx").toString();
    CommandRun.of("export", rare, "--backbone", TINY, "--output", graph, "--quiet").done();
    CommandRun.of("predict", graph, image, "--quiet").done();
    String good = folder.resolve("good").toString();
    CommandRun.of("test", graph, "--test-good", good, "--quiet").done();
    CommandRun.of("export", rare, "--backbone", TINY, "--output", graph, "--pixel-threshold", "0.1")
        .wrongUsage("--threshold", "not calibrated");
  }

  @Test
  void faultsAreOneLineAndLeaveNothing() throws IOException {
    export("half.onnx", "--threshold", "1.1").wrongUsage("--threshold");
    export("half.onnx", "--pixel-threshold", "NaN").wrongUsage("--pixel-threshold");
    export("half.onnx", "--int8-error", "NaN").wrongUsage("--int8-error");
    export("half.anople").inputFault("half.anople", "does not end in .onnx");
    export("none/x.onnx").inputFault("does not exist");
    CommandRun.of("export", folder.resolve("no.anople").toString()).inputFault("no.anople");
    Path text = Files.writeString(folder.resolve("text.onnx"), "no graph");
    CommandRun.of("predict", text.toString(), image)
        .inputFault("text.onnx", "is not an exported detector");
    assertTrue(Files.notExists(folder.resolve("half.onnx")));
    export("half.onnx", "--masks", folder.toString()).wrongUsage("--test-good", "missing");
    export("half.onnx", "--data", "mvtec").wrongUsage("--root", "missing");
  }
}
