package io.github.anople.torch.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CoresetTest {

  private static final int WIDTH = 5;

  /**
   * Directions at 0, 10, 20, 90, 95 and 180 degrees. From 10°: 180° is farthest (170° away); then
   * 90° and 95° are 80° and 85° from the nearest; then 0° and 20° are both 10° away, the first
   * wins; then 20°, and 90° last, 5° from 95°.
   */
  @Test
  void theFarthestRowIsTakenNext() {
    double[] degrees = {0, 10, 20, 90, 95, 180};
    float[] rows = new float[2 * degrees.length];
    for (int i = 0; i < degrees.length; i++) {
      rows[2 * i] = (float) Math.cos(Math.toRadians(degrees[i]));
      rows[2 * i + 1] = (float) Math.sin(Math.toRadians(degrees[i]));
    }
    // 0° and 20° are equally far from 10° but for rounding, which is made equal here.
    rows[2] = 0.5f * (rows[0] + rows[4]);
    rows[3] = 0.5f * (rows[1] + rows[5]);
    assertArrayEquals(new long[] {1, 5, 4, 0, 2, 3}, order(rows, 2, 6, 1));
    assertArrayEquals(new long[] {1, 5, 4}, order(rows, 2, 3, 1));
  }

  private static long[] order(float[] rows, int width, int count, int first) {
    return TensorScope.inference(
        () -> Coreset.farthestFirst(Tensors.of(rows, rows.length / width, width), count, first));
  }

  @RepeatedTest(20)
  void everyRowIsWithinARadiusThatFallsAsMoreAreKept(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    float[] rows = unitRows(random, 1 + random.nextInt(60));
    int all = rows.length / WIDTH;
    long[] order = order(rows, WIDTH, all, random.nextInt(all));
    double before = Double.MAX_VALUE;
    for (int count = 1; count <= all; count++) {
      double radius = radius(rows, order, count);
      assertTrue(radius <= before, "seed " + repetition.getCurrentRepetition());
      if (count < all) {
        double next = nearest(rows, order, count, order[count]);
        assertEquals(radius, next, 1e-6, "the next one is the one that is farthest");
      }
      before = radius;
    }
    assertEquals(0, before);
    assertArrayEquals(
        Arrays.copyOf(order, 1 + all / 2), order(rows, WIDTH, 1 + all / 2, (int) order[0]));
  }

  private static double radius(float[] rows, long[] order, int count) {
    double radius = 0;
    for (int row = 0; row < rows.length / WIDTH; row++) {
      radius = Math.max(radius, nearest(rows, order, count, row));
    }
    return radius;
  }

  private static double nearest(float[] rows, long[] order, int count, long row) {
    double nearest = Double.MAX_VALUE;
    for (int i = 0; i < count; i++) {
      double square = 0;
      for (int k = 0; k < WIDTH; k++) {
        double difference = rows[(int) row * WIDTH + k] - rows[(int) order[i] * WIDTH + k];
        square += difference * difference;
      }
      nearest = Math.min(nearest, Math.sqrt(square));
    }
    return nearest;
  }

  private static float[] unitRows(SplittableRandom random, int count) {
    float[] rows = new float[count * WIDTH];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) (random.nextDouble() - 0.5);
    }
    return TensorScope.inference(
        () -> Tensors.floats(Tensors.normalize(Tensors.of(rows, count, WIDTH))));
  }

  @RepeatedTest(20)
  void everyDistinctRowComesBeforeACopy(RepetitionInfo repetition) {
    SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    float[] distinct = unitRows(random, 9);
    int all = 40;
    float[] rows = new float[all * WIDTH];
    for (int row = 0; row < all; row++) {
      int of = row < 9 ? row : random.nextInt(9);
      System.arraycopy(distinct, of * WIDTH, rows, row * WIDTH, WIDTH);
    }
    long[] order = order(rows, WIDTH, all, random.nextInt(all));
    List<List<Float>> first = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      List<Float> row = new ArrayList<>();
      for (int k = 0; k < WIDTH; k++) {
        row.add(rows[(int) order[i] * WIDTH + k]);
      }
      assertFalse(first.contains(row), "seed " + repetition.getCurrentRepetition());
      first.add(row);
    }
    assertEquals(all, Arrays.stream(order).distinct().count(), "no row is taken twice");
  }

  @Test
  void rowsStayInTheirOrderAndTheSeedDecides() {
    float[] rows = unitRows(new SplittableRandom(1), 50);
    TensorScope.inference(
        () -> {
          Tensor all = Tensors.of(rows, 50, WIDTH);
          float[] some = Tensors.floats(Coreset.select(all, 10, new SplittableRandom(3)));
          long[] places = Coreset.farthestFirst(all, 10, new SplittableRandom(3).nextLong(50));
          Arrays.sort(places);
          for (int i = 0; i < places.length; i++) {
            for (int k = 0; k < WIDTH; k++) {
              assertEquals(rows[(int) places[i] * WIDTH + k], some[i * WIDTH + k]);
            }
          }
          assertSame(all, Coreset.select(all, 50, new SplittableRandom(3)));
          return null;
        });
  }

  @ParameterizedTest
  @CsvSource({"1, 225, 225", "0.25, 225, 56", "0.001, 225, 1", "100, 225, 100", "1000, 225, 225"})
  void aShareOrANumberOfTheRowsIsKept(double size, long all, long rows) {
    assertEquals(rows, new Coreset(size).rows(all));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 40, 4, 40",
    "0.5, 41, 4, 21",
    "0.001, 40, 4, 1",
    "100, 40, 4, 25",
    "101, 40, 4, 26",
    "2, 40, 4, 1",
    "1000, 40, 4, 40"
  })
  void aFurtherPictureGivesAsMuchAsAShotDid(double size, long all, int shots, long rows) {
    assertEquals(rows, new Coreset(size).further(all, shots));
  }

  /** Brute force: each next row is the farthest from those that stay and those that are taken. */
  @RepeatedTest(20)
  void besideRowsThatStayTheFarthestFromThemComeFirst(RepetitionInfo repetition) {
    int seed = repetition.getCurrentRepetition();
    SplittableRandom random = new SplittableRandom(seed);
    float[] stay = unitRows(random, 1 + random.nextInt(20));
    int all = 2 + random.nextInt(40);
    float[] rows = unitRows(random, all);
    float[] both = Arrays.copyOf(stay, stay.length + rows.length);
    System.arraycopy(rows, 0, both, stay.length, rows.length);
    int first = stay.length / WIDTH;
    int count = 1 + random.nextInt(all - 1);
    long[] taken = new long[first + count];
    float[] nearest = new float[all];
    for (int i = 0; i < first; i++) {
      taken[i] = i;
    }
    for (int i = 0; i < all; i++) {
      nearest[i] = (float) nearest(both, taken, first, first + i);
    }
    for (int i = first; i < taken.length; i++) {
      taken[i] = first;
      for (int row = first; row < first + all; row++) {
        if (nearest(both, taken, i, row) > nearest(both, taken, i, taken[i])) {
          taken[i] = row;
        }
      }
    }
    long[] expected = Arrays.copyOfRange(taken, first, taken.length);
    Arrays.sort(expected);
    float[] some =
        TensorScope.inference(
            () ->
                Tensors.floats(
                    Coreset.selectBeside(
                        Tensors.of(rows, all, WIDTH), count, Tensors.of(nearest, all))));
    for (int i = 0; i < count; i++) {
      for (int k = 0; k < WIDTH; k++) {
        float wanted = both[(int) expected[i] * WIDTH + k];
        assertEquals(wanted, some[i * WIDTH + k], "seed " + seed);
      }
    }
  }

  @Test
  void onlyTheShareOneIsTheWholeWhateverTheNumber() {
    assertTrue(new Coreset(1).isWhole());
    assertFalse(new Coreset(0.999).isWhole());
    assertFalse(new Coreset(2).isWhole());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1.5, Double.NaN, Double.POSITIVE_INFINITY, 1e12})
  void nonsenseIsRefused(double size) {
    assertThrows(IllegalArgumentException.class, () -> new Coreset(size));
  }
}
