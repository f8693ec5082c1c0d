package io.github.anople.inspect.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.detect.ScoreMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class UpsamplerTest {

  @Test
  void pixelCentresAreAlignedAndEdgesRepeated() {
    ScoreMap map = ScoreMap.of(2, new float[] {0, 1, 2, 3});
    // PyTorch's interpolate(bilinear, align_corners=False) of the same map to 2 rows of 4.
    assertArrayEquals(new float[] {0, 0.25f, 0.75f, 1}, row(map, 4, 2, 0), 1e-6f);
    assertArrayEquals(new float[] {2, 2.25f, 2.75f, 3}, row(map, 4, 2, 1), 1e-6f);
    assertArrayEquals(new float[] {0.5f, 0.75f, 1.25f, 1.5f}, row(map, 4, 4, 1), 1e-6f);
    assertArrayEquals(new float[] {1.5f}, row(map, 1, 1, 0), 1e-6f);
  }

  @Test
  void aSlopeStaysASlopeAwayFromTheEdge() {
    long seed = 5;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 30; round++) {
      int rows = random.nextInt(1, 20);
      int columns = random.nextInt(1, 20);
      int width = random.nextInt(1, 90);
      int height = random.nextInt(1, 90);
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = 2 * (i / columns) + 3 * (i % columns);
      }
      for (int y = 0; y < height; y++) {
        float[] row = row(ScoreMap.of(rows, columns, values), width, height, y);
        for (int x = 0; x < width; x++) {
          double expected = 2 * place(y, height, rows) + 3 * place(x, width, columns);
          assertEquals(
              expected, row[x], 1e-3, columns + " x " + rows + " to " + width + " x " + height);
        }
      }
    }
  }

  private static double place(int index, int size, int side) {
    return Math.max(0, Math.min((index + 0.5) * side / size - 0.5, side - 1));
  }

  private static float[] row(ScoreMap map, int width, int height, int y) {
    float[] row = new float[width];
    new Upsampler(map, width, height).row(y, row);
    return row;
  }
}
