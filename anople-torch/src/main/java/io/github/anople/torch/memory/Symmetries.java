package io.github.anople.torch.memory;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The eight symmetries of a square: a part that lies on the belt in any way is good in each of
 * them. They move pixels and compute none.
 *
 * <p>0 to 3: turned counter-clockwise by 0, 90, 180, 270 degrees; 4 to 7: mirrored left-right
 * first, and then turned so.
 */
public final class Symmetries {

  /** How many there are. */
  public static final int COUNT = 8;

  private static final int TURNS = 4;

  private Symmetries() {}

  /**
   * Images in one of the symmetries.
   *
   * @param images {@code [..., H, W]}, for example {@code [images, 3, H, W]}
   * @param symmetry 0 to 7
   * @return {@code [..., H, W]}, or {@code [..., W, H]} after an odd number of turns; contiguous
   * @throws IllegalArgumentException if there is no such symmetry
   */
  public static Tensor of(Tensor images, int symmetry) {
    if (symmetry < 0 || symmetry >= COUNT) {
      throw new IllegalArgumentException("symmetry " + symmetry + " is not one of 0 to 7");
    }
    Tensor faced = symmetry < TURNS ? images : images.flip(-1);
    return torch.rot90(faced, symmetry % TURNS, new long[] {-2, -1}).contiguous();
  }
}
