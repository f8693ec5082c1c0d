package io.github.anople.torch.model;

import io.github.anople.core.region.FilledRegion;
import io.github.anople.core.tensorfile.FloatTensor;
import java.util.List;

/**
 * A detector's region as constants: what {@link Counted} and {@link CountedGrid} say of it.
 *
 * @param region the region, and its colour
 * @param pixels W, {@code [1, S, S]}, 1 where a pixel counts, else 0
 * @param patches of the backbone's patches
 * @param fine of the decoder's places
 * @param shares of the decoder's enlargement of patches, {@code [copies, 4G, 4G]}
 * @param encoders of each further encoder's patches, in their order
 * @param blurShare W / (K W Kᵀ), {@code [1, S, S]}
 */
public record FrozenRegion(
    FilledRegion region,
    FloatTensor pixels,
    Grid patches,
    Grid fine,
    FloatTensor shares,
    List<Grid> encoders,
    FloatTensor blurShare) {

  /**
   * A grid in every place where it is laid over a picture.
   *
   * @param cells {@code [copies, grid, grid]}, 1 where a cell has a pixel that counts, else 0
   * @param moved which pixels of each copy count, {@code [copies, S, S]}, 1 or 0
   * @param shares 1 / enlarge(cells) on the pixels that count, else 0, of the same shape
   * @param ofMean by what the mean over all copies is multiplied, since some of them do not tell of
   *     a pixel, {@code [1, S, S]}; 0 where ignored
   */
  public record Grid(
      FloatTensor cells, FloatTensor moved, FloatTensor shares, FloatTensor ofMean) {}

  /**
   * How many pixels count.
   *
   * @return the sum of W
   */
  public long counted() {
    long counted = 0;
    for (float pixel : pixels.values()) {
      counted += pixel != 0 ? 1 : 0;
    }
    return counted;
  }
}
