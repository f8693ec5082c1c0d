package io.github.anople.core.detect;

import java.util.Arrays;

/**
 * The connected parts of a mask: marked pixels that touch at a side or a corner (8-connectivity, as
 * scikit-image's {@code label} counts with its usual settings). They are numbered from 1 in the
 * order of their first pixels, row by row. Immutable.
 */
public final class Components {

  private final int[] numbers;
  private final int[] sizes;

  private Components(int[] numbers, int[] sizes) {
    this.numbers = numbers;
    this.sizes = sizes;
  }

  /**
   * The parts of a mask.
   *
   * @param mask [height, width] row-major, marked where it is not zero; not changed
   * @param width columns, at least 1
   * @return its parts
   * @throws IllegalArgumentException if the pixels do not make rows of that width
   */
  public static Components of(byte[] mask, int width) {
    if (width < 1 || mask.length % width != 0) {
      throw new IllegalArgumentException(mask.length + " pixels in rows of " + width);
    }
    int[] numbers = new int[mask.length];
    int[] queue = new int[mask.length];
    int[] sizes = new int[16];
    int count = 0;
    for (int seed = 0; seed < mask.length; seed++) {
      if (mask[seed] != 0 && numbers[seed] == 0) {
        if (++count == sizes.length) {
          sizes = Arrays.copyOf(sizes, 2 * count);
        }
        sizes[count] = fill(mask, width, seed, count, numbers, queue);
      }
    }
    return new Components(numbers, Arrays.copyOf(sizes, count + 1));
  }

  /** Numbers the seed's part, breadth first, and returns its size. */
  private static int fill(
      byte[] mask, int width, int seed, int number, int[] numbers, int[] queue) {
    int height = mask.length / width;
    int size = 0;
    queue[size++] = seed;
    numbers[seed] = number;
    for (int done = 0; done < size; done++) {
      int row = queue[done] / width;
      int column = queue[done] % width;
      for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          int at = y * width + x;
          if (mask[at] != 0 && numbers[at] == 0) {
            numbers[at] = number;
            queue[size++] = at;
          }
        }
      }
    }
    return size;
  }

  /**
   * How many parts there are.
   *
   * @return 0 for a mask without marks
   */
  public int count() {
    return sizes.length - 1;
  }

  /**
   * Whose pixel it is.
   *
   * @param pixel row × width + column
   * @return the number of its part, or 0 where the mask is not marked
   */
  public int at(int pixel) {
    return numbers[pixel];
  }

  /**
   * How large a part is.
   *
   * @param number of the part, from 1
   * @return its pixels; 0 for number 0
   */
  public int size(int number) {
    return sizes[number];
  }
}
