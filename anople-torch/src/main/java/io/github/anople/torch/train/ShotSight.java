package io.github.anople.torch.train;

import io.github.anople.core.Sha256;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.util.Arrays;

/**
 * What a picture's pixels tell of whether it can teach anything.
 *
 * <p>All but size and hash are measured on grey levels of the picture as it is, or, where it is
 * larger than {@value #LONGEST} pixels, made that small: detection hardly sees more of it.
 *
 * @param width as it is stored
 * @param height as it is stored
 * @param pixels SHA-256 of its samples
 * @param bright the level that a hundredth of the pixels exceeds, 0..255
 * @param range from the level that a hundredth is below to {@code bright}
 * @param blur 0..1, see {@link #blur(int[][])}
 */
public record ShotSight(int width, int height, String pixels, int bright, int range, double blur) {

  private static final int LONGEST = 240;
  private static final int REACH = 4;

  /**
   * Measures a picture.
   *
   * @param image of any size
   * @return what its pixels tell
   */
  public static ShotSight of(RgbImage image) {
    int longest = Math.max(image.width(), image.height());
    double shrink = Math.min(1, (double) LONGEST / longest);
    int[][] grey = grey(image, shrink);
    int[] levels = Arrays.stream(grey).flatMapToInt(Arrays::stream).sorted().toArray();
    int hundredth = levels.length / 100;
    int bright = levels[levels.length - 1 - hundredth];
    return new ShotSight(
        image.width(),
        image.height(),
        Sha256.of(image.pixels()),
        bright,
        bright - levels[hundredth],
        // Noise on a blurred picture looks sharp; at half the size it is less, and the blur is not.
        Math.max(blur(grey), blur(grey(image, shrink / 2))));
  }

  private static int[][] grey(RgbImage image, double shrink) {
    int width = side(image.width(), shrink);
    int height = side(image.height(), shrink);
    RgbImage small = shrink == 1 ? image : Resampler.resize(image, width, height);
    int[][] grey = new int[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        grey[y][x] =
            (299 * small.red(x, y) + 587 * small.green(x, y) + 114 * small.blue(x, y)) / 1000;
      }
    }
    return grey;
  }

  private static int side(int side, double shrink) {
    return (int) Math.max(1, Math.round(side * shrink));
  }

  /**
   * How little a picture changes when it is smoothed: near 0 where it is sharp, towards 1 where
   * there is nothing fine left to lose. It does not depend on contrast, and hardly on content: 1 −
   * Σ max(0, D − B) / Σ D over neighbours along an axis, D their difference and B that of the means
   * over nine pixels around them; the larger of both axes. Source: Crete et al. 2007, "The blur
   * effect".
   */
  static double blur(int[][] grey) {
    return Math.max(alongRows(grey), alongRows(transposed(grey)));
  }

  private static double alongRows(int[][] grey) {
    double all = 0;
    double lost = 0;
    for (int[] row : grey) {
      for (int x = 1; x < row.length; x++) {
        double difference = Math.abs(row[x] - row[x - 1]);
        // The windows of neighbours share all but their ends.
        double smoothed = Math.abs(at(row, x + REACH) - at(row, x - 1 - REACH)) / (2.0 * REACH + 1);
        all += difference;
        lost += Math.max(0, difference - smoothed);
      }
    }
    return all == 0 ? 0 : 1 - lost / all;
  }

  private static int at(int[] row, int x) {
    return row[Math.min(row.length - 1, Math.max(0, x))];
  }

  private static int[][] transposed(int[][] grey) {
    int[][] columns = new int[grey[0].length][grey.length];
    for (int y = 0; y < grey.length; y++) {
      for (int x = 0; x < columns.length; x++) {
        columns[x][y] = grey[y][x];
      }
    }
    return columns;
  }
}
