package io.github.anople.server;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import javax.imageio.ImageIO;

/** Pictures of a plate with four holes, drawn; of any size, with or without a scratch. */
final class DrawnPart {

  private static final int GREY = 200;

  private final BufferedImage image;

  private DrawnPart(BufferedImage image) {
    this.image = image;
  }

  /** A good one; parts of different numbers differ a little. */
  static DrawnPart good(int number, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(number);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int grey = 40 + random.nextInt(12);
        image.setRGB(x, y, new Color(grey, grey, grey + 6).getRGB());
      }
    }
    DrawnPart part = new DrawnPart(image);
    int shift = number % 3;
    part.ellipse(new Color(150, 158, 170 + shift), 0.08, 0.1, 0.84, 0.8);
    part.ellipse(new Color(GREY, GREY, GREY), 0.3, 0.3, 0.4, 0.4);
    for (double left : new double[] {0.2, 0.7}) {
      for (double top : new double[] {0.22, 0.66}) {
        part.ellipse(new Color(30, 32, 36), left, top, 0.08, 0.1);
      }
    }
    return part;
  }

  static DrawnPart good(int number) {
    return good(number, 320, 240);
  }

  private void ellipse(Color colour, double left, double top, double width, double height) {
    Graphics2D pen = pen(colour);
    pen.fillOval(x(left), y(top), x(width), y(height));
    pen.dispose();
  }

  private Graphics2D pen(Color colour) {
    Graphics2D pen = image.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setColor(colour);
    return pen;
  }

  private int x(double part) {
    return (int) Math.round(part * image.getWidth());
  }

  private int y(double part) {
    return (int) Math.round(part * image.getHeight());
  }

  /** The same with a scratch across. */
  DrawnPart scratched() {
    Graphics2D pen = pen(new Color(250, 245, 230));
    pen.setStroke(new BasicStroke(image.getWidth() / 60f));
    pen.drawLine(x(0.35), y(0.6), x(0.7), y(0.4));
    pen.dispose();
    return this;
  }

  /** The same with a part of it painted over; parts of the picture's sides. */
  DrawnPart painted(Color colour, double left, double top, double width, double height) {
    Graphics2D pen = pen(colour);
    pen.fillRect(x(left), y(top), x(width), y(height));
    pen.dispose();
    return this;
  }

  /** The file, of the kind that its ending says. */
  Path write(Path file) throws IOException {
    String name = file.getFileName().toString();
    String kind = name.substring(name.lastIndexOf('.') + 1).toUpperCase(Locale.ROOT);
    if (!ImageIO.write(image, kind, file.toFile())) {
      throw new IOException("nothing writes " + kind);
    }
    return file;
  }
}
