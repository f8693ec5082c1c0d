package io.github.anople.benchmark.descriptor;

/**
 * From a value a patch to one a pixel of a square map: bilinear between the patches' centres, level
 * beyond the outermost, then a Gaussian blur (σ = 4 pixels, cut off at 4σ, mirrored borders) as
 * every method's reported map has.
 */
final class PatchMap {

  private static final double SIGMA = 4;
  private static final int RADIUS = 16;

  private final int side;
  private final double[] kernel = new double[2 * RADIUS + 1];

  PatchMap(int side) {
    this.side = side;
    double sum = 0;
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = Math.exp(-(i - RADIUS) * (i - RADIUS) / (2 * SIGMA * SIGMA));
      sum += kernel[i];
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] /= sum;
    }
  }

  /** The map, {@code [side, side]}, of overlapping patches' values, {@code [rows, columns]}. */
  float[] of(float[] values, int rows, int columns) {
    // Along a picture's side of (patches + 1) strides, centre i is at i + 1 strides.
    float[] map = new float[side * side];
    for (int y = 0; y < side; y++) {
      double down = place(y, rows);
      int top = (int) down;
      int bottom = Math.min(top + 1, rows - 1);
      for (int x = 0; x < side; x++) {
        double right = place(x, columns);
        int left = (int) right;
        int next = Math.min(left + 1, columns - 1);
        double above =
            mix(values[top * columns + left], values[top * columns + next], right - left);
        double below =
            mix(values[bottom * columns + left], values[bottom * columns + next], right - left);
        map[y * side + x] = (float) mix(above, below, down - top);
      }
    }
    return transposedBlur(transposedBlur(map));
  }

  private double place(int pixel, int patches) {
    double strides = (pixel + 0.5) / side * (patches + 1);
    return Math.max(0, Math.min(strides - 1, patches - 1));
  }

  private static double mix(double first, double second, double part) {
    return first * (1 - part) + second * part;
  }

  /** Blurs the rows and writes them as columns: done twice, both directions are blurred. */
  private float[] transposedBlur(float[] map) {
    float[] out = new float[map.length];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double sum = 0;
        for (int i = -RADIUS; i <= RADIUS; i++) {
          sum += kernel[i + RADIUS] * map[y * side + mirrored(x + i)];
        }
        out[x * side + y] = (float) sum;
      }
    }
    return out;
  }

  private int mirrored(int index) {
    int folded = Math.floorMod(index, 2 * side);
    return folded < side ? folded : 2 * side - 1 - folded;
  }
}
