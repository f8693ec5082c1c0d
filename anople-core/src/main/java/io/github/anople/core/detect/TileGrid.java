package io.github.anople.core.detect;

import io.github.anople.core.InputException;
import io.github.anople.core.image.Overpainting;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Area;
import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.region.Region;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The tiles of one picture: all of one size, row by row, from edge to edge, and evenly spread, so
 * that neighbours along an axis share the same number of pixels, to one. Nothing is padded: a
 * picture that is smaller than a tile along an axis has one tile there, of its own length.
 *
 * @param x where along the width tiles are
 * @param y where along the height tiles are
 */
public record TileGrid(Axis x, Axis y) {

  /**
   * Tiles along one axis. Tile i begins at ⌊i · (length − side) / (count − 1)⌋.
   *
   * @param length of the picture, pixels
   * @param count how many tiles there are
   * @param side of a tile, pixels
   */
  public record Axis(int length, int count, int side) {

    /**
     * An axis.
     *
     * @throws IllegalArgumentException if the tiles would not cover it, or not lie in it
     */
    public Axis {
      boolean covers = (long) count * side >= length;
      if (length < 1 || count < 1 || side < 1 || side > length || !covers) {
        throw new IllegalArgumentException(count + " tiles of " + side + " in " + length);
      }
    }

    static Axis ofCount(int length, int count, double overlap) {
      // Each after the first adds what it does not share: length = side · (1 + (n − 1)(1 − o)).
      double parts = 1 + (count - 1) * (1 - overlap);
      int side = (int) Math.min(length, Math.ceil(length / parts - 1e-9));
      return new Axis(length, count, side);
    }

    static Axis ofSide(int length, int size, double overlap) {
      if (length <= size) {
        return new Axis(length, 1, length);
      }
      double shared = overlap * size;
      return new Axis(length, (int) Math.ceil((length - shared) / (size - shared) - 1e-9), size);
    }

    /**
     * Where a tile begins.
     *
     * @param tile 0 to count − 1
     * @return pixels from the picture's edge
     */
    public int start(int tile) {
      return count == 1 ? 0 : (int) ((long) tile * (length - side) / (count - 1));
    }

    /**
     * The fewest pixels that two neighbours share.
     *
     * @return at least 0
     */
    public int shared() {
      return count == 1
          ? 0
          : IntStream.range(1, count).map(i -> start(i - 1) + side - start(i)).min().orElse(0);
    }
  }

  /** As many tiles whatever the picture's size. */
  static TileGrid ofCounts(int width, int height, int columns, int rows, double overlap) {
    return new TileGrid(Axis.ofCount(width, columns, overlap), Axis.ofCount(height, rows, overlap));
  }

  /** As many tiles of a size as there must be. */
  static TileGrid ofSize(int width, int height, int size, double overlap) {
    return new TileGrid(Axis.ofSide(width, size, overlap), Axis.ofSide(height, size, overlap));
  }

  /**
   * The picture as one tile.
   *
   * @param width pixels
   * @param height pixels
   * @return a grid of one
   */
  public static TileGrid whole(int width, int height) {
    return new TileGrid(new Axis(width, 1, width), new Axis(height, 1, height));
  }

  /**
   * A tile's pixels.
   *
   * @param left first column
   * @param top first row
   * @param width columns
   * @param height rows
   */
  public record Tile(int left, int top, int width, int height) {}

  /**
   * The tiles of which something counts.
   *
   * @param region which part of pictures counts; empty for all
   * @return their numbers in order
   * @throws InputException if nothing counts in any of them
   */
  public List<Integer> counted(Optional<Region> region) {
    List<Integer> counted = new ArrayList<>();
    for (int i = 0; i < count(); i++) {
      if (region.isEmpty() || counts(region.get(), tile(i))) {
        counted.add(i);
      }
    }
    if (counted.isEmpty()) {
      throw new InputException(
          "the region",
          "leaves nothing to look at in a picture of %d x %d pixels"
              .formatted(x.length(), y.length()),
          "ignore less, or look at more");
    }
    return counted;
  }

  private boolean counts(Region region, Tile tile) {
    boolean[] row = new boolean[tile.width()];
    for (int line = tile.top(); line < tile.top() + tile.height(); line++) {
      region.row(row(tile, (line + 0.5) / y.length()), row);
      for (boolean one : row) {
        if (one) {
          return true;
        }
      }
    }
    return false;
  }

  /** A line of a tile, in the whole picture's coordinates. */
  private Area.Row row(Tile tile, double at) {
    double left = (double) tile.left() / x.length();
    return new Area.Row(at, left, (double) (tile.left() + tile.width()) / x.length());
  }

  /**
   * A tile in some resolution without what a region ignores.
   *
   * @param image what the tile shows
   * @param tile its number
   * @param region the region, in coordinates of the whole picture
   * @return of the image's size
   */
  public RgbImage filled(RgbImage image, int tile, FilledRegion region) {
    Tile at = tile(tile);
    List<Integer> colour = region.colour();
    return Overpainting.fill(
        image,
        (line, counted) ->
            region
                .region()
                .row(
                    row(at, (at.top() + (line + 0.5) * at.height() / image.height()) / y.length()),
                    counted),
        colour.get(0),
        colour.get(1),
        colour.get(2));
  }

  /**
   * How many tiles there are.
   *
   * @return at least 1
   */
  public int count() {
    return x.count() * y.count();
  }

  /**
   * One of them.
   *
   * @param index row by row, 0 to count − 1
   * @return its pixels
   */
  public Tile tile(int index) {
    return new Tile(x.start(index % x.count()), y.start(index / x.count()), x.side(), y.side());
  }
}
