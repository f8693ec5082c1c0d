package io.github.anople.torch.train;

import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.TileCut;
import io.github.anople.core.detect.TileGrid;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.image.Overpainting;
import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.FilledRegion;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A shot's tiles. They are cut when somebody looks at them: all of them, at the sizes that training
 * wants, take more than the picture.
 *
 * @param picture the shot, which training sees whole
 * @param seen the shot without what a region ignores, as detection sees it
 * @param spread the same for altered views, which move pixels across the region's border
 * @param grid where its tiles are
 * @param counted the tiles of which something counts, mostly all
 * @param byPlace whether the memory tells their places apart
 * @param sizes at which detection looks at a tile
 */
public record ShotTiles(
    RgbImage picture,
    RgbImage seen,
    RgbImage spread,
    TileGrid grid,
    List<Integer> counted,
    boolean byPlace,
    InputSizes sizes) {

  static ShotTiles of(
      RgbImage picture, Tiling tiling, InputSizes sizes, Optional<FilledRegion> region) {
    TileGrid grid = tiling.of(picture.width(), picture.height());
    return new ShotTiles(
        picture,
        region.map(some -> some.fill(picture)).orElse(picture),
        region
            .map(some -> Overpainting.spread(picture, some.region().rows(picture.height())))
            .orElse(picture),
        grid,
        grid.counted(region.map(FilledRegion::region)),
        tiling.byPlace(),
        sizes);
  }

  /**
   * How many there are.
   *
   * @return at least 1
   */
  public int count() {
    return grid.count();
  }

  /**
   * The tiles that a memory is given: where it tells places apart each has as many rows as the
   * others.
   *
   * @return all of them, or those of which something counts
   */
  public List<Integer> remembered() {
    return byPlace ? IntStream.range(0, count()).boxed().toList() : counted;
  }

  /**
   * A tile's place in the memory.
   *
   * @param tile which
   * @return its own number, or 0 where the memory is shared
   */
  public int place(int tile) {
    return byPlace ? tile : 0;
  }

  /**
   * A tile as detection sees it.
   *
   * @param tile which
   * @return at all sizes
   */
  public PreparedImage prepared(int tile) {
    return sizes.prepare(TileCut.cut(seen, grid, tile));
  }

  /** A tile at 2S×2S, what views are cut from. */
  RgbImage doubled(int tile) {
    return Shot.doubled(TileCut.cut(picture, grid, tile), sizes.side());
  }

  /**
   * A tile as altered views of it are made.
   *
   * @param tile which
   * @return of twice the side of the largest square that detection looks at
   */
  public RgbImage fine(int tile) {
    return Shot.doubled(TileCut.cut(spread, grid, tile), sizes.largest());
  }
}
