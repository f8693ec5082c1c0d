package io.github.anople.core.image;

/** Puts something else in the place of pixels that nobody is to see. */
public final class Overpainting {

  private Overpainting() {}

  /**
   * One colour in their place.
   *
   * @param image the picture; not changed
   * @param kept the pixels that stay
   * @param colour red, green and blue, 0 to 255
   * @return a picture of the same size; the same picture where all pixels stay
   */
  public static RgbImage fill(RgbImage image, PixelRows kept, int... colour) {
    byte[] from = image.raw();
    byte[] to = null;
    boolean[] row = new boolean[image.width()];
    for (int y = 0; y < image.height(); y++) {
      kept.row(y, row);
      int at = RgbImage.BANDS * y * image.width();
      for (int x = 0; x < row.length; x++, at += RgbImage.BANDS) {
        if (!row[x]) {
          to = to == null ? from.clone() : to;
          for (int band = 0; band < RgbImage.BANDS; band++) {
            to[at + band] = (byte) colour[band];
          }
        }
      }
    }
    return to == null ? image : RgbImage.adopt(image.width(), image.height(), to);
  }

  /**
   * The nearest pixel of the same row that stays in their place; rows without one repeat the
   * nearest row that has one. What is then moved or turned brings no other thing than its own
   * surroundings into a place that counts.
   *
   * @param image the picture; not changed
   * @param kept the pixels that stay
   * @return a picture of the same size; the same picture where all pixels stay, or none
   */
  public static RgbImage spread(RgbImage image, PixelRows kept) {
    int width = image.width();
    byte[] to = image.pixels();
    boolean[] row = new boolean[width];
    boolean[] has = new boolean[image.height()];
    boolean changed = false;
    boolean any = false;
    for (int y = 0; y < has.length; y++) {
      kept.row(y, row);
      int spread = spread(to, y * width, row);
      has[y] = spread >= 0;
      any |= has[y];
      changed |= spread != 0;
    }
    if (!any || !changed) {
      return image;
    }
    for (int y = 0; y < has.length; y++) {
      if (!has[y]) {
        int source = nearest(has, y);
        System.arraycopy(
            to,
            RgbImage.BANDS * source * width,
            to,
            RgbImage.BANDS * y * width,
            RgbImage.BANDS * width);
      }
    }
    return RgbImage.adopt(width, image.height(), to);
  }

  /** Spreads along a row that begins at a pixel; how many were changed, -1 where none stays. */
  private static int spread(byte[] to, int begin, boolean[] kept) {
    int changed = 0;
    int left = -1;
    int right = next(kept, 0);
    if (right == kept.length) {
      return -1;
    }
    for (int x = 0; x < kept.length; x++) {
      if (kept[x]) {
        left = x;
        right = next(kept, x + 1);
      } else {
        boolean fromLeft = right == kept.length || (left >= 0 && x - left <= right - x);
        int source = RgbImage.BANDS * (begin + (fromLeft ? left : right));
        System.arraycopy(to, source, to, RgbImage.BANDS * (begin + x), RgbImage.BANDS);
        changed++;
      }
    }
    return changed;
  }

  private static int next(boolean[] kept, int from) {
    int at = from;
    while (at < kept.length && !kept[at]) {
      at++;
    }
    return at;
  }

  private static int nearest(boolean[] has, int y) {
    for (int distance = 1; ; distance++) {
      if (y - distance >= 0 && has[y - distance]) {
        return y - distance;
      }
      if (y + distance < has.length && has[y + distance]) {
        return y + distance;
      }
    }
  }

  /**
   * The mean colour of pixels.
   *
   * @param image the picture
   * @param chosen which
   * @return red, green and blue, 0 to 255; empty where none is chosen
   */
  public static double[] mean(RgbImage image, PixelRows chosen) {
    byte[] samples = image.raw();
    boolean[] row = new boolean[image.width()];
    long[] sums = new long[RgbImage.BANDS];
    long count = 0;
    for (int y = 0; y < image.height(); y++) {
      chosen.row(y, row);
      int at = RgbImage.BANDS * y * image.width();
      for (int x = 0; x < row.length; x++, at += RgbImage.BANDS) {
        if (row[x]) {
          count++;
          for (int band = 0; band < RgbImage.BANDS; band++) {
            sums[band] += samples[at + band] & 0xff;
          }
        }
      }
    }
    if (count == 0) {
      return new double[0];
    }
    double[] mean = new double[RgbImage.BANDS];
    for (int band = 0; band < mean.length; band++) {
      mean[band] = sums[band] / (double) count;
    }
    return mean;
  }
}
