package io.github.anople.inspect.evaluate;

import io.github.anople.core.image.Resampler;

/**
 * Brings a mask to the maps' size without losing a mark. Nearest neighbour is what others measure
 * with, but it takes one pixel in many: of a hair it leaves pieces, or nothing. So a region that it
 * leaves out, tears or shortens is drawn as training draws masks: a pixel is marked if any of those
 * that it stands for is.
 */
final class Shrinking {

  private final byte[] marks;
  private final int width;
  private final int height;
  private final int rows;
  private final int columns;

  private final byte[] shrunk;

  /** Which small pixels the present region has, by its number; by nearest neighbour, and by any. */
  private final int[] near;

  private final int[] any;
  private int number;

  private Shrinking(byte[] marks, int width, int height, int rows, int columns) {
    this.marks = marks;
    this.width = width;
    this.height = height;
    this.rows = rows;
    this.columns = columns;
    this.shrunk = Resampler.nearest(marks, height, width, rows, columns);
    this.near = new int[rows * columns];
    this.any = new int[rows * columns];
  }

  /**
   * A mask of another size.
   *
   * @param marks {@code [height, width]}, not zero where defective
   * @return {@code [rows, columns]}
   */
  static byte[] to(int rows, int columns, byte[] marks, int width, int height) {
    if (width <= columns && height <= rows) {
      return Resampler.nearest(marks, height, width, rows, columns);
    }
    return new Shrinking(marks, width, height, rows, columns).run();
  }

  private byte[] run() {
    boolean[] seen = new boolean[marks.length];
    int[] region = new int[marks.length];
    for (int seed = 0; seed < marks.length; seed++) {
      if (marks[seed] != 0 && !seen[seed]) {
        draw(region, region(seed, seen, region));
      }
    }
    return shrunk;
  }

  /** Collects a region, 8-connected; returns its size. */
  private int region(int seed, boolean[] seen, int[] region) {
    int size = 0;
    region[size++] = seed;
    seen[seed] = true;
    for (int done = 0; done < size; done++) {
      int row = region[done] / width;
      int column = region[done] % width;
      for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          int at = y * width + x;
          if (marks[at] != 0 && !seen[at]) {
            seen[at] = true;
            region[size++] = at;
          }
        }
      }
    }
    return size;
  }

  private void draw(int[] region, int size) {
    number++;
    Box nearest = new Box();
    Box whole = new Box();
    int kept = 0;
    int seed = 0;
    for (int i = 0; i < size; i++) {
      int y = region[i] / width;
      int x = region[i] % width;
      // Rounding may put the pixel that is taken of a row one row below its own.
      int bottom = Math.min(rows - 1, Math.max(last(y, height, rows), first(y, height, rows) + 1));
      int right =
          Math.min(columns - 1, Math.max(last(x, width, columns), first(x, width, columns) + 1));
      for (int row = first(y, height, rows); row <= bottom; row++) {
        for (int column = first(x, width, columns); column <= right; column++) {
          int at = row * columns + column;
          if (row <= last(y, height, rows) && column <= last(x, width, columns)) {
            any[at] = number;
            whole.take(row, column);
          }
          if (nearest(row, height, rows) == y && nearest(column, width, columns) == x) {
            kept++;
            near[at] = number;
            nearest.take(row, column);
            seed = at;
          }
        }
      }
    }
    if (kept == 0 || nearest.lacks(whole) || pieceSize(seed, kept) < kept) {
      for (int row = whole.top; row <= whole.bottom; row++) {
        for (int column = whole.left; column <= whole.right; column++) {
          if (any[row * columns + column] == number) {
            shrunk[row * columns + column] = 1;
          }
        }
      }
    }
  }

  /** The first and last small row that a row stands in; several only where rows are repeated. */
  private static int first(int at, int length, int small) {
    return (int) ((long) at * small / length);
  }

  private static int last(int at, int length, int small) {
    int first = first(at, length, small);
    return length >= small ? first : Math.max(first, (int) (((at + 1L) * small - 1) / length));
  }

  private static int nearest(int at, int length, int small) {
    return (int) ((2L * at + 1) * length / (2L * small));
  }

  /** How many of the present region's nearest pixels hang together with the seed. */
  private int pieceSize(int seed, int all) {
    int[] piece = new int[all];
    int size = 0;
    piece[size++] = seed;
    near[seed] = -number;
    for (int done = 0; done < size; done++) {
      int row = piece[done] / columns;
      int column = piece[done] % columns;
      for (int y = Math.max(0, row - 1); y <= Math.min(rows - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(columns - 1, column + 1); x++) {
          int at = y * columns + x;
          if (near[at] == number) {
            near[at] = -number;
            piece[size++] = at;
          }
        }
      }
    }
    return size;
  }

  /** The small pixels that a region spans. */
  private static final class Box {
    private int top = Integer.MAX_VALUE;
    private int left = Integer.MAX_VALUE;
    private int bottom = -1;
    private int right = -1;

    void take(int row, int column) {
      top = Math.min(top, row);
      left = Math.min(left, column);
      bottom = Math.max(bottom, row);
      right = Math.max(right, column);
    }

    /** Whether this one ends more than a pixel before the other: rounding alone may make one. */
    boolean lacks(Box whole) {
      return top - whole.top > 1
          || left - whole.left > 1
          || whole.bottom - bottom > 1
          || whole.right - right > 1;
    }
  }
}
