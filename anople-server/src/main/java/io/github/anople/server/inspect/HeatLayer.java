package io.github.anople.server.inspect;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageEncoder;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A map as a layer over its picture. */
final class HeatLayer {

  private static final int WHITE = 65535;
  private static final int COVER = 190;
  private static final int COLOUR = 0xE0401A;

  private HeatLayer() {}

  /**
   * The layer: clear up to half of a value, most from the value on.
   *
   * @param file a map, a PNG of 16 bits
   * @param high the value from which on the colour no longer changes
   */
  static byte[] png(Path file, float high) {
    try {
      BufferedImage map = ImageIO.read(file.toFile());
      Raster values = map.getRaster();
      BufferedImage layer =
          new BufferedImage(map.getWidth(), map.getHeight(), BufferedImage.TYPE_INT_ARGB);
      for (int y = 0; y < map.getHeight(); y++) {
        for (int x = 0; x < map.getWidth(); x++) {
          float share = 2 * values.getSample(x, y, 0) / (float) WHITE / high - 1;
          int alpha = Math.round(COVER * Math.max(0, Math.min(share, 1)));
          layer.setRGB(x, y, alpha << 24 | COLOUR);
        }
      }
      return ImageEncoder.png(layer);
    } catch (IOException e) {
      throw new InputException(
          file, "cannot be read (" + e + ")", "restore the data folder from a backup", e);
    }
  }
}
