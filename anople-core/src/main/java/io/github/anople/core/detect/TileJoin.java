package io.github.anople.core.detect;

import io.github.anople.core.region.Region;
import java.util.Optional;

/**
 * Joins the maps of a picture's tiles to one, without seams: where tiles overlap, each counts by a
 * weight that falls linearly to 0 at its border, and the weights of a place sum up to 1. So the
 * joined map is nowhere above the tiles' maps, does not jump where tiles share pixels, and what a
 * tile's own border does to its map (its blur mirrors the map there) has faded out before.
 *
 * <p>The joined map has as many pixels as the tiles have, so far as there are at most {@value
 * #MOST}: larger ones are joined at a lower resolution.
 */
final class TileJoin {

  /** Pixels of a joined map: 8 MiB. */
  static final int MOST = 1 << 21;

  private final Axis x;
  private final Axis y;
  private final float[] joined;

  /**
   * One axis of the joined map.
   *
   * @param grid where tiles are
   * @param shared the fewest pixels of the picture that two neighbours share
   * @param side of a tile's map
   * @param size of the joined map
   * @param sums of the weights of all tiles, for each of its pixels
   */
  private record Axis(TileGrid.Axis grid, int shared, int side, int size, double[] sums) {

    static Axis of(TileGrid.Axis grid, int side, double scale) {
      double exact = (double) grid.length() * side / grid.side() * scale;
      int size = (int) Math.max(1, Math.round(exact));
      Axis axis = new Axis(grid, grid.shared(), side, size, new double[size]);
      for (int tile = 0; tile < grid.count(); tile++) {
        for (int i = axis.first(tile); i < axis.end(tile); i++) {
          axis.sums[i] += axis.weight(tile, i);
        }
      }
      return axis;
    }

    /** Where a pixel's centre is in the picture. */
    private double centre(int i) {
      return (i + 0.5) * grid.length() / size;
    }

    /** The first pixel whose centre lies in a tile. */
    int first(int tile) {
      return at(grid.start(tile));
    }

    /** The one after the last. */
    int end(int tile) {
      return at(grid.start(tile) + grid.side());
    }

    /** The first pixel whose centre is not before a place of the picture. */
    private int at(int place) {
      double at = Math.ceil((double) place * size / grid.length() - 0.5);
      return (int) Math.max(0, Math.min(size, at));
    }

    /** How much a tile counts for a pixel in it, before the weights sum up to 1. */
    double weight(int tile, int i) {
      double from = centre(i) - grid.start(tile);
      double before = tile == 0 || shared == 0 ? 1 : from / shared;
      double after = tile == grid.count() - 1 || shared == 0 ? 1 : (grid.side() - from) / shared;
      // Of tiny tiles a centre can lie on the border; somebody must count.
      return Math.max(1e-9, Math.min(1, Math.min(before, after)));
    }

    /** Where a pixel is in the tile's map, between two of its pixels. */
    double place(int tile, int i) {
      double at = (centre(i) - grid.start(tile)) * side / grid.side() - 0.5;
      return Math.max(0, Math.min(at, side - 1));
    }
  }

  /**
   * Nothing joined yet.
   *
   * @param grid where the tiles are
   * @param side S, of their maps
   */
  TileJoin(TileGrid grid, int side) {
    double pixels =
        (double) grid.x().length()
            * side
            / grid.x().side()
            * ((double) grid.y().length() * side / grid.y().side());
    double scale = grid.count() == 1 ? 1 : Math.min(1, Math.sqrt(MOST / pixels));
    this.x = Axis.of(grid.x(), side, scale);
    this.y = Axis.of(grid.y(), side, scale);
    this.joined = new float[x.size * y.size];
  }

  /** Adds a tile's map, {@code [S, S]}; each once. */
  void add(int tile, ScoreMap map) {
    int column = tile % x.grid.count();
    int row = tile / x.grid.count();
    float[] values = map.raw();
    int side = map.width();
    int first = x.first(column);
    int count = x.end(column) - first;
    int[] left = new int[count];
    float[] part = new float[count];
    float[] weight = new float[count];
    for (int i = 0; i < count; i++) {
      double at = x.place(column, first + i);
      left[i] = (int) at;
      part[i] = (float) (at - left[i]);
      weight[i] = (float) (x.weight(column, first + i) / x.sums[first + i]);
    }
    for (int i = y.first(row); i < y.end(row); i++) {
      double at = y.place(row, i);
      int top = ((int) at) * side;
      int bottom = Math.min(((int) at) + 1, side - 1) * side;
      float down = (float) (at - (int) at);
      float here = (float) (y.weight(row, i) / y.sums[i]);
      for (int k = 0; k < count; k++) {
        int right = Math.min(left[k] + 1, side - 1);
        float above = values[top + left[k]] * (1 - part[k]) + values[top + right] * part[k];
        float below = values[bottom + left[k]] * (1 - part[k]) + values[bottom + right] * part[k];
        joined[i * x.size + first + k] += here * weight[k] * (above * (1 - down) + below * down);
      }
    }
  }

  /** The joined map, 0 where a region ignores the picture; nothing may be added afterwards. */
  ScoreMap map(Optional<Region> region) {
    if (region.isPresent()) {
      boolean[] counted = region.get().counted(y.size, x.size);
      for (int i = 0; i < counted.length; i++) {
        joined[i] = counted[i] ? joined[i] : 0;
      }
    }
    return ScoreMap.owned(y.size, x.size, joined);
  }
}
