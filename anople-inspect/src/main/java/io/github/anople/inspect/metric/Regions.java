package io.github.anople.inspect.metric;

/**
 * The 8-connected regions of a mask: marked pixels that touch at a side or a corner.
 *
 * @param count how many there are
 * @param sizeAt for each pixel the size of its region in pixels, 0 where it is not marked
 */
record Regions(int count, int[] sizeAt) {

  private static final int QUEUED = -1;

  /** The regions of a mask [height, width], row-major, marked where it is not zero. */
  static Regions of(byte[] mask, int width) {
    int[] sizeAt = new int[mask.length];
    int[] queue = new int[mask.length];
    int count = 0;
    for (int seed = 0; seed < mask.length; seed++) {
      if (mask[seed] == 0 || sizeAt[seed] != 0) {
        continue;
      }
      int size = fill(mask, width, seed, sizeAt, queue);
      for (int i = 0; i < size; i++) {
        sizeAt[queue[i]] = size;
      }
      count++;
    }
    return new Regions(count, sizeAt);
  }

  /** Queues the seed's region, breadth first, and returns its size. */
  private static int fill(byte[] mask, int width, int seed, int[] sizeAt, int[] queue) {
    int height = mask.length / width;
    int size = 0;
    queue[size++] = seed;
    sizeAt[seed] = QUEUED;
    for (int done = 0; done < size; done++) {
      int row = queue[done] / width;
      int column = queue[done] % width;
      for (int y = Math.max(0, row - 1); y <= Math.min(height - 1, row + 1); y++) {
        for (int x = Math.max(0, column - 1); x <= Math.min(width - 1, column + 1); x++) {
          int at = y * width + x;
          if (mask[at] != 0 && sizeAt[at] == 0) {
            sizeAt[at] = QUEUED;
            queue[size++] = at;
          }
        }
      }
    }
    return size;
  }
}
