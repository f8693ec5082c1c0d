package io.github.anople.torch.model;

import io.github.anople.core.region.Region;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.memory.GaussianBlur;
import io.github.anople.torch.memory.GridShifts;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Which pixels of images count: W of the method's page. What is ignored has been painted over
 * before the encoders see it; this says whose word is asked afterwards.
 *
 * @param pixels {@code [images, S, S]}, or {@code [1, S, S]} for images that are all alike: 1 where
 *     a pixel counts, else 0
 */
public record Counted(Tensor pixels) {

  /** Below the least share of an enlarged pixel that its own patch has, ¼, and above 0. */
  static final double LEAST_SHARE = 1.0 / 128;

  /**
   * The pixels that a region counts.
   *
   * @param region the region
   * @param neighbour a tensor on whose device they are made
   * @param side S
   * @return the same for all images, of the current scope
   */
  public static Counted of(Region region, Tensor neighbour, int side) {
    boolean[] counted = region.counted(side, side);
    float[] weights = new float[counted.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = counted[i] ? 1 : 0;
    }
    return new Counted(Tensors.beside(neighbour, weights, 1, side, side));
  }

  /**
   * Those that count in both.
   *
   * @param other {@code [1 or images, S, S]}
   * @return of the current scope
   */
  Counted and(Tensor other) {
    return new Counted(pixels.mul(other));
  }

  /**
   * The pixels of another size that count: those of which bilinear resizing to this size makes one
   * that does.
   *
   * @param side S'
   * @return for an encoder that looks at that size
   */
  Counted at(int side) {
    int own = Math.toIntExact(pixels.size(1));
    return side == own ? this : new Counted(any(taps(own, side), pixels));
  }

  /** {@code [S', S]}: 1 where a pixel of S' is one of those that a pixel of S is made of. */
  private float[] taps(int own, int other) {
    float[] taps = new float[other * own];
    for (int i = 0; i < own; i++) {
      double source = Math.max(0, (i + 0.5) * other / own - 0.5);
      int low = Math.min((int) source, other - 1);
      taps[low * own + i] = 1;
      if (source > low && low + 1 < other) {
        taps[(low + 1) * own + i] = 1;
      }
    }
    return taps;
  }

  /** Which cells have any pixel that counts: {@code [cells, S]} says whose pixels they are. */
  private static Tensor any(float[] whose, Tensor pixels) {
    long side = pixels.size(2);
    Tensor rows = Tensors.beside(pixels, whose, whose.length / side, side);
    Tensor counts = torch.matmul(torch.matmul(rows, pixels), rows.t());
    return counts.gt(new Scalar(0.5)).to(ScalarType.Float);
  }

  /**
   * Which cells of a grid have a pixel that counts.
   *
   * @param pixels {@code [any, S, S]}
   * @param grid cells along an axis
   * @return {@code [any, grid, grid]}, 1 or 0
   */
  static Tensor cells(Tensor pixels, int grid) {
    int side = Math.toIntExact(pixels.size(2));
    float[] whose = new float[grid * side];
    for (int pixel = 0; pixel < side; pixel++) {
      int cell = (int) ((2L * pixel + 1) * grid / (2L * side));
      whose[cell * side + pixel] = 1;
    }
    return any(whose, pixels);
  }

  /**
   * Which patches of a copy count.
   *
   * @param side S', of the encoder
   * @param places of its grid
   * @param copy its number
   * @param grid patches along an axis
   * @return {@code [grid * grid]}, 1 or 0, of the first image
   */
  public float[] cells(int side, GridShifts places, int copy, int grid) {
    Tensor moved = places.of(at(side).pixels().narrow(0, 0, 1).unsqueeze(1)).get(copy);
    return Tensors.floats(cells(moved.squeeze(1), grid));
  }

  /**
   * What it means for maps of a grid.
   *
   * @param places at which the grid is laid over the images
   * @param grid cells along an axis
   * @return of the current scope
   */
  CountedGrid grid(GridShifts places, int grid) {
    return CountedGrid.of(pixels, places, grid);
  }

  /**
   * Blurs maps without what is ignored: K (M ⊙ W) Kᵀ / (K W Kᵀ) where a pixel counts, else 0.
   *
   * @param maps M, {@code [images, S, S]}, 0 where ignored
   * @param matrix K
   * @return the same shape
   */
  Tensor blurred(Tensor maps, Tensor matrix) {
    return GaussianBlur.apply(maps, matrix).mul(blurShare(matrix));
  }

  /** W / (K W Kᵀ), {@code [1 or images, S, S]}. */
  Tensor blurShare(Tensor matrix) {
    // A pixel that counts has at least its own weight, K's diagonal squared.
    return pixels.div(GaussianBlur.apply(pixels, matrix).clamp_min(new Scalar(1e-4)));
  }
}
