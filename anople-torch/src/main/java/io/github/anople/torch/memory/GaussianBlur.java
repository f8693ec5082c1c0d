package io.github.anople.torch.memory;

import io.github.anople.torch.engine.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The blur of the reported map: σ = 4 pixels, cut off at 4σ, mirrored at the borders (as in WinCLIP
 * and PromptAD).
 *
 * <p>Written as K · M · Kᵀ with a matrix K of weights: two products of small matrices, borders
 * included.
 */
public final class GaussianBlur {

  private static final double SIGMA = 4;

  /** In σ, as SciPy has it. */
  private static final double TRUNCATE = 4;

  private GaussianBlur() {}

  /**
   * The matrix K.
   *
   * @param side S
   * @return {@code [S, S]} on the processor, row i holds what each pixel gives to pixel i
   */
  public static Tensor matrix(int side) {
    return matrix(side, SIGMA);
  }

  /**
   * The matrix K of another blur.
   *
   * @param side S
   * @param sigma σ in pixels, above 0
   * @return as {@link #matrix(int)}
   */
  public static Tensor matrix(int side, double sigma) {
    int radius = (int) (TRUNCATE * sigma + 0.5);
    double[] kernel = new double[2 * radius + 1];
    double sum = 0;
    for (int i = -radius; i <= radius; i++) {
      kernel[i + radius] = Math.exp(-i * i / (2 * sigma * sigma));
      sum += kernel[i + radius];
    }
    double[] weights = new double[side * side];
    for (int row = 0; row < side; row++) {
      for (int i = -radius; i <= radius; i++) {
        weights[row * side + mirrored(row + i, side)] += kernel[i + radius] / sum;
      }
    }
    float[] rounded = new float[weights.length];
    for (int i = 0; i < rounded.length; i++) {
      rounded[i] = (float) weights[i];
    }
    return Tensors.of(rounded, side, side);
  }

  /**
   * Blurs maps.
   *
   * @param maps {@code [images, S, S]}
   * @param matrix of {@link #matrix}
   * @return the same shape
   */
  public static Tensor apply(Tensor maps, Tensor matrix) {
    return torch.matmul(torch.matmul(matrix, maps), matrix.t());
  }

  /**
   * Reflection about the edge of the outermost pixel (d c b a | a b c d | d c b a), however small
   * the side.
   */
  private static int mirrored(int index, int side) {
    int folded = Math.floorMod(index, 2 * side);
    return folded < side ? folded : 2 * side - 1 - folded;
  }
}
