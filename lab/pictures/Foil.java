import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;

/**
 * Draws the long pictures of docs/images: embossed foil as a line camera sees it. Run it with {@code
 * java Foil.java FOLDER}; {@code make} does.
 */
final class Foil {

  private Foil() {}

  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    write(folder.resolve("foil/train"), "000", foil(0, false));
    for (int i = 0; i < 2; i++) {
      write(folder.resolve("foil/calibration"), "%03d".formatted(i), foil(100 + i, false));
    }
    write(folder.resolve("foil/new"), "pit", foil(200, true));
  }

  private static void write(Path folder, String name, BufferedImage image) throws IOException {
    Files.createDirectories(folder);
    ImageIO.write(image, "png", new File(folder.toFile(), name + ".png"));
  }

  /** A web of embossed foil, 5,000 pixels long, with a pit of 20 pixels or without. */
  private static BufferedImage foil(int number, boolean pit) {
    Random part = new Random(number * 0x9E3779B97F4A7C15L);
    int width = 5000;
    int height = 200;
    int shift = part.nextInt(40);
    double[] streak = new double[height];
    for (int y = 0; y < height; y++) {
      streak[y] = 1.6 * part.nextGaussian();
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double u = (x + shift) % 40 - 20;
        double v = (y + ((x + shift) / 40 % 2) * 20) % 40 - 20;
        double boss = Math.exp(-(u * u + v * v) / 60) * 26 * (u + v > 0 ? -1 : 1);
        double value = 172 + boss + streak[y] + 2.4 * part.nextGaussian();
        if (pit) {
          double dx = x - 3420;
          double dy = y - 84;
          value -= 74 * Math.exp(-Math.pow((dx * dx + dy * dy) / 80, 2));
        }
        int grey = clip(value);
        image.setRGB(x, y, clip(grey * 0.97) << 16 | grey << 8 | clip(grey * 1.03));
      }
    }
    return image;
  }

  private static int clip(double value) {
    return (int) Math.max(0, Math.min(255, Math.round(value)));
  }
}
