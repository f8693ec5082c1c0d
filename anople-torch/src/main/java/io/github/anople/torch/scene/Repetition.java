package io.github.anople.torch.scene;

import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Whether a picture repeats itself. For each patch, d is the distance ½(1 − cos) to the nearest
 * patch of the same picture that is not near it; the statistic is ln(q + {@link #OFFSET}), where q
 * is what three tenths of the patches are below. No camera takes the same patch twice: pictures
 * that are made of copies of a piece of themselves (a stuck buffer, a test pattern, a place filled
 * with background) have a q near 0.
 */
public final class Repetition {

  /** Distances below are all alike: flat background repeats itself in good pictures, too. */
  public static final double OFFSET = 2e-4;

  /** Below any similarity: a patch that is near is not asked. */
  public static final double NEAR = -4;

  private static final int FRACTION_OF_GRID = 7;
  private static final int TENTHS = 3;
  private static final int TEN = 10;

  private Repetition() {}

  /**
   * How far from each other patches along an axis are still near: a seventh of the picture.
   *
   * @param grid places along it
   * @return places
   */
  private static int reach(int grid) {
    return grid / FRACTION_OF_GRID;
  }

  /**
   * Which places along an axis are near to each other.
   *
   * @param grid places along it
   * @return {@code [grid * grid]}, row-major: 1 where they are, else 0
   */
  public static float[] near(int grid) {
    float[] near = new float[grid * grid];
    for (int i = 0; i < near.length; i++) {
      near[i] = Math.abs(i / grid - i % grid) <= reach(grid) ? 1 : 0;
    }
    return near;
  }

  /**
   * Which of the patches in order of their distance has q.
   *
   * @param places of a picture
   * @return a number from 1 on
   */
  public static long rank(long places) {
    return TENTHS * places / TEN + 1;
  }

  /**
   * What hides patches that are near to each other.
   *
   * @param grid g
   * @return {@code [g², g²]}, added to similarities, on the processor, of the current scope
   */
  static Tensor hidden(int grid) {
    Tensor axis = Tensors.of(near(grid), grid, grid);
    return axis.view(grid, 1, grid, 1)
        .mul(axis.view(1, grid, 1, grid)) // [g, g, g, g]
        .mul(new Scalar(NEAR))
        .view((long) grid * grid, (long) grid * grid);
  }

  /**
   * The statistic.
   *
   * @param rows {@code [images, g², d]}, row-major on the grid, rows of unit length
   * @param hidden of {@link #hidden}, beside the rows
   * @return {@code [images, 1]}, of the current scope
   */
  static Tensor of(Tensor rows, Tensor hidden) {
    Tensor all = rows.new_empty(new long[] {rows.size(0), 1});
    for (long image = 0; image < rows.size(0); image++) {
      Tensor picture = rows.select(0, image);
      Tensor place = all.select(0, image);
      TensorScope.inference(() -> place.copy_(ofPicture(picture, hidden)));
    }
    return all;
  }

  /** Of one picture, whose table of similarities is let go before the next. */
  private static Tensor ofPicture(Tensor rows, Tensor hidden) {
    Tensor nearest = torch.matmul(rows, rows.t()).add(hidden).amax(new long[] {1}, false); // [g²]
    Tensor distance =
        nearest
            .kthvalue(rows.size(0) + 1 - rank(rows.size(0)), 0, true)
            .get0()
            .neg()
            .add(new Scalar(1.0))
            .mul(new Scalar(0.5));
    return distance.clamp_min(new Scalar(0.0)).add(new Scalar(OFFSET)).log();
  }
}
