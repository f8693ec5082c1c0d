package io.github.anople.core.image;

/** A choice of pixels, told row by row: a picture may be too large for a table of its own. */
@FunctionalInterface
public interface PixelRows {

  /**
   * Tells one row.
   *
   * @param y the row, counted from the top
   * @param chosen is set in full: true for each pixel that is chosen; as long as the row
   */
  void row(int y, boolean[] chosen);
}
