package io.github.anople.benchmark.descriptor;

import io.github.anople.core.image.RgbImage;

/**
 * Fifty plain numbers for each patch of a picture, on a grid from the top left corner.
 *
 * <p>In order: mean of L*, a*, b* and standard deviation of L*, a*, b* (6 numbers); histograms of
 * gradient directions, 2 × 2 cells of 8 bins (32); mean energies of 12 Gabor filters (12). They are
 * as measured: scales differ, so standardise before comparing.
 *
 * @param rows patches in a column
 * @param columns patches in a row
 * @param values a patch's numbers, {@code [rows · columns][50]}, row-major; not copied
 */
record PatchDescriptors(int rows, int columns, float[][] values) {

  /** Side of a patch, in pixels. */
  static final int PATCH = 16;

  /** Numbers of a patch. */
  static final int NUMBERS = 50;

  private static final int COLOURS = 6;

  /**
   * How many numbers each group has, in their order: colour, gradients, texture.
   *
   * @return {6, 32, 12}
   */
  static int[] groups() {
    return new int[] {COLOURS, Gradients.NUMBERS, GaborBank.FILTERS};
  }

  /**
   * Describes a picture as it is, without scaling.
   *
   * @param image at least 16 × 16 pixels
   * @param stride distance of neighbouring patches in pixels, at least 1; 16 tiles the picture,
   *     less overlaps. Pixels to the right and below the last whole patch are left out
   * @return (⌊(height − 16) / stride⌋ + 1) × (⌊(width − 16) / stride⌋ + 1) patches
   * @throws IllegalArgumentException if the picture or the stride is too small
   */
  static PatchDescriptors of(RgbImage image, int stride) {
    if (image.width() < PATCH || image.height() < PATCH || stride < 1) {
      throw new IllegalArgumentException(
          "no patches of %d pixels, %d apart, in %s".formatted(PATCH, stride, image));
    }
    LabPlanes lab = LabPlanes.of(image);
    Gradients gradients = Gradients.of(lab.lightness(), lab.width(), lab.height());
    GaborBank.Energy[] energies = GaborBank.energies(lab.lightness(), lab.width(), lab.height());
    int rows = (image.height() - PATCH) / stride + 1;
    int columns = (image.width() - PATCH) / stride + 1;
    float[][] values = new float[rows * columns][NUMBERS];
    for (int i = 0; i < values.length; i++) {
      int x = i % columns * stride;
      int y = i / columns * stride;
      colours(lab, x, y, values[i]);
      gradients.describe(x, y, PATCH, values[i], COLOURS);
      for (int filter = 0; filter < energies.length; filter++) {
        values[i][COLOURS + Gradients.NUMBERS + filter] = energies[filter].mean(x, y, PATCH);
      }
    }
    return new PatchDescriptors(rows, columns, values);
  }

  private static void colours(LabPlanes lab, int left, int top, float[] out) {
    float[][] planes = {lab.lightness(), lab.greenRed(), lab.blueYellow()};
    for (int plane = 0; plane < planes.length; plane++) {
      double sum = 0;
      double squares = 0;
      for (int y = top; y < top + PATCH; y++) {
        for (int x = left; x < left + PATCH; x++) {
          double value = planes[plane][y * lab.width() + x];
          sum += value;
          squares += value * value;
        }
      }
      double mean = sum / (PATCH * PATCH);
      double variance = Math.max(0, squares / (PATCH * PATCH) - mean * mean);
      out[plane] = (float) mean;
      out[planes.length + plane] = (float) Math.sqrt(variance);
    }
  }
}
