package io.github.anople.lab.pretrain.scene;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Writes many scenes side by side as one picture, for looking at. */
public final class SceneSheet {

  private SceneSheet() {}

  /**
   * Runs as {@code SceneSheet FILE.png [seed [first [columns [rows [masks]]]]]}.
   *
   * @param args the file to write; the seed (1), the first index (0), columns (8), rows (6), and
   *     {@code masks} to paint damage red
   * @throws IOException if the file cannot be written
   */
  public static void main(String[] args) throws IOException {
    if (args.length == 0) {
      System.err.println("SceneSheet FILE.png [seed [first [columns [rows [masks]]]]]");
      return;
    }
    long seed = args.length > 1 ? Long.parseLong(args[1]) : 1;
    long first = args.length > 2 ? Long.parseLong(args[2]) : 0;
    int columns = args.length > 3 ? Integer.parseInt(args[3]) : 8;
    int rows = args.length > 4 ? Integer.parseInt(args[4]) : 6;
    boolean masks = args.length > 5;
    SceneGenerator generator = new SceneGenerator(seed, 240);
    BufferedImage sheet = new BufferedImage(columns * 244, rows * 244, BufferedImage.TYPE_INT_RGB);
    long start = System.nanoTime();
    for (int i = 0; i < columns * rows; i++) {
      Scene scene = generator.draw(first + i);
      BufferedImage image = scene.image().toBufferedImage();
      if (masks) {
        overlay(image, scene.damaged());
      }
      sheet.getGraphics().drawImage(image, i % columns * 244, i / columns * 244, null);
      System.out.println(first + i + ": " + String.join(" | ", scene.captions()));
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%.1f scenes a second%n", columns * rows / seconds);
    ImageIO.write(sheet, "png", Path.of(args[0]).toFile());
  }

  private static void overlay(BufferedImage image, boolean[] damaged) {
    int side = image.getWidth();
    for (int i = 0; i < damaged.length; i++) {
      if (damaged[i]) {
        image.setRGB(
            i % side, i / side, Tones.mix(image.getRGB(i % side, i / side), 0xff0000, 0.6f));
      }
    }
  }
}
