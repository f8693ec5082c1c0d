package io.github.anople.core.region;

/**
 * A part of pictures of any size, as polygons or as a mask. A pixel belongs to it if its centre
 * does.
 */
public sealed interface Area permits PolygonArea, MaskArea {

  /**
   * A row of pixels, in coordinates from 0 (left, top) to 1 (right, bottom) of the whole picture.
   *
   * @param y of the pixels' centres
   * @param left where the first pixel begins
   * @param right where the last one ends
   */
  record Row(double y, double left, double right) {

    /** The centre of a pixel of so many. */
    double x(int pixel, int count) {
      return left + (pixel + 0.5) / count * (right - left);
    }

    /** The first of the pixels whose centre is at a place or right of it; their count if none. */
    int firstFrom(double x, int count) {
      double wanted = Math.ceil((x - left) / (right - left) * count - 0.5);
      int pixel = (int) Math.max(0, Math.min(wanted, count));
      // Rounding may be one pixel off, and a centre that lies on a border is to be decided alike.
      while (pixel > 0 && x(pixel - 1, count) >= x) {
        pixel--;
      }
      while (pixel < count && x(pixel, count) < x) {
        pixel++;
      }
      return pixel;
    }
  }

  /**
   * Marks the pixels of a row that belong to it, and leaves the others as they are.
   *
   * @param row where the pixels lie
   * @param inside is set to true where they belong; as long as the row
   */
  void mark(Row row, boolean[] inside);
}
