package io.github.anople.inspect.evaluate;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;

/**
 * Looks for the alpha of a mask, which a reader of pictures drops. Labelling tools paint over a
 * transparent layer, and what they save may hold its marks in the alpha channel alone.
 */
final class AlphaPlane {

  private AlphaPlane() {}

  /**
   * The alpha of a picture that has been read already, so it is whole and not too large.
   *
   * @param file the picture
   * @param width its columns, as stored
   * @param height its rows
   * @return {@code [height, width]}, 255 where opaque; empty where there is none, or it is the same
   *     everywhere
   */
  static Optional<byte[]> of(Path file, int width, int height) {
    BufferedImage image;
    try {
      image = ImageIO.read(file.toFile());
    } catch (IOException | RuntimeException e) {
      // Its colours were read: another decoder's trouble with it is no fault of the mask.
      return Optional.empty();
    }
    if (image == null
        || !image.getColorModel().hasAlpha()
        || image.getWidth() != width
        || image.getHeight() != height) {
      return Optional.empty();
    }
    byte[] alpha = new byte[width * height];
    int[] row = new int[width];
    boolean varies = false;
    for (int y = 0; y < height; y++) {
      image.getRGB(0, y, width, 1, row, 0, width);
      for (int x = 0; x < width; x++) {
        alpha[y * width + x] = (byte) (row[x] >>> 24);
        varies |= alpha[y * width + x] != alpha[0];
      }
    }
    return varies ? Optional.of(alpha) : Optional.empty();
  }
}
