package io.github.anople.core;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;

/** The one source of made-up pictures for tests: a washer on a bench, good or scratched. */
public final class SyntheticParts {

  private static final int SIDE = 160;

  private SyntheticParts() {}

  /** A good part; the number changes light, place and grain a little. */
  public static BufferedImage good(int number) {
    return draw(number, false);
  }

  /** The same part with a dark scratch across it. */
  public static BufferedImage scratched(int number) {
    return draw(number, true);
  }

  /** Writes good parts as {@code good_000.png}, …, and returns their paths. */
  public static List<Path> writeGood(Path folder, int count) {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      files.add(write(folder.resolve("good_%03d.png".formatted(i)), good(i)));
    }
    return files;
  }

  /** Writes a picture as PNG, its folder too. */
  public static Path write(Path file, BufferedImage image) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ImageIO.write(image, "png", file.toFile());
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage draw(int number, boolean scratched) {
    SplittableRandom random = new SplittableRandom(number);
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    int light = 150 + random.nextInt(20);
    graphics.setColor(new Color(light, light - 10, light - 30));
    graphics.fillRect(0, 0, SIDE, SIDE);
    double x = 78 + random.nextInt(5);
    double y = 78 + random.nextInt(5);
    graphics.setColor(new Color(90, 100, 120));
    graphics.fill(new Ellipse2D.Double(x - 55, y - 55, 110, 110));
    graphics.setColor(new Color(light, light - 10, light - 30));
    graphics.fill(new Ellipse2D.Double(x - 20, y - 20, 40, 40));
    if (scratched) {
      graphics.setColor(new Color(235, 225, 210));
      graphics.setStroke(new BasicStroke(5));
      double turn = random.nextDouble() * Math.PI;
      graphics.draw(
          new Line2D.Double(
              x + 50 * Math.cos(turn),
              y + 50 * Math.sin(turn),
              x + 30 * Math.cos(turn + 1.2),
              y + 30 * Math.sin(turn + 1.2)));
    }
    graphics.dispose();
    grain(image, random);
    return image;
  }

  private static void grain(BufferedImage image, SplittableRandom random) {
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int noise = random.nextInt(9) - 4;
        Color color = new Color(image.getRGB(x, y));
        image.setRGB(
            x,
            y,
            new Color(
                    clip(color.getRed() + noise),
                    clip(color.getGreen() + noise),
                    clip(color.getBlue() + noise))
                .getRGB());
      }
    }
  }

  private static int clip(int value) {
    return Math.max(0, Math.min(255, value));
  }
}
