package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.decide.Threshold;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.predict.ResultFolder;
import io.github.anople.inspect.report.Artifacts;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.PixelTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EvaluationFolderTest {

  private static final Threshold THRESHOLD = Threshold.manual(0.5f);

  @TempDir Path root;

  @Test
  void outputsStayInTheFolderAndApartWhateverTheNames() throws Exception {
    Path a = SyntheticParts.write(root.resolve("in/a/1.png"), SyntheticParts.good(1));
    Path b = SyntheticParts.write(root.resolve("in/b/1.png"), SyntheticParts.good(2));
    Path c = Files.copy(a, root.resolve("in/a/1.jpg"));
    InspectionDataset.Category category =
        new InspectionDataset.Category(
            "../up",
            List.of(),
            List.of(
                sample(a, "../up", ".."), sample(b, "../up", ".."), sample(c, "../up", "x/\n:y")));
    run(category);
    assertEquals(
        List.of(
            "config.json",
            "images/_._up/_./1.png",
            "images/_._up/_./1.png.png",
            "images/_._up/x___y/1.png",
            "maps/_._up/_./1.png",
            "maps/_._up/_./1.png.png",
            "maps/_._up/x___y/1.png",
            "metrics.json",
            "report.html",
            "scores.csv",
            "shots.txt"),
        files(root.resolve("out")));
    try (Stream<Path> entries = Files.list(root)) {
      assertEquals(2, entries.count(), "nothing beside in and out");
    }
  }

  private static Sample sample(Path image, String category, String defectType) {
    return new Sample(image, Optional.empty(), Label.ANOMALOUS, category, defectType);
  }

  @Test
  void theTablesTellWhatWasFoundAndWhatFailed() throws Exception {
    Path good = SyntheticParts.write(root.resolve("in/good.png"), SyntheticParts.good(1));
    Path broken = Files.writeString(root.resolve("in/broken.png"), "no picture");
    InspectionDataset.Category category =
        new InspectionDataset.Category(
            "nut",
            List.of(),
            List.of(
                new Sample(good, Optional.empty(), Label.NORMAL, "nut", Sample.GOOD),
                sample(broken, "nut", "dent")));
    run(category);
    Path out = root.resolve("out");
    JsonNode metrics = new JsonMapper().readTree(out.resolve("metrics.json").toFile());
    assertEquals("nut", metrics.at("/categories/0/category").textValue());
    assertEquals(1, metrics.at("/categories/0/good").intValue());
    assertEquals("{}", metrics.at("/categories/0/metrics").toString());
    assertEquals("{}", metrics.at("/mean").toString());
    assertTrue(metrics.at("/categories/0/notes/0").textValue().contains("only good"));
    assertTrue(metrics.at("/failed/0/path").textValue().endsWith("broken.png"));
    assertEquals(List.of("nut/000.png"), Files.readAllLines(out.resolve("shots.txt")));
    String report = Files.readString(out.resolve("report.html"));
    assertFalse(report.contains("id=\"features\""), "this detector tells no features");
    List<String> scores = Files.readAllLines(out.resolve("scores.csv"));
    assertEquals(2, scores.size());
    assertTrue(scores.get(1).contains("normal,nut,good"), scores::toString);
    JsonNode config = new JsonMapper().readTree(out.resolve("config.json").toFile());
    assertEquals(7, config.get("seed").intValue());
  }

  @Test
  void anImageHasItsVerdictItsFilesAndItsPictures() throws Exception {
    Path good = SyntheticParts.write(root.resolve("in/1.png"), SyntheticParts.good(1));
    Evaluation found =
        judging(new Sample(good, Optional.empty(), Label.NORMAL, "nut", Sample.GOOD));
    Inspection image = found.images().get(0);
    assertEquals(Optional.of(THRESHOLD.judge(image.score())), image.verdict());
    assertEquals(PixelTruth.GOOD, image.truth());
    assertEquals(Optional.of("images/nut/good/1.png"), image.artifacts().overlay());
    assertEquals(Optional.of("maps/nut/good/1.png"), image.artifacts().map());
    assertTrue(image.artifacts().thumbnails().heatMap().isPresent());
    assertTrue(Files.isRegularFile(root.resolve("out/maps/nut/good/1.png")));
  }

  @Test
  void anImageThatCannotBeDrawnWasJudgedAllTheSame() throws Exception {
    Path file = SyntheticParts.write(root.resolve("in/1.png"), SyntheticParts.good(1));
    // Half a character: no file can be named so.
    Evaluation found = judging(sample(file, "nut", "\ud800"));
    assertEquals(1, found.failures().size());
    Inspection image = found.images().get(0);
    assertEquals(Optional.of(THRESHOLD.judge(image.score())), image.verdict());
    assertEquals(Artifacts.NONE, image.artifacts());
  }

  private Evaluation judging(Sample sample) throws InterruptedException {
    return new Evaluator(
            new RedDetector(),
            Optional.of(THRESHOLD),
            Optional.of(folder()),
            EvaluationListener.SILENT)
        .run(new InspectionDataset.Category("nut", List.of(), List.of(sample)));
  }

  @Test
  void categoriesWhoseNamesDifferInWhatAFileNameLacksHaveAReportEach() throws Exception {
    EvaluationFolder folder = folder();
    folder.create();
    List<Evaluation> found = new ArrayList<>();
    for (String name : List.of("a:b", "a_b", "A_B", "v1.2")) {
      found.add(evaluator(folder).run(new InspectionDataset.Category(name, List.of(), List.of())));
    }
    folder.finish(found, List.of(), "{}", Optional.empty());
    assertEquals(
        List.of("report-A_B-3.html", "report-a_b-2.html", "report-a_b.html", "report-v1.2.html"),
        files(root.resolve("out")).stream().filter(name -> name.startsWith("report")).toList());
    assertTrue(
        Files.readString(root.resolve("out/report-a_b.html")).contains("a:b"),
        "the first keeps its report");
  }

  @Test
  void aFolderThatIsAFileIsRefusedBeforeAnythingIsScored() throws IOException {
    Files.writeString(root.resolve("out"), "a file");
    InputException fault = assertThrows(InputException.class, () -> folder().create());
    assertTrue(fault.getMessage().contains("is a file, not a folder"), fault.getMessage());
  }

  @Test
  void anImageWhoseResultsCannotBeNamedIsReportedAndTheRestGoesOn() throws Exception {
    Path one = SyntheticParts.write(root.resolve("in/1.png"), SyntheticParts.good(1));
    Path two = SyntheticParts.write(root.resolve("in/2.png"), SyntheticParts.good(2));
    EvaluationListener listener =
        new EvaluationListener() {
          @Override
          public void scored(Inspection image, Seen seen) {
            if (image.sample().image().equals(one)) {
              throw new InvalidPathException("\ufffd.png", "unmappable characters");
            }
          }

          @Override
          public void failed(Sample sample, Failure failure) {}
        };
    Evaluation found =
        new Evaluator(new RedDetector(), listener)
            .run(
                new InspectionDataset.Category(
                    "nut", List.of(), List.of(sample(one, "nut", "a"), sample(two, "nut", "a"))));
    assertEquals(1, found.failures().size());
    String reason = found.failures().get(0).reason();
    assertTrue(reason.contains("1.png: no result can be named after it"), reason);
    assertEquals(2, found.images().size());
  }

  @Test
  void anImageTooLargeToDrawIsReportedAndTheRestGoesOn() throws Exception {
    List<Sample> samples = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Path file = SyntheticParts.write(root.resolve(i + ".png"), SyntheticParts.good(i));
      samples.add(new Sample(file, Optional.empty(), Label.NORMAL, "nut", Sample.GOOD));
    }
    List<String> failed = new ArrayList<>();
    EvaluationListener listener =
        new EvaluationListener() {
          @Override
          public void scored(Inspection image, Seen seen) {
            if (image.sample().equals(samples.get(1))) {
              throw new OutOfMemoryError("a test's");
            }
          }

          @Override
          public void failed(Sample sample, Failure failure) {
            failed.add(sample.image().getFileName() + ": " + failure.reason());
          }
        };
    InspectionDataset.Category category = new InspectionDataset.Category("nut", List.of(), samples);
    Evaluation found = new Evaluator(new RedDetector(), listener).run(category);
    assertEquals(samples, found.images().stream().map(Inspection::sample).toList());
    assertEquals(1, failed.size());
    assertTrue(
        failed.get(0).startsWith("1.png: ") && failed.get(0).contains("-Xmx"), failed::toString);
  }

  private EvaluationFolder folder() {
    return new EvaluationFolder(
        new ResultFolder(
            root.resolve("out"), Optional.of(ResultFolder.scale(ResultFolder.SCALE_HIGH)), true),
        Optional.empty());
  }

  private static Evaluator evaluator(EvaluationFolder folder) {
    return new Evaluator(
        new RedDetector(), Optional.empty(), Optional.of(folder), EvaluationListener.SILENT);
  }

  private void run(InspectionDataset.Category category) throws InterruptedException {
    EvaluationFolder folder = folder();
    folder.create();
    Evaluation found = evaluator(folder).run(category);
    ObjectNode config = JsonNodeFactory.instance.objectNode().put("seed", 7);
    folder.finish(List.of(found), List.of("nut/000.png"), config.toString(), Optional.empty());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString().replace('\\', '/'))
          .sorted()
          .toList();
    }
  }
}
