package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Sha256;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.open.DetectorFile;
import io.github.anople.core.open.DetectorFiles;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.inspect.data.FolderLayout;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.evaluate.EvaluationFolder;
import io.github.anople.inspect.evaluate.EvaluationListener;
import io.github.anople.inspect.predict.ResultFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TestingTest {

  private static final Path DETECTORS =
      Fixtures.checkout("anople-app/src/test/resources/before-the-step");

  private static final OpenSettings SETTINGS =
      new OpenSettings(
          Optional.of(
              Fixtures.checkout("anople-core/src/test/resources/golden/tiny_clip").toString()),
          "fp32",
          "cpu",
          Optional.empty(),
          OptionalInt.empty());

  @TempDir Path folder;

  /** A shot of the detectors is among the good parts. */
  private InspectionDataset dataset() {
    List<Path> good = SyntheticParts.writeGood(folder.resolve("good"), 1);
    SyntheticParts.write(folder.resolve("good/further.png"), SyntheticParts.good(40));
    SyntheticParts.write(folder.resolve("bad/scratch/41.png"), SyntheticParts.scratched(41));
    return new FolderLayout(
            "washer",
            List.of(),
            List.of(good.get(0).getParent()),
            List.of(folder.resolve("bad")),
            Optional.empty())
        .read();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.anople", "plain.onnx"})
  void bothKindsFillTheFolderAndTellWhatWasTestedWithWhat(String name) throws Exception {
    Path results = folder.resolve("results");
    Path detector = DETECTORS.resolve(name);
    List<Evaluation> evaluations;
    try (DetectorFile file = DetectorFiles.open(detector, SETTINGS)) {
      EvaluationFolder written =
          new EvaluationFolder(
              new ResultFolder(results, Optional.empty(), true), file.calibration());
      evaluations =
          Testing.run(file, dataset(), "folder", Optional.of(written), EvaluationListener.SILENT);
    }
    assertEquals(3, evaluations.get(0).images().size());
    assertTrue(
        evaluations.toString().contains("the detector learned from 1 of these 3"),
        evaluations::toString);
    for (String file : List.of("scores.csv", "metrics.json", "shots.txt", "report.html")) {
      assertTrue(Files.size(results.resolve(file)) > 0, file);
    }
    assertEquals(4, Files.readAllLines(results.resolve("scores.csv")).size());
    JsonNode config = new JsonMapper().readTree(results.resolve("config.json").toFile());
    assertEquals(Sha256.of(detector), config.at("/detector/sha256").textValue());
    assertEquals("folder", config.at("/data/layout").textValue());
    assertEquals("washer", config.at("/data/categories/0").textValue());
    assertEquals(11, config.at("/provenance/seed").intValue());
    assertEquals("fp32", config.get("precision").textValue());
    assertEquals(name.endsWith(".anople"), config.has("training"), "a graph keeps no settings");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain.anople", "plain.onnx"})
  void withoutAFolderNothingIsWritten(String name) throws Exception {
    InspectionDataset dataset = dataset();
    try (DetectorFile file = DetectorFiles.open(DETECTORS.resolve(name), SETTINGS)) {
      List<Evaluation> evaluations =
          Testing.run(file, dataset, "folder", Optional.empty(), EvaluationListener.SILENT);
      assertEquals(3, evaluations.get(0).images().size());
    }
    try (var files = Files.list(folder)) {
      assertEquals(2, files.count(), "the images' folders alone");
    }
  }
}
