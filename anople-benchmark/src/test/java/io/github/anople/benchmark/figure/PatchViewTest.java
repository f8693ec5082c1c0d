package io.github.anople.benchmark.figure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class PatchViewTest {

  @Test
  void quartersStandWhereTheyWereCut() {
    float[] joined =
        PatchView.joined(
                List.of(
                    new float[] {1, 2, 3, 4},
                    new float[] {5, 6, 7, 8},
                    new float[] {9, 10, 11, 12},
                    new float[] {13, 14, 15, 16}))
            .toArray();

    assertArrayEquals(new float[] {1, 2, 5, 6, 3, 4, 7, 8, 9, 10, 13, 14, 11, 12, 15, 16}, joined);
  }
}
