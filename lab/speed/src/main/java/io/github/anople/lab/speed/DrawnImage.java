package io.github.anople.lab.speed;

import io.github.anople.core.InputException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** Pictures to measure with: waves of colour with the grain of a camera, so that they compress. */
public final class DrawnImage {

  private static final int GRAIN = 6;

  private DrawnImage() {}

  /**
   * A picture; equal numbers draw equal pictures.
   *
   * @param width in pixels
   * @param height in pixels
   * @param number which one
   * @return RGB
   */
  public static BufferedImage draw(int width, int height, int number) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    SplittableRandom random = new SplittableRandom(number);
    for (int y = 0; y < height; y++) {
      double row = 60 * Math.sin(9.0 * y / height + number);
      for (int x = 0; x < width; x++) {
        double column = 60 * Math.sin(7.0 * x / width);
        int light = (int) (128 + row + column * Math.signum(row)) + random.nextInt(GRAIN);
        int level = Math.max(0, Math.min(255, light));
        image.setRGB(x, y, level << 16 | (level * 3 / 4) << 8 | (255 - level));
      }
    }
    return image;
  }

  /**
   * A picture as the bytes of a file.
   *
   * @param image the picture
   * @param format {@code jpeg} or {@code png}
   * @return the file's content
   */
  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Draws pictures into a folder of their own, once. */
  static Path folder(Path folder, int count, int width, int height, String format) {
    try {
      Files.createDirectories(folder);
      for (int i = 0; i < count; i++) {
        Path file = folder.resolve("picture_%03d.%s".formatted(i, format));
        if (!Files.exists(file)) {
          Files.write(file, encode(draw(width, height, i), format));
        }
      }
    } catch (IOException e) {
      throw new InputException(folder, "cannot be written (" + e + ")", "give another --work", e);
    }
    return folder;
  }
}
