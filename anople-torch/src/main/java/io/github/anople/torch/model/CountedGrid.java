package io.github.anople.torch.model;

import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.memory.GridShifts;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Which cells of a grid count, at each place where it is laid over images, and how a map of such
 * cells is enlarged without a word of the others: of x on the cells and w, 1 where a cell has a
 * pixel that counts, it is enlarge(x ⊙ w) / enlarge(w) on the pixels that count.
 *
 * @param cells w of each copy, {@code [1 or images, grid, grid]}
 * @param moved which pixels of each copy count, {@code [1 or images, S, S]}
 * @param shares 1 / enlarge(w) of each copy on the pixels that count, else 0, of the same shape
 * @param whole of the images: 1 / the number of copies that tell of a pixel, on those that count,
 *     else 0, of the same shape
 */
record CountedGrid(List<Tensor> cells, List<Tensor> moved, List<Tensor> shares, Tensor whole) {

  static CountedGrid of(Tensor pixels, GridShifts places, int grid) {
    long side = pixels.size(2);
    List<Tensor> cells = new ArrayList<>();
    List<Tensor> moved = new ArrayList<>();
    List<Tensor> shares = new ArrayList<>();
    Tensor told = pixels.new_zeros(pixels.size(0), side, side);
    for (Tensor copy : places.of(pixels.unsqueeze(1))) {
      Tensor here = copy.squeeze(1);
      Tensor counted = Counted.cells(here, grid);
      Tensor weight = Decoder.enlarge(counted.unsqueeze(1), side).squeeze(1);
      told.add_(places.back(here, moved.size()));
      cells.add(counted);
      moved.add(here);
      shares.add(here.div(weight.clamp_min(new Scalar(Counted.LEAST_SHARE))));
    }
    // The copy that is not moved tells of every pixel that counts.
    Tensor whole = pixels.div(told.clamp_min(new Scalar(1.0)));
    return new CountedGrid(cells, moved, shares, whole);
  }

  /**
   * A map of a copy's cells on its pixels.
   *
   * @param coarse {@code [images, channels, grid, grid]}
   * @param copy its number
   * @return {@code [images, channels, S, S]}, 0 where ignored
   */
  Tensor enlarge(Tensor coarse, int copy) {
    long side = whole.size(2);
    return Decoder.enlarge(coarse.mul(cells.get(copy).unsqueeze(1)), side)
        .mul(shares.get(copy).unsqueeze(1));
  }

  /** What the decoder needs to know of a copy's patches. */
  Decoder.Patches patches(int copy) {
    return Decoder.Patches.of(cells.get(copy).unsqueeze(1));
  }
}
