package io.github.anople.inspect.report;

import io.github.anople.core.detect.ScoreMap;

/**
 * Bilinear interpolation of a map to a picture's size, a row at a time, with pixels' centres
 * aligned (align_corners = false) and the edge repeated outwards.
 */
final class Upsampler {

  private final int rows;
  private final int columns;
  private final int height;
  private final float[] values;
  private final float[] row;
  private final int[] left;
  private final float[] part;

  Upsampler(ScoreMap map, int width, int height) {
    this.rows = map.height();
    this.columns = map.width();
    this.height = height;
    this.values = map.toArray();
    this.row = new float[columns];
    this.left = new int[width];
    this.part = new float[width];
    for (int x = 0; x < width; x++) {
      float at = source(x, columns, width);
      left[x] = (int) at;
      part[x] = at - left[x];
    }
  }

  /** Fills one row of the picture's width. */
  void row(int y, float[] out) {
    float at = source(y, rows, height);
    int top = (int) at;
    int bottom = Math.min(top + 1, rows - 1);
    float down = at - top;
    for (int x = 0; x < columns; x++) {
      row[x] = values[top * columns + x] * (1 - down) + values[bottom * columns + x] * down;
    }
    for (int x = 0; x < out.length; x++) {
      int right = Math.min(left[x] + 1, columns - 1);
      out[x] = row[left[x]] * (1 - part[x]) + row[right] * part[x];
    }
  }

  private static float source(int index, int from, int to) {
    float at = (float) ((index + 0.5) * from / to - 0.5);
    return Math.max(0, Math.min(at, from - 1));
  }
}
