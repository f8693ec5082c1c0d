package io.github.anople.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.decide.Threshold;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.evaluate.Evaluation;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.predict.PredictionSettings;
import io.github.anople.inspect.predict.Predictions;
import io.github.anople.inspect.report.Inspection;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoryTest {

  private static final Threshold THRESHOLD = Threshold.manual(0.2f);

  private static Inspection image(Label label, float score) {
    Sample sample =
        new Sample(Path.of("x.png"), Optional.empty(), label, "brass_bell", label.toString());
    return new Inspection(sample, score, Optional.of(THRESHOLD.judge(score)));
  }

  /** A demo of one product, whose threshold is 0.2; a holiday picture has that score. */
  private static DemoResult demo(float holiday) {
    MetricTable metrics =
        new MetricTable(Map.of(Metric.IMAGE_AUROC, 0.75, Metric.PIXEL_AUROC, 0.5));
    Evaluation evaluation =
        new Evaluation(
            "brass_bell",
            List.of(
                image(Label.NORMAL, 0.2f), image(Label.NORMAL, 0.1f), image(Label.ANOMALOUS, 0.4f)),
            new Evaluation.Part("brass_bell", metrics, 2, 1, 1, 1),
            List.of(),
            List.of(),
            List.of(),
            Duration.ZERO);
    Inspection odd =
        new Inspection(
            Sample.unknown(Path.of("odd.png"), "brass_bell"),
            holiday,
            Optional.of(THRESHOLD.judge(holiday)));
    Predictions predictions =
        new Predictions(
            new PredictionSettings("brass_bell", Optional.of(THRESHOLD)),
            List.of(odd),
            List.of(new Failure("note.txt", "note.txt: is not a picture; name one")));
    Path folder = Path.of("demo");
    return new DemoResult(
        folder,
        7,
        60,
        5,
        List.of(result("brass_bell", evaluation)),
        Optional.of(
            new HardCase(
                result("tin_bell", evaluation), result("tin_bell_4_shots", evaluation), 4)),
        predictions,
        folder.resolve("report.html"));
  }

  private static ProductResult result(String name, Evaluation evaluation) {
    Path folder = Path.of("demo");
    return new ProductResult(
        folder.resolve(name + ".anople"), folder.resolve("results").resolve(name), evaluation);
  }

  private static String told(DemoResult demo) {
    return String.join("\n", new Story(demo).lines());
  }

  @Test
  void theNumbersAreThoseOfTheTestSetWithTheSeed() {
    String text = told(demo(0.3f));

    assertTrue(text.contains("5 pictures of 2 products were drawn (seed 7)"), text);
    assertTrue(
        text.contains("brass_bell              0.750        0.500   0 of 2           1 of 1"),
        text);
    assertTrue(text.contains("mean                    0.750        0.500\n"), text);
    assertTrue(text.contains("4 pictures              0.750        0.500   0 of 2"), text);
  }

  @Test
  void whatHappenedToTheOddFilesIsToldAsItIs() {
    assertTrue(told(demo(0.3f)).contains("note.txt: is not a picture; name one"));
    assertTrue(told(demo(0.3f)).contains("odd.png: NOT OK (score 0.300, the threshold is 0.200)"));
    assertTrue(told(demo(0.15f)).contains("odd.png: OK (score 0.150, the threshold is 0.200)"));
  }

  @Test
  void anOutcomeIsALine() {
    assertEquals(
        "brass_bell: image AUROC 0.750; NOT OK are 0 of 2 good and 1 of 1 defective pictures",
        Story.line(demo(0.3f).products().get(0)));
  }

  @Test
  void theJsonHoldsTheSame() throws Exception {
    JsonNode json = new JsonMapper().readTree(new Story(demo(0.3f)).toJson());

    assertEquals(7, json.get("seed").asLong());
    assertEquals("brass_bell", json.at("/products/0/product").asText());
    assertEquals(0.75, json.at("/products/0/metrics/image_auroc").asDouble());
    assertEquals(1, json.at("/products/0/defective_not_ok").asInt());
    assertEquals(4, json.at("/hard_case/shots_in_memory").asInt());
    assertEquals(0.5, json.at("/hard_case/remembering/metrics/pixel_auroc").asDouble());
    assertEquals("odd.png", json.at("/odd/images/0/path").asText());
    assertEquals("note.txt", json.at("/odd/failed/0/path").asText());
  }
}
