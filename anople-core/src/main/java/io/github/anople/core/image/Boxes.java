package io.github.anople.core.image;

import java.util.Arrays;

/** Makes pictures smaller by averaging whole boxes of pixels: cheap, and no pixel counts twice. */
public final class Boxes {

  private Boxes() {}

  /**
   * The picture with at most so many pixels along its longer side. Pixels at the right and lower
   * edges that fill no box are left out.
   *
   * @param image any picture
   * @param longest the longer side, at most, at least 1
   * @return the same picture where it is small enough
   */
  public static RgbImage shrink(RgbImage image, int longest) {
    int side = (Math.max(image.width(), image.height()) + longest - 1) / longest;
    if (side <= 1) {
      return image;
    }
    int across = Math.min(side, image.width());
    int down = Math.min(side, image.height());
    int width = image.width() / across;
    int height = image.height() / down;
    int area = across * down;
    byte[] samples = image.raw();
    byte[] shrunk = new byte[RgbImage.BANDS * width * height];
    int[] sums = new int[RgbImage.BANDS * width];
    for (int y = 0; y < height; y++) {
      Arrays.fill(sums, area / 2);
      for (int row = y * down; row < (y + 1) * down; row++) {
        int from = RgbImage.BANDS * row * image.width();
        for (int at = 0; at < sums.length; at += RgbImage.BANDS) {
          for (int i = 0; i < across; i++, from += RgbImage.BANDS) {
            sums[at] += samples[from] & 0xff;
            sums[at + 1] += samples[from + 1] & 0xff;
            sums[at + 2] += samples[from + 2] & 0xff;
          }
        }
      }
      for (int i = 0; i < sums.length; i++) {
        shrunk[y * sums.length + i] = (byte) (sums[i] / area);
      }
    }
    return RgbImage.adopt(width, height, shrunk);
  }
}
