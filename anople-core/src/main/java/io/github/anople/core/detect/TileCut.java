package io.github.anople.core.detect;

import io.github.anople.core.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The tiles of a picture on their way to a detector: each prepared, or the picture that they are to
 * be cut from, whichever is smaller.
 *
 * @param grid where they are
 * @param places of a tile each, in a memory that tells places apart; 0 in others
 * @param parts the prepared tiles; empty where they are yet to be cut
 * @param source the picture, where they are
 */
public record TileCut(
    TileGrid grid, List<Integer> places, List<PreparedImage> parts, Optional<RgbImage> source) {

  /**
   * Tiles.
   *
   * @throws IllegalArgumentException if there are not as many as the grid has
   */
  public TileCut {
    places = List.copyOf(places);
    parts = List.copyOf(parts);
    Objects.requireNonNull(source, "source");
    if (places.size() != grid.count()
        || parts.size() != (source.isPresent() ? 0 : grid.count())) {
      throw new IllegalArgumentException(
          parts.size() + " parts in " + places.size() + " places of " + grid);
    }
  }

  /**
   * Tiles that are prepared.
   *
   * @param grid where they are
   * @param places of a tile each
   * @param parts one a tile
   */
  public TileCut(TileGrid grid, List<Integer> places, List<PreparedImage> parts) {
    this(grid, places, parts, Optional.empty());
  }

  /** Cuts a picture. */
  static TileCut of(
      RgbImage picture, Tiling tiling, Function<RgbImage, PreparedImage> prepare) {
    TileGrid grid = tiling.of(picture.width(), picture.height());
    List<Integer> places = new ArrayList<>();
    for (int tile = 0; tile < grid.count(); tile++) {
      places.add(tiling.byPlace() ? tile : 0);
    }
    PreparedImage first = prepare.apply(cut(picture, grid, 0));
    if (first.bytes() * grid.count() >= picture.bytes()) {
      return new TileCut(grid, places, List.of(), Optional.of(picture));
    }
    List<PreparedImage> parts = new ArrayList<>(List.of(first));
    for (int tile = 1; tile < grid.count(); tile++) {
      parts.add(prepare.apply(cut(picture, grid, tile)));
    }
    return new TileCut(grid, places, parts);
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

  /** One prepared tile. */
  PreparedImage part(int tile, Function<RgbImage, PreparedImage> prepare) {
    return source.isEmpty()
        ? parts.get(tile)
        : prepare.apply(cut(source.get(), grid, tile));
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
