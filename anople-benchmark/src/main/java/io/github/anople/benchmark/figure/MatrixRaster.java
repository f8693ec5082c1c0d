package io.github.anople.benchmark.figure;

import java.awt.image.BufferedImage;

/**
 * A matrix as a chequered tile: white is 0, dark blue the largest value of its scale, and lightness
 * falls evenly between.
 *
 * @param largest what is darkest, above 0
 */
record MatrixRaster(float largest) {

  /** About the side of a tile; a cell has at least one pixel. */
  private static final int SIDE = 240;

  private static final int[] DARK = {0x08, 0x30, 0x6B};
  private static final int WHITE = 0xFF;

  /** Cells of whole pixels, rows from the top. */
  Raster of(float[][] matrix) {
    int count = matrix.length;
    int cell = Math.max(1, SIDE / count);
    BufferedImage image = new BufferedImage(count * cell, count * cell, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        image.setRGB(x, y, colour(matrix[y / cell][x / cell]));
      }
    }
    return Raster.of(image);
  }

  private int colour(float value) {
    float part = Math.max(0, Math.min(value / largest, 1));
    int rgb = 0;
    for (int dark : DARK) {
      rgb = rgb << 8 | Math.round(WHITE + (dark - WHITE) * part);
    }
    return rgb;
  }
}
