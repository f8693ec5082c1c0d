package io.github.anople.core.detect;

import io.github.anople.core.InputException;

/**
 * How pictures are cut into tiles: into a grid of columns and rows, whatever their size, or into
 * tiles of some pixels, of which a larger picture has more.
 *
 * @param columns of the grid, 1 to {@value #MOST_PER_AXIS}; 1 where a size says how many there are
 * @param rows of the grid, alike
 * @param size width and height of a tile in pixels of the picture, or 0 for a grid
 * @param overlap the least part of a tile's width and height that it shares with its neighbour, 0
 *     to {@value #MOST_OVERLAP}
 * @param byPlace whether a tile is compared with what the shots show at its place of the grid; else
 *     with all that they show
 */
public record Tiling(int columns, int rows, int size, double overlap, boolean byPlace) {

  /** What overlaps by more is seen three times. */
  public static final double MOST_OVERLAP = 0.5;

  /** Tiles along an axis of a grid. */
  public static final int MOST_PER_AXIS = 64;

  /** Tiles of one picture: what has more takes minutes, and would be cut by mistake. */
  public static final int MOST_TILES = 4096;

  /** Pixels: smaller ones show a detector nothing that it knows. */
  public static final int SMALLEST = 16;

  /** Pixels: no picture that can be read is larger. */
  public static final int LARGEST = 1 << 16;

  /**
   * Tiles.
   *
   * @throws IllegalArgumentException if a number is out of range, there are both a grid and a size,
   *     or places without a grid
   */
  public Tiling {
    boolean grid = columns >= 1 && rows >= 1 && columns <= MOST_PER_AXIS && rows <= MOST_PER_AXIS;
    if (!grid || !(overlap >= 0 && overlap <= MOST_OVERLAP)) {
      throw new IllegalArgumentException(
          "tiles %d x %d with an overlap of %s".formatted(columns, rows, overlap));
    }
    boolean sized = size >= SMALLEST && size <= LARGEST && columns * rows == 1 && !byPlace;
    if (!(size == 0 && columns * rows > 1) && !sized) {
      throw new IllegalArgumentException(
          "tiles of %d pixels, %d x %d%s"
              .formatted(size, columns, rows, byPlace ? ", by their places" : ""));
    }
  }

  /**
   * The places that a memory tells apart.
   *
   * @return the number of tiles of a grid with a memory by place, else 1
   */
  public int places() {
    return byPlace ? columns * rows : 1;
  }

  /**
   * Cuts a picture.
   *
   * @param width of the picture
   * @param height of the picture
   * @return its tiles
   * @throws InputException if there are more than {@link #MOST_TILES}
   */
  public TileGrid of(int width, int height) {
    TileGrid grid =
        size == 0
            ? TileGrid.ofCounts(width, height, columns, rows, overlap)
            : TileGrid.ofSize(width, height, size, overlap);
    if (grid.count() > MOST_TILES) {
      throw new InputException(
          "tiles",
          "a picture of %d x %d pixels would have %d of them, and more than %d take too long"
              .formatted(width, height, grid.count(), MOST_TILES),
          "train with larger tiles");
    }
    return grid;
  }
}
