package io.github.anople.torch.train;

import io.github.anople.core.detect.InputSizes;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.TileCut;
import io.github.anople.core.detect.TileGrid;
import io.github.anople.core.detect.Tiling;
import io.github.anople.core.image.RgbImage;

/**
 * A shot's tiles. They are cut when somebody looks at them: all of them, at the sizes that training
 * wants, take more than the picture.
 *
 * @param picture the shot
 * @param grid where its tiles are
 * @param byPlace whether the memory tells their places apart
 * @param sizes at which detection looks at a tile
 */
public record ShotTiles(RgbImage picture, TileGrid grid, boolean byPlace, InputSizes sizes) {

  static ShotTiles of(RgbImage picture, Tiling tiling, InputSizes sizes) {
    return new ShotTiles(
        picture, tiling.of(picture.width(), picture.height()), tiling.byPlace(), sizes);
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
    return sizes.prepare(cut(tile));
  }

  /** A tile at 2S×2S, what views are cut from. */
  RgbImage doubled(int tile) {
    return Shot.doubled(cut(tile), sizes.side());
  }

  /**
   * A tile as altered views of it are made.
   *
   * @param tile which
   * @return of twice the side of the largest square that detection looks at
   */
  public RgbImage fine(int tile) {
    return Shot.doubled(cut(tile), sizes.largest());
  }

  private RgbImage cut(int tile) {
    return TileCut.cut(picture, grid, tile);
  }
}
