package io.github.anople.inspect.report;

import io.github.anople.core.detect.ScoreMap;

/**
 * Bilinear interpolation of a map to a picture's size, a row at a time, with pixels' centres
 * aligned (align_corners = false) and the edge repeated outwards.
 */
final class Upsampler {

  private final int side;
  private final int height;
  private final float[] values;
  private final float[] row;
  private final int[] left;
  private final float[] part;

  Upsampler(ScoreMap map, int width, int height) {
    this.side = map.side();
    this.height = height;
    this.values = map.toArray();
    this.row = new float[side];
    this.left = new int[width];
    this.part = new float[width];
    for (int x = 0; x < width; x++) {
      float at = source(x, width);
      left[x] = (int) at;
      part[x] = at - left[x];
    }
  }

  /** Fills one row of the picture's width. */
  void row(int y, float[] out) {
    float at = source(y, height);
    int top = (int) at;
    int bottom = Math.min(top + 1, side - 1);
    float down = at - top;
    for (int x = 0; x < side; x++) {
      row[x] = values[top * side + x] * (1 - down) + values[bottom * side + x] * down;
    }
    for (int x = 0; x < out.length; x++) {
      int right = Math.min(left[x] + 1, side - 1);
      out[x] = row[left[x]] * (1 - part[x]) + row[right] * part[x];
    }
  }

  private float source(int index, int size) {
    float at = (float) ((index + 0.5) * side / size - 0.5);
    return Math.max(0, Math.min(at, side - 1));
  }
}
