package io.github.anople.torch.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.GaussianBlur;
import io.github.anople.torch.memory.GridShifts;
import io.github.anople.torch.memory.ImageScore;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Against loops that ask each pixel that counts for its neighbours that do. */
class CountedTest {

  private static final int ROUNDS = 40;
  private static final double CLOSE = 2e-5;

  /** Weights of a region's kind: a rectangle, or what is around one. */
  private static float[] weights(SplittableRandom random, int side) {
    int top = random.nextInt(side);
    int left = random.nextInt(side);
    int bottom = top + 1 + random.nextInt(side - top);
    int right = left + 1 + random.nextInt(side - left);
    boolean inside = random.nextBoolean() || (bottom - top == side && right - left == side);
    float[] weights = new float[side * side];
    for (int i = 0; i < weights.length; i++) {
      boolean in = i / side >= top && i / side < bottom && i % side >= left && i % side < right;
      weights[i] = in == inside ? 1 : 0;
    }
    return weights;
  }

  private static float[] values(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextDouble();
    }
    return values;
  }

  private static int repeated(int at, int side) {
    return Math.max(0, Math.min(at, side - 1));
  }

  /** W of a copy: what moves in from outside repeats the border. */
  private static float[] moved(float[] weights, int side, int down, int right) {
    float[] moved = new float[weights.length];
    for (int i = 0; i < moved.length; i++) {
      int y = repeated(i / side + down, side);
      int x = repeated(i % side + right, side);
      moved[i] = weights[y * side + x];
    }
    return moved;
  }

  private static boolean[] cells(float[] weights, int side, int grid) {
    boolean[] cells = new boolean[grid * grid];
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] != 0) {
        cells[cell(i / side, side, grid) * grid + cell(i % side, side, grid)] = true;
      }
    }
    return cells;
  }

  private static int cell(int pixel, int side, int grid) {
    return (int) Math.floor((pixel + 0.5) * grid / side);
  }

  /** The mean of the cells around a pixel that count, by the weights of bilinear enlargement. */
  private static double enlarged(float[] values, boolean[] counted, int grid, int side, int pixel) {
    int line = pixel / side;
    double y = Math.max(0, (line + 0.5) * grid / side - 0.5);
    double x = Math.max(0, (pixel % side + 0.5) * grid / side - 0.5);
    double sum = 0;
    double weights = 0;
    for (int row = (int) y; row <= (int) y + 1; row++) {
      for (int column = (int) x; column <= (int) x + 1; column++) {
        int cell = Math.min(row, grid - 1) * grid + Math.min(column, grid - 1);
        double weight = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
        if (counted[cell] && weight > 0) {
          sum += weight * values[cell];
          weights += weight;
        }
      }
    }
    return sum / weights;
  }

  @Test
  void anEnlargedPixelIsTheMeanOfTheCellsThatCountInEveryPlaceOfTheGrid() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int grid = 2 + random.nextInt(5);
      int patch = 2 + random.nextInt(4);
      int side = grid * patch + (random.nextBoolean() ? 0 : 1);
      GridShifts places = new GridShifts(1 + random.nextInt(3), patch);
      float[] weights = weights(random, side);
      float[][] coarse = new float[places.copies()][];
      double[] sums = new double[weights.length];
      double[] counts = new double[weights.length];
      for (int copy = 0; copy < places.copies(); copy++) {
        coarse[copy] = values(random, grid * grid);
        int down = places.pixels()[copy / places.perAxis()];
        int right = places.pixels()[copy % places.perAxis()];
        float[] here = moved(weights, side, down, right);
        boolean[] cells = cells(here, side, grid);
        for (int i = 0; i < weights.length; i++) {
          int at = repeated(i / side - down, side) * side + repeated(i % side - right, side);
          if (here[at] != 0) {
            sums[i] += enlarged(coarse[copy], cells, grid, side, at);
            counts[i]++;
          }
        }
      }
      float[] found =
          TensorScope.inference(
              () -> {
                CountedGrid counted =
                    new Counted(Tensors.of(weights, 1, side, side)).grid(places, grid);
                Tensor sum = Tensors.of(new float[weights.length], 1, side, side);
                for (int copy = 0; copy < places.copies(); copy++) {
                  Tensor map =
                      counted.enlarge(Tensors.of(coarse[copy], 1, 1, grid, grid), copy).squeeze(1);
                  sum.add_(places.back(map, copy));
                }
                return Tensors.floats(sum.mul_(counted.whole()));
              });
      for (int i = 0; i < weights.length; i++) {
        double expected = weights[i] == 0 ? 0 : sums[i] / counts[i];
        assertEquals(expected, found[i], CLOSE, "seed " + seed + ", pixel " + i);
      }
    }
  }

  @Test
  void theBlurAveragesPixelsThatCountAlone() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int side = 1 + random.nextInt(40);
      float[] weights = weights(random, side);
      float[] map = values(random, side * side);
      for (int i = 0; i < map.length; i++) {
        map[i] *= weights[i];
      }
      float[][] found =
          TensorScope.inference(
              () -> {
                Tensor matrix = GaussianBlur.matrix(side);
                Tensor blurred =
                    new Counted(Tensors.of(weights, 1, side, side))
                        .blurred(Tensors.of(map, 1, side, side), matrix);
                return new float[][] {Tensors.floats(matrix), Tensors.floats(blurred)};
              });
      float[] matrix = found[0];
      for (int i = 0; i < map.length; i++) {
        double sum = 0;
        double all = 0;
        for (int j = 0; j < map.length; j++) {
          double weight =
              weights[j] * matrix[i / side * side + j / side] * matrix[i % side * side + j % side];
          sum += weight * map[j];
          all += weight;
        }
        assertEquals(weights[i] == 0 ? 0 : sum / all, found[1][i], CLOSE, "seed " + seed);
      }
    }
  }

  @Test
  void pixelsOfAnotherSizeCountIfAPixelThatCountsIsMadeOfThem() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int side = 1 + random.nextInt(20);
      int other = 1 + random.nextInt(40);
      float[] weights = weights(random, side);
      float[] found =
          TensorScope.inference(
              () ->
                  Tensors.floats(
                      new Counted(Tensors.of(weights, 1, side, side)).at(other).pixels()));
      boolean[] all = new boolean[other * other];
      Arrays.fill(all, true);
      for (int i = 0; i < weights.length; i++) {
        if (weights[i] != 0) {
          // Nothing that does not count may have a say: its value is not there.
          float[] poisoned = new float[other * other];
          for (int j = 0; j < poisoned.length; j++) {
            poisoned[j] = found[j] != 0 ? 1 : 1000;
          }
          assertEquals(1, enlarged(poisoned, all, other, side, i), 1e-6, "seed " + seed);
        }
      }
      if (side == other) {
        assertArrayEquals(weights, found);
      }
    }
  }

  @Test
  void imagesOfOneBatchMayCountOtherPixels() {
    TensorScope.inference(
        () -> {
          SplittableRandom random = new SplittableRandom(1);
          float[] one = weights(random, 12);
          float[] other = weights(random, 12);
          GridShifts places = new GridShifts(2, 4);
          Tensor both = Tensors.concat(0, Tensors.of(one, 1, 12, 12), Tensors.of(other, 1, 12, 12));
          Tensor coarse = Tensors.of(values(random, 18), 2, 1, 3, 3);
          Tensor matrix = GaussianBlur.matrix(12);
          for (int copy = 0; copy < places.copies(); copy++) {
            Tensor together = new Counted(both).grid(places, 3).enlarge(coarse, copy);
            for (int image = 0; image < 2; image++) {
              Counted alone = new Counted(both.narrow(0, image, 1));
              assertArrayEquals(
                  Tensors.floats(alone.grid(places, 3).enlarge(coarse.narrow(0, image, 1), copy)),
                  Tensors.floats(together.narrow(0, image, 1)));
              Tensor map = Tensors.of(values(random, 288), 2, 12, 12).mul(both);
              assertArrayEquals(
                  Tensors.floats(alone.blurred(map.narrow(0, image, 1), matrix)),
                  Tensors.floats(new Counted(both).blurred(map, matrix).narrow(0, image, 1)));
            }
          }
          return null;
        });
  }

  @Test
  void theScoreIsOfThePixelsThatCount() {
    for (int seed = 0; seed < ROUNDS; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      int side = 5 + random.nextInt(40);
      float[] weights = weights(random, side);
      float[] map = values(random, side * side);
      double[] counted = new double[map.length];
      int count = 0;
      for (int i = 0; i < map.length; i++) {
        if (weights[i] != 0) {
          counted[count++] = map[i];
        }
        map[i] *= weights[i];
      }
      double[] sorted = Arrays.copyOf(counted, count);
      Arrays.sort(sorted);
      int highest = Math.max(1, count / 100);
      double top = Arrays.stream(sorted, count - highest, count).average().orElseThrow();
      float[] found =
          TensorScope.inference(
              () -> {
                Tensor maps = Tensors.of(map, 1, side, side);
                Tensor pixels = Tensors.of(weights, 1, side, side);
                return Tensors.floats(
                    Tensors.concat(
                        0, ImageScore.MAX.of(maps, pixels), ImageScore.TOP1.of(maps, pixels)));
              });
      assertEquals(sorted[count - 1], found[0], CLOSE);
      assertEquals(top, found[1], CLOSE, "seed " + seed);
      assertTrue(found[1] <= found[0]);
    }
  }
}
