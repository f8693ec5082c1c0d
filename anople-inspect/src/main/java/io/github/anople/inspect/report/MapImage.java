package io.github.anople.inspect.report;

import io.github.anople.core.detect.ScoreMap;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferUShort;
import java.nio.file.Path;

/**
 * A map as a 16-bit greyscale PNG for other programs to measure with: value v is stored as
 * round(65535 v), v cut to [0, 1] first. One scale for every map, none is stretched, and no gamma
 * is applied: v = stored / 65535, within 1/131070.
 */
public final class MapImage {

  private static final int WHITE = 65535;

  private MapImage() {}

  /**
   * The picture of a map.
   *
   * @param map scores in [0, 1]
   * @return [height, width] pixels of 16 bits
   */
  public static BufferedImage of(ScoreMap map) {
    BufferedImage image =
        new BufferedImage(map.width(), map.height(), BufferedImage.TYPE_USHORT_GRAY);
    // Straight into the raster: setRGB would convert to linear grey.
    short[] pixels = ((DataBufferUShort) image.getRaster().getDataBuffer()).getData();
    float[] values = map.toArray();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (short) Math.round(Math.max(0, Math.min(values[i], 1)) * WHITE);
    }
    return image;
  }

  /**
   * Writes a map.
   *
   * @param file where to, usually {@code *.png}
   * @param map scores in [0, 1]
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public static void write(Path file, ScoreMap map) {
    ReportFile.writePng(file, of(map));
  }
}
