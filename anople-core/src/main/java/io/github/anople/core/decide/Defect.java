package io.github.anople.core.decide;

import java.util.Objects;

/**
 * A place of a picture where its map is above the pixel threshold: one connected part of such
 * pixels. Sizes and places are in pixels of the picture as it is shown (after its orientation), x
 * from its left edge and y from its top edge, so that the middle of the first pixel is at (½, ½).
 *
 * @param box the smallest box of whole pixels that holds it
 * @param area pixels, mostly no whole number: a pixel of the map stands for several of the picture,
 *     or for a part of one
 * @param percent the same in percent of the part: of the picture, or of what counts of it where
 *     some is ignored
 * @param peak the largest value of the map in it
 * @param peakAt where that is: the middle of a pixel of the map
 * @param centroid the mean of the middles of its pixels
 */
public record Defect(
    Box box, double area, double percent, float peak, Point peakAt, Point centroid) {

  /**
   * A box of whole pixels; x + width and y + height are the first column and row beyond it.
   *
   * @param x its first column
   * @param y its first row
   * @param width columns, at least 1
   * @param height rows, at least 1
   */
  public record Box(int x, int y, int width, int height) {

    /**
     * A box.
     *
     * @throws IllegalArgumentException if it holds no pixel or begins outside of all pictures
     */
    public Box {
      if (x < 0 || y < 0 || width < 1 || height < 1) {
        throw new IllegalArgumentException(
            "a box of %d x %d pixels at %d, %d".formatted(width, height, x, y));
      }
    }

    /**
     * How well another box lies on it.
     *
     * @param other the other box
     * @return intersection over union, from 0 to 1
     */
    public double iou(Box other) {
      long across = overlap(x, width, other.x, other.width);
      long down = overlap(y, height, other.y, other.height);
      double shared = (double) across * down;
      return shared / ((double) width * height + (double) other.width * other.height - shared);
    }

    private static long overlap(long start, long length, long otherStart, long otherLength) {
      long end = Math.min(start + length, otherStart + otherLength);
      return Math.max(0, end - Math.max(start, otherStart));
    }
  }

  /**
   * A point of a picture.
   *
   * @param x from the left edge, in pixels
   * @param y from the top edge
   */
  public record Point(double x, double y) {}

  /**
   * A defect.
   *
   * @throws IllegalArgumentException if its area is not above 0, or a number is not finite
   */
  public Defect {
    Objects.requireNonNull(box, "box");
    Objects.requireNonNull(peakAt, "peakAt");
    Objects.requireNonNull(centroid, "centroid");
    boolean sized = area > 0 && area < Double.POSITIVE_INFINITY && percent > 0 && percent <= 100;
    if (!sized || !Float.isFinite(peak)) {
      throw new IllegalArgumentException(
          "a defect of " + area + " pixels, " + percent + " %, peak " + peak);
    }
  }
}
