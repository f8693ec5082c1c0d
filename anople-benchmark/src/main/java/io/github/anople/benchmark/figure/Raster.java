package io.github.anople.benchmark.figure;

import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.ImageEncoder;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.report.ColourScale;
import io.github.anople.inspect.report.HeatMap;
import java.awt.image.BufferedImage;

/**
 * A picture of a size that a page can hold.
 *
 * @param png the bytes of a PNG file
 * @param width in pixels
 * @param height in pixels
 */
record Raster(byte[] png, int width, int height) {

  /** The longer side of a tile at most: twice what a page shows, for fine screens and print. */
  private static final int LONGEST = 280;

  private static final int WHITE = 0xFFFFFF;

  /** The PNG of some pixels. */
  static Raster of(BufferedImage image) {
    return new Raster(ImageEncoder.png(image), image.getWidth(), image.getHeight());
  }

  /** A picture, shrunk if it is large. */
  static RgbImage shrunk(RgbImage picture) {
    int longer = Math.max(picture.width(), picture.height());
    if (longer <= LONGEST) {
      return picture;
    }
    return Resampler.resize(picture, part(picture.width(), longer), part(picture.height(), longer));
  }

  private static int part(int side, int longer) {
    return Math.max(1, Math.round((float) side * LONGEST / longer));
  }

  static Raster of(RgbImage shrunk) {
    return of(shrunk.toBufferedImage());
  }

  /** A map in colour on its picture. */
  static Raster heat(RgbImage shrunk, ScoreMap map, ColourScale scale) {
    return of(new HeatMap(scale).overlay(shrunk, map));
  }

  /** A map's pixels that are at least a threshold, white on black, in a picture's size. */
  static Raster binary(RgbImage shrunk, ScoreMap map, double threshold) {
    float[] values = map.toArray();
    byte[] marks = new byte[values.length];
    for (int i = 0; i < marks.length; i++) {
      marks[i] = (byte) (values[i] >= threshold ? 1 : 0);
    }
    return marks(shrunk, marks, map.height(), map.width());
  }

  /** What is marked, white on black, in a picture's size. */
  static Raster marks(RgbImage shrunk, byte[] marks, int height, int width) {
    int columns = shrunk.width();
    int rows = shrunk.height();
    byte[] enlarged = Resampler.nearest(marks, height, width, rows, columns);
    BufferedImage image = new BufferedImage(columns, rows, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < enlarged.length; i++) {
      image.setRGB(i % columns, i / columns, enlarged[i] == 0 ? 0 : WHITE);
    }
    return of(image);
  }
}
