package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.require;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.anople.core.detect.Tiling;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether pictures are looked at in tiles. Not of the paper.
 *
 * @param columns of a grid of tiles; 1 for none
 * @param rows of the grid; 1 for none
 * @param size width and height of a tile in pixels of the picture, of which larger pictures have
 *     more; 0 for none, or for a grid
 * @param overlap the least part of a tile that it shares with its neighbour
 * @param memory what a tile is compared with
 */
public record TileSettings(int columns, int rows, int size, double overlap, Memory memory) {

  /** No tiles: a picture is looked at as a whole. */
  public static final TileSettings NONE = new TileSettings(1, 1, 0, 0.1, Memory.SHARED);

  /** What a tile is compared with. */
  public enum Memory {
    /** With all tiles of all shots: for goods that look alike everywhere, and parts that move. */
    SHARED,
    /** With the tiles of the shots at the same place of the grid: for parts in a fixture. */
    PLACE;

    /**
     * The name in settings and files.
     *
     * @return lower case
     */
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Whether there are tiles.
   *
   * @return false where a picture is looked at as a whole
   */
  public boolean enabled() {
    return size != 0 || columns != 1 || rows != 1;
  }

  /**
   * How pictures are cut.
   *
   * @return empty without tiles
   */
  public Optional<Tiling> tiling() {
    return enabled()
        ? Optional.of(new Tiling(columns, rows, size, overlap, memory == Memory.PLACE))
        : Optional.empty();
  }

  /**
   * The places that a memory tells apart.
   *
   * @return 1 without tiles, and where all of them share a memory
   */
  public int places() {
    return tiling().map(Tiling::places).orElse(1);
  }

  void check() {
    String most = "use 1 to " + Tiling.MOST_PER_AXIS;
    require(columns >= 1 && columns <= Tiling.MOST_PER_AXIS, "tiles.columns", columns, most);
    require(rows >= 1 && rows <= Tiling.MOST_PER_AXIS, "tiles.rows", rows, most);
    require(
        size == 0 || (size >= Tiling.SMALLEST && size <= Tiling.LARGEST),
        "tiles.size",
        size,
        "use %d to %d pixels, or 0 for a grid".formatted(Tiling.SMALLEST, Tiling.LARGEST));
    require(
        size == 0 || (columns == 1 && rows == 1),
        "tiles.size",
        size + " beside a grid of " + columns + " x " + rows,
        "give the one or the other");
    require(
        overlap >= 0 && overlap <= Tiling.MOST_OVERLAP,
        "tiles.overlap",
        overlap,
        "use 0 to " + Tiling.MOST_OVERLAP + ", such as 0.1");
    require(
        memory == Memory.SHARED || columns * rows > 1,
        "tiles.memory",
        memory.id() + (size == 0 ? " without tiles" : " with tiles of " + size + " pixels"),
        "use shared, or a grid, in which every picture has the same places");
  }
}
