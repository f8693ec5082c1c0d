package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.image.Resampler;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShrinkingTest {

  private static final int SIDE = 240;

  @ParameterizedTest
  @CsvSource({"1024,768", "240,241", "300,240", "700,701", "4000,100", "100,4000", "479,479"})
  void everyMarkSurvivesWhereverItIs(int width, int height) {
    Random random = new Random(width);
    for (int i = 0; i < 300; i++) {
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      byte[] marks = new byte[width * height];
      marks[y * width + x] = 1;
      byte[] small = Shrinking.to(SIDE, SIDE, marks, width, height);
      int row = (int) ((long) y * SIDE / height);
      int column = (int) ((long) x * SIDE / width);
      assertTrue(marked(small, row, column), x + ", " + y);
    }
  }

  /** Nearest neighbour may put a pixel one further than its own place. */
  private static boolean marked(byte[] small, int row, int column) {
    for (int y = row; y <= Math.min(SIDE - 1, row + 1); y++) {
      for (int x = column; x <= Math.min(SIDE - 1, column + 1); x++) {
        if (small[y * SIDE + x] != 0) {
          return true;
        }
      }
    }
    return false;
  }

  @ParameterizedTest
  @CsvSource({"0,0", "1000,700", "1000,3", "7,700", "300,700"})
  void aHairStaysOnePieceFromEndToEnd(int dx, int dy) {
    int width = 1024;
    int height = 768;
    byte[] marks = new byte[width * height];
    int steps = Math.max(1, Math.max(dx, dy));
    for (int i = 0; i <= steps; i++) {
      marks[(11 + dy * i / steps) * width + 13 + dx * i / steps] = 1;
    }
    byte[] small = Shrinking.to(SIDE, SIDE, marks, width, height);
    assertEquals(1, pieces(small));
    assertTrue(small[(int) (11L * SIDE / height) * SIDE + (int) (13L * SIDE / width)] != 0);
    int row = (int) ((11L + dy) * SIDE / height);
    int column = (int) ((13L + dx) * SIDE / width);
    assertTrue(small[row * SIDE + column] != 0);
  }

  @Test
  void wholeBlotsAreWhatOthersMeasureWith() {
    int width = 1000;
    int height = 800;
    byte[] marks = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        boolean inDisc = Math.hypot(x - 300, y - 300) < 120;
        boolean inBar = x > 600 && x < 900 && y > 500 && y < 560;
        marks[y * width + x] = (byte) (inDisc || inBar ? 1 : 0);
      }
    }
    assertArrayEquals(
        Resampler.nearest(marks, height, width, SIDE, SIDE),
        Shrinking.to(SIDE, SIDE, marks, width, height));
  }

  @Test
  void aSmallerMaskIsOnlyEnlarged() {
    byte[] marks = {1, 0, 0, 1, 0, 1};
    assertArrayEquals(
        Resampler.nearest(marks, 2, 3, SIDE, SIDE), Shrinking.to(SIDE, SIDE, marks, 3, 2));
    byte[] same = new byte[SIDE * SIDE];
    same[77] = 1;
    assertArrayEquals(same, Shrinking.to(SIDE, SIDE, same, SIDE, SIDE));
  }

  @Test
  void aLongMaskBecomesALongMap() {
    int width = 200;
    int height = 5000;
    byte[] marks = new byte[width * height];
    marks[4321 * width + 17] = 1;
    byte[] small = Shrinking.to(1000, 48, marks, width, height);
    assertEquals(1000 * 48, small.length);
    assertEquals(1, small[4321 * 1000 / height * 48 + 17 * 48 / width]);
    int count = 0;
    for (byte mark : small) {
      count += mark;
    }
    assertEquals(1, count);
  }

  @Test
  void nothingIsMarkedWhereNothingWas() {
    assertArrayEquals(
        new byte[SIDE * SIDE], Shrinking.to(SIDE, SIDE, new byte[500 * 400], 500, 400));
  }

  private static int pieces(byte[] marks) {
    byte[] left = marks.clone();
    int pieces = 0;
    for (int seed = 0; seed < left.length; seed++) {
      if (left[seed] != 0) {
        pieces++;
        clear(left, seed);
      }
    }
    return pieces;
  }

  private static void clear(byte[] marks, int seed) {
    java.util.ArrayDeque<Integer> queue = new java.util.ArrayDeque<>();
    queue.add(seed);
    marks[seed] = 0;
    while (!queue.isEmpty()) {
      int at = queue.remove();
      for (int y = Math.max(0, at / SIDE - 1); y <= Math.min(SIDE - 1, at / SIDE + 1); y++) {
        for (int x = Math.max(0, at % SIDE - 1); x <= Math.min(SIDE - 1, at % SIDE + 1); x++) {
          if (marks[y * SIDE + x] != 0) {
            marks[y * SIDE + x] = 0;
            queue.add(y * SIDE + x);
          }
        }
      }
    }
  }
}
