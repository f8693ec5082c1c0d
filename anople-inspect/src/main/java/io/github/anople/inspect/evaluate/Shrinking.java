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
  private final int side;

  private final byte[] shrunk;

  /** Which small pixels the present region has, by its number; by nearest neighbour, and by any. */
  private final int[] near;

  private final int[] any;
  private int number;

  private Shrinking(byte[] marks, int width, int height, int side) {
    this.marks = marks;
    this.width = width;
    this.height = height;
    this.side = side;
    this.shrunk = Resampler.nearest(marks, height, width, side, side);
    this.near = new int[side * side];
    this.any = new int[side * side];
  }

  /**
   * A mask of another size.
   *
   * @param marks {@code [height, width]}, not zero where defective
   * @return {@code [side, side]}
   */
  static byte[] to(int side, byte[] marks, int width, int height) {
    if (width <= side && height <= side) {
      return Resampler.nearest(marks, height, width, side, side);
    }
    return new Shrinking(marks, width, height, side).run();
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
      int bottom = Math.min(side - 1, Math.max(last(y, height), first(y, height) + 1));
      int right = Math.min(side - 1, Math.max(last(x, width), first(x, width) + 1));
      for (int row = first(y, height); row <= bottom; row++) {
        for (int column = first(x, width); column <= right; column++) {
          int at = row * side + column;
          if (row <= last(y, height) && column <= last(x, width)) {
            any[at] = number;
            whole.take(row, column);
          }
          if (nearest(row, height) == y && nearest(column, width) == x) {
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
          if (any[row * side + column] == number) {
            shrunk[row * side + column] = 1;
          }
        }
      }
    }
  }

  /** The first and last small row that a row stands in; several only where rows are repeated. */
  private int first(int at, int length) {
    return (int) ((long) at * side / length);
  }

  private int last(int at, int length) {
    int first = first(at, length);
    return length >= side ? first : Math.max(first, (int) (((at + 1L) * side - 1) / length));
  }

  private int nearest(int at, int length) {
    return (int) ((2L * at + 1) * length / (2L * side));
  }

  /** How many of the present region's nearest pixels hang together with the seed. */
  private int pieceSize(int seed, int all) {
    int[] piece = new int[all];
    int size = 0;
    piece[size++] = seed;
    near[seed] = -number;
    for (int done = 0; done < size; done++) {
      int row = piece[done] / side;
      int column = piece[done] % side;
      for (int y = Math.max(0, row - 1); y <= Math.min(side - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(side - 1, column + 1); x++) {
          int at = y * side + x;
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
