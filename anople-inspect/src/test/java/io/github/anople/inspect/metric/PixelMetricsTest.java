package io.github.anople.inspect.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Golden;
import io.github.anople.core.detect.ScoreMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PixelMetricsTest {

  private static final double TOLERANCE = 1e-9;
  private static final double[] LIMITS = {1, 0.3, 0.05, 0.001};

  /** Maps [maps][height * width] and masks alike. */
  private record Set(int width, float[][] maps, byte[][] masks) {

    static Set random(Random random) {
      int height = 1 + random.nextInt(9);
      int width = 1 + random.nextInt(9);
      int size = height * width;
      int count = 1 + random.nextInt(4);
      int levels = 1 + random.nextInt(60);
      double marked = random.nextDouble();
      float[][] maps = new float[count][size];
      byte[][] masks = new byte[count][size];
      for (int m = 0; m < count; m++) {
        for (int i = 0; i < size; i++) {
          maps[m][i] = (random.nextInt(levels) - levels / 2) / 8f;
          masks[m][i] = (byte) (random.nextDouble() < marked ? 1 + random.nextInt(255) : 0);
        }
      }
      // A pixel of each kind, or nothing is defined.
      masks[0][0] = (byte) 200;
      if (size > 1) {
        masks[0][size - 1] = 0;
      }
      return new Set(width, maps, masks);
    }

    PixelScores scores(int first, int last) {
      PixelScores scores = new PixelScores();
      for (int m = first; m < last; m++) {
        scores.add(ScoreMap.of(maps[m].length / width, width, maps[m]), masks[m]);
      }
      return scores;
    }

    PixelScores scores() {
      return scores(0, maps.length);
    }

    double[] pixels(boolean marked) {
      List<Double> pixels = new ArrayList<>();
      for (int m = 0; m < maps.length; m++) {
        for (int i = 0; i < masks[m].length; i++) {
          if ((masks[m][i] != 0) == marked) {
            pixels.add((double) maps[m][i]);
          }
        }
      }
      return pixels.stream().mapToDouble(Double::doubleValue).toArray();
    }
  }

  static List<String> goldenSets() {
    return Golden.open("metrics_maps.safetensors").names().stream()
        .filter(name -> name.endsWith("/maps"))
        .map(name -> name.substring(0, name.indexOf('/')))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("goldenSets")
  void theGoldenMapsHaveTheirMetrics(String name) {
    Golden golden = Golden.open("metrics_maps.safetensors");
    int count = (int) golden.shape(name + "/maps")[0];
    int side = (int) golden.shape(name + "/maps")[1];
    int pixels = side * side;
    float[] maps = golden.floats(name + "/maps");
    long[] masks = golden.longs(name + "/masks");
    PixelScores scores = new PixelScores();
    for (int m = 0; m < count; m++) {
      byte[] mask = new byte[pixels];
      for (int i = 0; i < pixels; i++) {
        mask[i] = (byte) masks[m * pixels + i];
      }
      float[] map = Arrays.copyOfRange(maps, m * pixels, (m + 1) * pixels);
      scores.add(ScoreMap.of(side, map), mask);
    }
    PixelMetrics metrics = PixelMetrics.of(List.of(scores));
    golden.check(name + "/pixel_auroc", (float) value(metrics.auroc()));
    golden.check(name + "/aupro", (float) value(metrics.aupro()));
    golden.check(name + "/aupro_0.05", (float) value(metrics.aupro05()));
  }

  @Test
  void theBestThresholdAndTheOverlapAreWhatTheirDefinitionsSay() {
    for (long seed = 0; seed < 300; seed++) {
      Set set = Set.random(new Random(seed));
      String told = "seed " + seed;
      List<PixelScores> scores =
          IntStream.range(0, set.maps.length).mapToObj(m -> set.scores(m, m + 1)).toList();
      Optional<F1Max> best = F1Max.ofPixels(scores);
      if (set.pixels(false).length == 0) {
        assertEquals(Optional.empty(), best, told);
        continue;
      }
      F1Max expected = BruteForce.f1Max(set.pixels(false), set.pixels(true));
      assertEquals(expected.threshold(), best.orElseThrow().threshold(), told);
      assertEquals(expected.value(), best.orElseThrow().value(), TOLERANCE, told);
      for (int m = 0; m < set.maps.length; m++) {
        double overlap = overlap(set.maps[m], set.masks[m], expected.threshold());
        assertEquals(overlap, scores.get(m).overlap(expected.threshold()), TOLERANCE, told);
      }
    }
  }

  private static double overlap(float[] map, byte[] mask, double threshold) {
    int both = 0;
    int any = 0;
    for (int i = 0; i < map.length; i++) {
      boolean found = map[i] >= threshold;
      both += found && mask[i] != 0 ? 1 : 0;
      any += found || mask[i] != 0 ? 1 : 0;
    }
    return any == 0 ? 1 : (double) both / any;
  }

  @Test
  void theyAreWhatTheirDefinitionsSay() {
    for (long seed = 0; seed < 300; seed++) {
      Set set = Set.random(new Random(seed));
      String told = "seed " + seed;
      List<PixelScores> scores = List.of(set.scores());
      PixelMetrics metrics = PixelMetrics.of(scores);
      double[] normal = set.pixels(false);
      double[] anomalous = set.pixels(true);
      if (normal.length == 0) {
        assertEquals(OptionalDouble.empty(), metrics.auroc(), told);
        continue;
      }
      assertEquals(BruteForce.auroc(normal, anomalous), value(metrics.auroc()), TOLERANCE, told);
      assertEquals(
          BruteForce.averagePrecision(normal, anomalous),
          value(metrics.averagePrecision()),
          TOLERANCE,
          told);
      for (double limit : LIMITS) {
        double expected = BruteForce.aupro(set.maps, set.masks, set.width, limit);
        double found = value(Aupro.of(scores, limit));
        assertEquals(expected, found, TOLERANCE, told + ", limit " + limit);
        assertTrue(found >= 0 && found <= 1, told + ", limit " + limit + ": " + found);
      }
      assertEquals(Aupro.of(scores, 0.3), metrics.aupro(), told);
      assertEquals(Aupro.of(scores, 0.05), metrics.aupro05(), told);
    }
  }

  @Test
  void groupsTogetherAreAsOne() {
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Set set = Set.random(random);
      int half = random.nextInt(set.maps.length + 1);
      List<PixelScores> groups =
          List.of(set.scores(half, set.maps.length), new PixelScores(), set.scores(0, half));
      assertEquals(PixelMetrics.of(List.of(set.scores())), PixelMetrics.of(groups), "seed " + seed);
    }
  }

  @Test
  void onlyTheOrderOfTheScoresCounts() {
    for (long seed = 0; seed < 100; seed++) {
      Set set = Set.random(new Random(seed));
      float[][] risen = new float[set.maps.length][];
      for (int m = 0; m < risen.length; m++) {
        risen[m] = new float[set.maps[m].length];
        for (int i = 0; i < risen[m].length; i++) {
          risen[m][i] = 3 * set.maps[m][i] * set.maps[m][i] * set.maps[m][i] - 1000;
        }
      }
      assertEquals(
          PixelMetrics.of(List.of(set.scores())),
          PixelMetrics.of(List.of(new Set(set.width, risen, set.masks).scores())),
          "seed " + seed);
    }
  }

  @Test
  void zeroAndMinusZeroTie() {
    PixelScores scores = new PixelScores();
    scores.add(ScoreMap.of(2, new float[] {0f, -0f, 0f, -0f}), new byte[] {1, 1, 0, 0});
    assertEquals(OptionalDouble.of(0.5), PixelMetrics.of(List.of(scores)).auroc());
  }

  @Test
  void aSmallRegionCountsAsMuchAsALargeOne() {
    float[] map = new float[100];
    byte[] mask = new byte[100];
    for (int i = 0; i < 50; i++) {
      mask[i] = 1;
      map[i] = 1;
    }
    mask[99] = 1;
    PixelScores scores = new PixelScores();
    scores.add(ScoreMap.of(10, map), mask);
    // The large region is found at once; the small one, tied with every other pixel, never before.
    assertEquals(0.5 + 0.5 * 0.3 / 2, value(Aupro.of(List.of(scores), 0.3)), TOLERANCE);
  }

  @Test
  void oneKindOfPixelAloneHasNoMetrics() {
    PixelScores normal = new PixelScores();
    normal.add(ScoreMap.of(1, new float[] {0.5f}));
    PixelScores marked = new PixelScores();
    marked.add(ScoreMap.of(1, new float[] {0.5f}), new byte[] {1});
    OptionalDouble none = OptionalDouble.empty();
    PixelMetrics undefined = new PixelMetrics(none, none, none, none);
    assertEquals(undefined, PixelMetrics.of(List.of()));
    assertEquals(undefined, PixelMetrics.of(List.of(normal)));
    assertEquals(undefined, PixelMetrics.of(List.of(marked)));
    assertEquals(none, Aupro.of(List.of(marked), 0.3));
    assertEquals(OptionalDouble.of(0.5), PixelMetrics.of(List.of(normal, marked)).auroc());
  }

  @Test
  void aMaskOfAnotherSizeAndALimitOutOfRangeAreRefused() {
    ScoreMap map = ScoreMap.of(2, new float[4]);
    assertThrows(IllegalArgumentException.class, () -> new PixelScores().add(map, new byte[9]));
    for (double limit : new double[] {0, -0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Aupro.of(List.of(), limit));
    }
  }

  @Test
  void manyRunsAreSortedAsOne() {
    // 2^23 pixels make a run: three of them, with pixels of every size and sign.
    int side = 1500;
    Random random = new Random(3);
    PixelScores scores = new PixelScores();
    double expected = 0;
    for (int m = 0; m < 10; m++) {
      float[] map = new float[side * side];
      for (int i = 0; i < map.length; i++) {
        map[i] = random.nextFloat() - 0.5f;
        expected += map[i] < 0.25f ? 1 : map[i] == 0.25f ? 0.5 : 0;
      }
      scores.add(ScoreMap.of(side, map));
    }
    PixelScores one = new PixelScores();
    one.add(ScoreMap.of(1, new float[] {0.25f}), new byte[] {1});
    double auroc = value(PixelMetrics.of(List.of(scores, one)).auroc());
    assertEquals(expected / (10.0 * side * side), auroc, TOLERANCE);
    assertTrue(scores.normalRuns().size() > 1);
  }

  private static double value(OptionalDouble metric) {
    return metric.orElseThrow();
  }
}
