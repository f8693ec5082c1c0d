package io.github.anople.benchmark.descriptor;

/**
 * Histograms of oriented gradients (Dalal and Triggs 2005) of a plane: eight bins of the direction
 * without sign, in 2 × 2 cells of a patch, the 32 numbers of unit length together.
 *
 * @param width columns
 * @param strength length of each pixel's gradient, {@code [height, width]}
 * @param direction its direction in bins, [0, 8), the same shape
 */
record Gradients(int width, float[] strength, float[] direction) {

  static final int NUMBERS = 32;

  private static final int BINS = 8;

  /** Keeps noise on a flat patch from being blown up to unit length; L* runs to 100. */
  private static final double FLAT = 1;

  static Gradients of(float[] plane, int width, int height) {
    float[] strength = new float[plane.length];
    float[] direction = new float[plane.length];
    for (int y = 0; y < height; y++) {
      int above = Math.max(y - 1, 0) * width;
      int below = Math.min(y + 1, height - 1) * width;
      for (int x = 0; x < width; x++) {
        int row = y * width;
        double dx = plane[row + Math.min(x + 1, width - 1)] - plane[row + Math.max(x - 1, 0)];
        double dy = plane[below + x] - plane[above + x];
        strength[row + x] = (float) Math.hypot(dx, dy);
        double turns = Math.atan2(dy, dx) / Math.PI;
        direction[row + x] = (float) ((turns - Math.floor(turns)) * BINS) % BINS;
      }
    }
    return new Gradients(width, strength, direction);
  }

  /** Writes a patch's 32 numbers. */
  void describe(int left, int top, int side, float[] out, int at) {
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int pixel = (top + y) * width + left + x;
        int cell = (2 * y / side * 2 + 2 * x / side) * BINS;
        int bin = (int) direction[pixel];
        float part = direction[pixel] - bin;
        // A direction between two bins counts for both.
        out[at + cell + bin] += strength[pixel] * (1 - part);
        out[at + cell + (bin + 1) % BINS] += strength[pixel] * part;
      }
    }
    double squares = 0;
    for (int i = at; i < at + NUMBERS; i++) {
      squares += out[i] * out[i];
    }
    double length = Math.sqrt(squares) + FLAT * side * side / 4;
    for (int i = at; i < at + NUMBERS; i++) {
      out[i] /= (float) length;
    }
  }
}
