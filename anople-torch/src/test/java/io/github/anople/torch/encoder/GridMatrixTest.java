package io.github.anople.torch.encoder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridMatrixTest {

  @Test
  void aMultipleIsAveragedInWindowsWithoutOverlap() {
    assertRows(4, 2, .5f, .5f, 0, 0, 0, 0, .5f, .5f);
  }

  @Test
  void anotherRatioIsAveragedInWindowsThatOverlap() {
    assertRows(5, 2, 1 / 3f, 1 / 3f, 1 / 3f, 0, 0, 0, 0, 1 / 3f, 1 / 3f, 1 / 3f);
  }

  @Test
  void aCoarserMapIsInterpolatedAndItsBorderRepeated() {
    assertRows(2, 4, 1, 0, .75f, .25f, .25f, .75f, 0, 1);
  }

  @Test
  void theSameSideStaysAsItIs() {
    assertRows(2, 2, 1, 0, 0, 1);
  }

  private static void assertRows(int from, int to, float... expected) {
    assertEquals(List.of((long) to, (long) from), GridMatrix.of(from, to).shape());
    assertArrayEquals(expected, GridMatrix.of(from, to).values());
  }

  @ParameterizedTest
  @CsvSource({"30, 15", "60, 7", "15, 30", "16, 37", "1, 5", "5, 1", "31, 30"})
  void everyRowSumsToOne(int from, int to) {
    float[] weights = GridMatrix.of(from, to).values();
    for (int row = 0; row < to; row++) {
      double sum = 0;
      for (int i = 0; i < from; i++) {
        sum += weights[row * from + i];
      }
      assertEquals(1, sum, 1e-6);
    }
  }
}
