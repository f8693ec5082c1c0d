package io.github.anople.core.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TileJoinTest {

  private static final int SIDE = 24;

  private static TileGrid random(SplittableRandom random) {
    double overlap = random.nextInt(0, 51) / 100.0;
    return (random.nextBoolean()
            ? new Tiling(1, 1, random.nextInt(16, 60), overlap, false)
            : new Tiling(random.nextInt(1, 6), random.nextInt(2, 6), 0, overlap, false))
        .of(random.nextInt(1, 300), random.nextInt(1, 300));
  }

  private static ScoreMap map(float[] values) {
    return ScoreMap.of(SIDE, values);
  }

  @Test
  void theWeightsOfEveryPlaceSumUpToOne() {
    long seed = 21;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    float[] constant = new float[SIDE * SIDE];
    Arrays.fill(constant, 0.3f);
    for (int round = 0; round < 60; round++) {
      TileGrid grid = random(random);
      TileJoin join = new TileJoin(grid, SIDE);
      for (int tile = 0; tile < grid.count(); tile++) {
        join.add(tile, map(constant));
      }
      for (float value : join.map(Optional.empty()).toArray()) {
        assertEquals(0.3f, value, 1e-6f, grid.toString());
      }
    }
  }

  @Test
  void oneTileStaysAsItIsToTheBit() {
    SplittableRandom random = new SplittableRandom(3);
    float[] values = new float[SIDE * SIDE];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextDouble();
    }
    for (int[] size : new int[][] {{200, 100}, {1, 1}, {24, 24}, {7, 5000}}) {
      TileJoin join = new TileJoin(TileGrid.whole(size[0], size[1]), SIDE);
      join.add(0, map(values));
      assertArrayEquals(values, join.map(Optional.empty()).toArray());
    }
  }

  @Test
  void theJoinedMapIsNowhereAboveTheTiles() {
    SplittableRandom random = new SplittableRandom(5);
    for (int round = 0; round < 40; round++) {
      TileGrid grid = random(random);
      TileJoin join = new TileJoin(grid, SIDE);
      float most = 0;
      for (int tile = 0; tile < grid.count(); tile++) {
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) random.nextDouble();
        }
        most = Math.max(most, map(values).max());
        join.add(tile, map(values));
      }
      assertTrue(join.map(Optional.empty()).max() <= most + 1e-6f, grid.toString());
    }
  }

  /** Where the tiles agree, as they do on a slope over the picture, nothing shows of them. */
  @Test
  void aSlopeOverThePictureIsJoinedToASlope() {
    SplittableRandom random = new SplittableRandom(7);
    for (int round = 0; round < 40; round++) {
      TileGrid grid = random(random);
      TileJoin join = new TileJoin(grid, SIDE);
      for (int tile = 0; tile < grid.count(); tile++) {
        TileGrid.Tile at = grid.tile(tile);
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
          int row = i / SIDE;
          double x = at.left() + (i % SIDE + 0.5) * at.width() / SIDE;
          double y = at.top() + (row + 0.5) * at.height() / SIDE;
          values[i] = (float) (2 * x + 3 * y);
        }
        join.add(tile, map(values));
      }
      ScoreMap joined = join.map(Optional.empty());
      double pixel = 2.5 * (grid.x().side() + grid.y().side()) / SIDE; // at borders half of one
      for (int y = 0; y < joined.height(); y++) {
        for (int x = 0; x < joined.width(); x++) {
          double expected =
              2 * (x + 0.5) * grid.x().length() / joined.width()
                  + 3 * (y + 0.5) * grid.y().length() / joined.height();
          assertEquals(expected, joined.at(y, x), pixel, grid + " at " + x + ", " + y);
        }
      }
    }
  }

  /** A tile that sees its neighbourhood otherwise than the next does not end in a step. */
  @Test
  void tilesThatDisagreeFadeIntoEachOther() {
    TileGrid grid = new Tiling(4, 3, 0, 0.25, false).of(800, 600);
    TileJoin join = new TileJoin(grid, SIDE);
    for (int tile = 0; tile < grid.count(); tile++) {
      float[] values = new float[SIDE * SIDE];
      Arrays.fill(values, tile % 2);
      join.add(tile, map(values));
    }
    ScoreMap joined = join.map(Optional.empty());
    double step = 1.5 / (0.25 * SIDE); // over a quarter of a tile from 0 to 1
    for (int y = 0; y < joined.height(); y++) {
      for (int x = 1; x < joined.width(); x++) {
        assertTrue(Math.abs(joined.at(y, x) - joined.at(y, x - 1)) <= step, x + ", " + y);
      }
    }
  }

  @Test
  void theMapOfAHugePictureIsBounded() {
    TileGrid grid = new Tiling(1, 1, 300, 0.1, false).of(30_000, 8_000);
    ScoreMap joined = new TileJoin(grid, 240).map(Optional.empty());
    long pixels = (long) joined.width() * joined.height();
    assertTrue(pixels <= 1.01 * TileJoin.MOST && pixels > 0.98 * TileJoin.MOST, joined.toString());
    assertEquals(30.0 / 8, (double) joined.width() / joined.height(), 0.01);
  }

  @Test
  void aTileKeepsItsPixels() {
    ScoreMap joined =
        new TileJoin(new Tiling(1, 1, 200, 0.1, false).of(200, 5000), 240).map(Optional.empty());
    assertEquals(240, joined.width());
    assertEquals(6000, joined.height());
  }
}
