package io.github.anople.core.detect;

import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tiles of a picture on their way to a detector: each prepared, or the picture that they are to
 * be cut from, whichever is smaller.
 *
 * @param grid where all tiles are
 * @param tiles those that are looked at, ascending: a tile of which nothing counts is not
 * @param places of each in a memory that tells places apart; 0 in others
 * @param parts the prepared tiles; empty where they are yet to be cut
 * @param source the picture, where they are
 */
public record TileCut(
    TileGrid grid,
    List<Integer> tiles,
    List<Integer> places,
    List<PreparedImage> parts,
    Optional<RgbImage> source) {

  /**
   * Tiles.
   *
   * @throws IllegalArgumentException if there are none, or not as many parts or places
   */
  public TileCut {
    tiles = List.copyOf(tiles);
    places = List.copyOf(places);
    parts = List.copyOf(parts);
    Objects.requireNonNull(source, "source");
    if (tiles.isEmpty()
        || places.size() != tiles.size()
        || parts.size() != (source.isPresent() ? 0 : tiles.size())) {
      throw new IllegalArgumentException(
          "%d parts in %d places of %d tiles".formatted(parts.size(), places.size(), tiles.size()));
    }
  }

  /**
   * Tiles that are prepared.
   *
   * @param grid where all tiles are
   * @param tiles those that are looked at
   * @param places of each
   * @param parts one a tile
   */
  public TileCut(
      TileGrid grid, List<Integer> tiles, List<Integer> places, List<PreparedImage> parts) {
    this(grid, tiles, places, parts, Optional.empty());
  }

  /** Cuts a picture, of which a region may count alone. */
  static TileCut of(
      RgbImage picture,
      Tiling tiling,
      Optional<FilledRegion> region,
      Function<RgbImage, PreparedImage> prepare) {
    TileGrid grid = tiling.of(picture.width(), picture.height());
    List<Integer> tiles = grid.counted(region.map(FilledRegion::region));
    RgbImage seen = region.map(some -> some.fill(picture)).orElse(picture);
    List<Integer> places = tiles.stream().map(tile -> tiling.byPlace() ? tile : 0).toList();
    PreparedImage first = prepare.apply(cut(seen, grid, tiles.get(0)));
    if (first.bytes() * tiles.size() >= seen.bytes()) {
      return new TileCut(grid, tiles, places, List.of(), Optional.of(seen));
    }
    List<PreparedImage> parts = new ArrayList<>(List.of(first));
    for (int tile : tiles.subList(1, tiles.size())) {
      parts.add(prepare.apply(cut(seen, grid, tile)));
    }
    return new TileCut(grid, tiles, places, parts);
  }

  /**
   * A tile's pixels.
   *
   * @param picture that has tiles
   * @param grid where they are
   * @param tile which of them
   * @return a copy of that part
   */
  public static RgbImage cut(RgbImage picture, TileGrid grid, int tile) {
    TileGrid.Tile at = grid.tile(tile);
    return picture.part(at.left(), at.top(), at.width(), at.height());
  }

  /** One prepared tile, by its place among those that are looked at. */
  PreparedImage part(int index, Function<RgbImage, PreparedImage> prepare) {
    return source.isEmpty()
        ? parts.get(index)
        : prepare.apply(cut(source.get(), grid, tiles.get(index)));
  }

  /**
   * What it holds.
   *
   * @return bytes of all tiles, or of the picture
   */
  public long bytes() {
    return parts.stream().mapToLong(PreparedImage::bytes).sum()
        + source.map(RgbImage::bytes).orElse(0L);
  }
}
