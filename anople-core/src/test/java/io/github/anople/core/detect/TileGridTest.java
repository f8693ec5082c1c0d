package io.github.anople.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TileGridTest {

  private static Tiling grid(int columns, int rows, double overlap) {
    return new Tiling(columns, rows, 0, overlap, false);
  }

  private static Tiling sized(int size, double overlap) {
    return new Tiling(1, 1, size, overlap, false);
  }

  @Test
  void everyPixelIsInATileAndEveryTileIsInThePicture() {
    long seed = 20;
    System.out.println("seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 300; round++) {
      int width = random.nextInt(1, 400);
      int height = random.nextInt(1, 400);
      double overlap = random.nextInt(0, 51) / 100.0;
      boolean ofSize = random.nextBoolean();
      Tiling tiling =
          ofSize
              ? sized(random.nextInt(16, 200), overlap)
              : grid(random.nextInt(1, 9), random.nextInt(2, 9), overlap);
      TileGrid tiles = tiling.of(width, height);
      String told = tiling + " of " + width + " x " + height + ": " + tiles;
      boolean[] covered = new boolean[width * height];
      for (int tile = 0; tile < tiles.count(); tile++) {
        TileGrid.Tile at = tiles.tile(tile);
        assertEquals(tiles.x().side(), at.width(), told);
        assertEquals(tiles.y().side(), at.height(), told);
        assertTrue(at.left() >= 0 && at.left() + at.width() <= width, told);
        assertTrue(at.top() >= 0 && at.top() + at.height() <= height, told);
        for (int y = at.top(); y < at.top() + at.height(); y++) {
          Arrays.fill(covered, y * width + at.left(), y * width + at.left() + at.width(), true);
        }
      }
      for (int i = 0; i < covered.length; i++) {
        assertTrue(covered[i], told + ", pixel " + i);
      }
      if (!ofSize) {
        assertEquals(tiling.columns() * tiling.rows(), tiles.count(), told);
      }
      requireShared(tiles.x(), overlap, ofSize, told);
      requireShared(tiles.y(), overlap, ofSize, told);
    }
  }

  /** Neighbours share what was asked for, but for the rounding of pixels. */
  private static void requireShared(
      TileGrid.Axis axis, double overlap, boolean ofSize, String told) {
    if (axis.count() > 1) {
      assertTrue(axis.shared() >= Math.floor(overlap * axis.side()) - 1, told);
      assertEquals(axis.length(), axis.start(axis.count() - 1) + axis.side(), told);
      // One tile less would not do.
      double fewer = axis.side() + (axis.count() - 2) * (1 - overlap) * axis.side();
      assertTrue(!ofSize || fewer < axis.length(), told);
    }
  }

  @Test
  void aPictureSmallerThanATileIsOneTile() {
    assertEquals(new TileGrid.Tile(0, 0, 300, 200), sized(480, 0.1).of(300, 200).tile(0));
    assertEquals(1, sized(480, 0.1).of(480, 480).count());
    TileGrid line = sized(480, 0.1).of(200, 5000);
    assertEquals(1, line.x().count());
    assertEquals(12, line.y().count());
    assertEquals(new TileGrid.Tile(0, 4520, 200, 480), line.tile(11));
  }

  @Test
  void aGridHasItsTilesWhateverTheSize() {
    TileGrid grid = grid(3, 2, 0.1).of(8000, 2000);
    assertEquals(6, grid.count());
    assertEquals(2858, grid.x().side());
    assertEquals(new TileGrid.Tile(0, 0, 2858, 1053), grid.tile(0));
    assertEquals(new TileGrid.Tile(2571, 947, 2858, 1053), grid.tile(4));
    assertEquals(6, grid(3, 2, 0.1).of(1, 1).count());
    assertEquals(95, sized(480, 0.1).of(8000, 2000).count());
  }

  @Test
  void tilesThatMakeNoSenseAreRefused() {
    for (Runnable wrong :
        new Runnable[] {
          () -> grid(0, 2, 0.1),
          () -> grid(65, 2, 0.1),
          () -> grid(1, 1, 0.1),
          () -> grid(2, 2, -0.1),
          () -> grid(2, 2, 0.6),
          () -> grid(2, 2, Double.NaN),
          () -> sized(15, 0.1),
          () -> sized(1 << 20, 0.1),
          () -> new Tiling(2, 1, 480, 0.1, false),
          () -> new Tiling(1, 1, 480, 0.1, true),
        }) {
      assertThrows(IllegalArgumentException.class, wrong::run);
    }
    String told =
        assertThrows(InputException.class, () -> sized(16, 0.5).of(4000, 3000)).getMessage();
    assertTrue(told.contains("4000 x 3000") && told.contains("larger tiles"), told);
    assertEquals(1, grid(3, 2, 0).places());
    assertEquals(6, new Tiling(3, 2, 0, 0, true).places());
  }
}
