package io.github.anople.inspect.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ImageMetricsTest {

  private static final double TOLERANCE = 1e-9;

  @Test
  void theGoldenSetsHaveTheirMetrics() throws IOException {
    JsonNode sets = new JsonMapper().readTree(Fixtures.golden("metrics.json").toFile()).get("sets");
    assertTrue(sets.size() > 0);
    String told =
        Golden.told(Golden.readme("README.md"), "`metrics.json`: .*? Tolerance ([0-9e-]+)");
    double tolerance = Double.parseDouble(told);
    for (JsonNode set : sets) {
      String name = set.get("name").textValue();
      ImageMetrics metrics = ImageMetrics.of(scores(set, 0), scores(set, 1));
      assertEquals(set.get("auroc").doubleValue(), value(metrics.auroc()), tolerance, name);
      assertEquals(set.get("ap").doubleValue(), value(metrics.averagePrecision()), tolerance, name);
      F1Max f1 = metrics.f1Max().orElseThrow();
      assertEquals(set.get("f1_max").doubleValue(), f1.value(), tolerance, name);
      assertEquals(set.get("f1_threshold").doubleValue(), f1.threshold(), name);
    }
  }

  private static double[] scores(JsonNode set, int label) {
    return IntStream.range(0, set.get("labels").size())
        .filter(i -> set.get("labels").get(i).intValue() == label)
        .mapToDouble(i -> set.get("scores").get(i).doubleValue())
        .toArray();
  }

  @Test
  void theyAreWhatTheirDefinitionsSay() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      double[] normal = random(random);
      double[] anomalous = random(random);
      String told = "seed " + seed;
      ImageMetrics metrics = ImageMetrics.of(normal, anomalous);
      assertEquals(BruteForce.auroc(normal, anomalous), value(metrics.auroc()), TOLERANCE, told);
      assertEquals(
          BruteForce.averagePrecision(normal, anomalous),
          value(metrics.averagePrecision()),
          TOLERANCE,
          told);
      F1Max expected = BruteForce.f1Max(normal, anomalous);
      assertEquals(expected.value(), metrics.f1Max().orElseThrow().value(), TOLERANCE, told);
      assertEquals(expected.threshold(), metrics.f1Max().orElseThrow().threshold(), told);
    }
  }

  /** Few or many distinct scores of either sign, both zeros among them. */
  private static double[] random(Random random) {
    int levels = 1 + random.nextInt(20);
    return IntStream.range(0, 1 + random.nextInt(40))
        .mapToDouble(i -> (random.nextInt(levels) - levels / 2) * (random.nextBoolean() ? 0.5 : 1))
        .map(score -> score == 0 && random.nextBoolean() ? -0.0 : score)
        .toArray();
  }

  @Test
  void onlyTheOrderOfTheScoresCounts() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      double[] normal = random(random);
      double[] anomalous = random(random);
      ImageMetrics before = ImageMetrics.of(normal, anomalous);
      DoubleUnaryOperator rising = score -> Math.exp(score / 3) + 7;
      ImageMetrics after = ImageMetrics.of(map(normal, rising), map(anomalous, rising));
      String told = "seed " + seed;
      assertEquals(before.auroc(), after.auroc(), told);
      assertEquals(before.averagePrecision(), after.averagePrecision(), told);
      F1Max best = before.f1Max().orElseThrow();
      F1Max moved = new F1Max(best.value(), rising.applyAsDouble(best.threshold()));
      assertEquals(Optional.of(moved), after.f1Max(), told);
      assertEquals(before, ImageMetrics.of(reversed(normal), reversed(anomalous)), told);
    }
  }

  @Test
  void turnedScoresHaveTheComplementaryAuroc() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      double[] normal = random(random);
      double[] anomalous = random(random);
      double auroc = value(ImageMetrics.of(normal, anomalous).auroc());
      ImageMetrics turned = ImageMetrics.of(map(normal, s -> -s), map(anomalous, s -> -s));
      assertEquals(1 - auroc, value(turned.auroc()), TOLERANCE, "seed " + seed);
      ImageMetrics swapped = ImageMetrics.of(anomalous, normal);
      assertEquals(1 - auroc, value(swapped.auroc()), TOLERANCE, "seed " + seed);
    }
  }

  @Test
  void everyMetricLiesBetweenZeroAndOne() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      ImageMetrics metrics = ImageMetrics.of(random(random), random(random));
      for (double value :
          new double[] {
            value(metrics.auroc()),
            value(metrics.averagePrecision()),
            metrics.f1Max().orElseThrow().value()
          }) {
        assertTrue(value >= 0 && value <= 1, "seed " + seed + ": " + value);
      }
    }
  }

  @Test
  void oneKindOfImageAloneHasNoMetrics() {
    double[] some = {0.3, 0.4};
    double[] none = {};
    for (ImageMetrics metrics :
        new ImageMetrics[] {
          ImageMetrics.of(some, none), ImageMetrics.of(none, some), ImageMetrics.of(none, none)
        }) {
      assertEquals(OptionalDouble.empty(), metrics.auroc());
      assertEquals(OptionalDouble.empty(), metrics.averagePrecision());
      assertEquals(Optional.empty(), metrics.f1Max());
    }
  }

  @Test
  void aScoreThatIsNoNumberIsRefused() {
    double[] bad = {0.5, Double.NaN};
    double[] good = {0.5};
    assertThrows(IllegalArgumentException.class, () -> ImageMetrics.of(bad, good));
    assertThrows(IllegalArgumentException.class, () -> ImageMetrics.of(good, bad));
  }

  private static double[] map(double[] scores, DoubleUnaryOperator by) {
    return Arrays.stream(scores).map(by).toArray();
  }

  private static double[] reversed(double[] scores) {
    return IntStream.range(0, scores.length)
        .mapToDouble(i -> scores[scores.length - 1 - i])
        .toArray();
  }

  private static double value(OptionalDouble metric) {
    return metric.orElseThrow();
  }
}
