package io.github.anople.inspect.report;

/**
 * A mask in another size. A pixel is marked where any pixel below it is, so that a thin scratch
 * stays in sight.
 */
final class SmallMask {

  private final int width;
  private final int height;
  private final boolean[] marked;

  private SmallMask(int width, int height) {
    this.width = width;
    this.height = height;
    this.marked = new boolean[width * height];
  }

  /**
   * A mask in another size.
   *
   * @param mask {@code [mask.length / columns, columns]} row-major, not zero where marked
   */
  static SmallMask of(byte[] mask, int columns, int width, int height) {
    SmallMask small = new SmallMask(width, height);
    int rows = mask.length / columns;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        small.marked[y * width + x] =
            anyOf(mask, columns, start(y, rows, height), end(y, rows, height), x, width);
      }
    }
    return small;
  }

  private static boolean anyOf(byte[] mask, int columns, int top, int bottom, int x, int width) {
    for (int row = top; row < bottom; row++) {
      for (int column = start(x, columns, width); column < end(x, columns, width); column++) {
        if (mask[row * columns + column] != 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static int start(int i, int from, int to) {
    return (int) ((long) i * from / to);
  }

  /** At least one pixel after the start, where the mask is enlarged. */
  private static int end(int i, int from, int to) {
    return Math.max(start(i, from, to) + 1, start(i + 1, from, to));
  }

  boolean at(int x, int y) {
    return marked[y * width + x];
  }

  /** Whether one of the four neighbours differs. */
  boolean isEdge(int x, int y) {
    boolean here = at(x, y);
    return (x > 0 && at(x - 1, y) != here)
        || (x < width - 1 && at(x + 1, y) != here)
        || (y > 0 && at(x, y - 1) != here)
        || (y < height - 1 && at(x, y + 1) != here);
  }
}
