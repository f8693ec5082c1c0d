package io.github.anople.inspect.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.Inspection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistogramTest {

  private static final List<Label> LABELS = List.of(Label.values());
  private static final OptionalDouble NONE = OptionalDouble.empty();

  @Test
  void everyImageIsInTheBinOfItsScore() {
    long seed = 3;
    Random random = new Random(seed);
    for (int run = 0; run < 100; run++) {
      List<Inspection> images = new ArrayList<>();
      float spread = (float) Math.pow(10, random.nextInt(7) - 6);
      for (int i = 0; i <= random.nextInt(60); i++) {
        images.add(image(LABELS.get(random.nextInt(3)), spread * random.nextFloat()));
      }
      OptionalDouble threshold = run % 2 == 0 ? NONE : OptionalDouble.of(random.nextFloat());
      OptionalDouble lower =
          run % 4 == 1
              ? OptionalDouble.of(threshold.getAsDouble() * random.nextFloat())
              : OptionalDouble.empty();
      Histogram histogram = Histogram.of(images, threshold, lower);
      assertTrue(
          histogram.bins() <= (lower.isPresent() ? 60 : 40),
          histogram.bins() + " bins, seed " + seed);
      for (Label label : Label.values()) {
        for (int bin = 0; bin < histogram.bins(); bin++) {
          double low = histogram.edges()[bin];
          double high = histogram.edges()[bin + 1];
          long expected =
              images.stream()
                  .filter(it -> it.sample().label() == label)
                  .filter(it -> it.score() > low && it.score() <= high)
                  .count();
          assertEquals(expected, histogram.counts().get(label)[bin], "seed " + seed);
        }
        assertEquals(
            images.stream().filter(image -> image.sample().label() == label).count(),
            Arrays.stream(histogram.counts().get(label)).sum(),
            "seed " + seed + ", run " + run);
      }
    }
  }

  @Test
  void aThresholdIsAnEdgeAndItsOwnScoreLiesLeftOfIt() {
    Histogram histogram =
        Histogram.of(
            List.of(image(Label.NORMAL, 0.25f), image(Label.ANOMALOUS, 0.7f)),
            OptionalDouble.of(0.25),
            NONE);
    int edge = Arrays.binarySearch(histogram.edges(), 0.25);
    assertTrue(edge > 0, Arrays.toString(histogram.edges()));
    assertEquals(1, histogram.counts().get(Label.NORMAL)[edge - 1]);
  }

  @Test
  void bothThresholdsAreEdgesWhereTheyAreNotTooNear() {
    List<Inspection> images = List.of(image(Label.NORMAL, 0.02f), image(Label.ANOMALOUS, 0.7f));
    for (double lower : new double[] {0.05, 0.1, 0.2, 0.23}) {
      double[] edges =
          Histogram.of(images, OptionalDouble.of(0.25), OptionalDouble.of(lower)).edges();
      assertTrue(
          Arrays.stream(edges).anyMatch(edge -> Math.abs(edge - lower) < 1e-12),
          lower + " in " + Arrays.toString(edges));
    }
  }

  @Test
  void equalScoresShareABin() {
    Histogram histogram =
        Histogram.of(List.of(image(Label.NORMAL, 0.5f), image(Label.NORMAL, 0.5f)), NONE, NONE);
    assertEquals(2, Arrays.stream(histogram.counts().get(Label.NORMAL)).max().orElseThrow());
  }

  @Test
  void noImageNeedsNoBin() {
    assertEquals(0, Histogram.of(List.of(), OptionalDouble.of(0.2), NONE).bins());
  }

  private static Inspection image(Label label, float score) {
    return ReportFixture.result("a.png", "good", label, score);
  }
}
