package io.github.anople.torch.view;

import io.github.anople.core.image.Resampler;

/**
 * The views of a picture of 2S×2S: its four quadrants of S×S, row by row, then the whole shrunk to
 * S×S; or the whole alone where sub-images are off.
 *
 * @param side S
 * @param subImages whether the quadrants are there
 */
public record MultiScaleViews(int side, boolean subImages) {

  private static final int QUADRANTS = 4;
  private static final int CHANNELS = 3;

  /**
   * The number of views.
   *
   * @return N + 1
   */
  public int count() {
    return subImages ? QUADRANTS + 1 : 1;
  }

  /**
   * The views of a picture.
   *
   * @param image planar {@code [3, 2S, 2S]} in [0, 1]
   * @return {@code [views, 3, S, S]} in [0, 1], not yet normalised; the whole is last
   */
  public float[] of(float[] image) {
    float[] views = new float[count() * CHANNELS * side * side];
    int at = 0;
    for (int quadrant = 0; subImages && quadrant < QUADRANTS; quadrant++) {
      for (int channel = 0; channel < CHANNELS; channel++) {
        for (int row = 0; row < side; row++, at += side) {
          int from = channel * 4 * side * side + quadrantStart(quadrant, row);
          System.arraycopy(image, from, views, at, side);
        }
      }
    }
    float[] whole = Resampler.resize(image, CHANNELS, 2 * side, 2 * side, side, side);
    System.arraycopy(whole, 0, views, at, whole.length);
    return views;
  }

  /**
   * The views of a mask: a pixel of the whole view is marked if any of its 2×2 is.
   *
   * @param mask {@code [2S, 2S]}, 0 or 1
   * @return {@code [views, S, S]}, 0 or 1
   */
  public byte[] ofMask(byte[] mask) {
    byte[] views = new byte[count() * side * side];
    int at = 0;
    for (int quadrant = 0; subImages && quadrant < QUADRANTS; quadrant++) {
      for (int row = 0; row < side; row++, at += side) {
        System.arraycopy(mask, quadrantStart(quadrant, row), views, at, side);
      }
    }
    for (int row = 0; row < side; row++) {
      for (int column = 0; column < side; column++, at++) {
        int corner = 4 * side * row + 2 * column;
        int below = corner + 2 * side;
        views[at] = (byte) (mask[corner] | mask[corner + 1] | mask[below] | mask[below + 1]);
      }
    }
    return views;
  }

  /** Index of a quadrant's row in a plane of 2S×2S. */
  private int quadrantStart(int quadrant, int row) {
    return (quadrant / 2 * side + row) * 2 * side + quadrant % 2 * side;
  }
}
