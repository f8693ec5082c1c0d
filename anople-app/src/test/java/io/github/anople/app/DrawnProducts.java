package io.github.anople.app;

import io.github.anople.core.SyntheticParts;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Products for tests; the number changes light, place and grain a little. */
enum DrawnProducts {
  /** A ring on a bench: the same upside down. */
  WASHER(false) {
    @Override
    BufferedImage draw(int number) {
      return SyntheticParts.good(number);
    }
  },
  /** A board with chips and traces. */
  BOARD(true) {
    @Override
    BufferedImage draw(int number) {
      return photographed(number, DrawnProducts::board);
    }
  },
  /** A plaid: no part, a surface all over; nearly the same upside down. */
  CLOTH(false) {
    @Override
    BufferedImage draw(int number) {
      return photographed(number, DrawnProducts::cloth);
    }
  },
  /** A dial with a hand. */
  DIAL(true) {
    @Override
    BufferedImage draw(int number) {
      return photographed(number, DrawnProducts::dial);
    }
  };

  private static final int SIDE = 240;

  private final boolean standing;

  DrawnProducts(boolean standing) {
    this.standing = standing;
  }

  /** Whether it has an up and a down. */
  boolean standing() {
    return standing;
  }

  abstract BufferedImage draw(int number);

  /** A picture of its own for each number: a little elsewhere, turned, in another light. */
  BufferedImage photographed(int number, Consumer<Graphics2D> part) {
    SplittableRandom random = new SplittableRandom(31L * number + name().length());
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.translate(random.nextDouble(-4, 4), random.nextDouble(-4, 4));
    graphics.rotate(random.nextDouble(-0.02, 0.02), SIDE / 2.0, SIDE / 2.0);
    part.accept(graphics);
    graphics.dispose();
    double light = random.nextDouble(0.94, 1.06);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        int rgb = image.getRGB(x, y);
        int out = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
          long level = Math.round((rgb >> shift & 0xff) * light) + random.nextInt(9) - 4;
          out |= (int) Math.max(0, Math.min(level, 255)) << shift;
        }
        image.setRGB(x, y, out);
      }
    }
    return image;
  }

  private static void board(Graphics2D graphics) {
    graphics.setColor(new Color(70, 75, 80));
    graphics.fillRect(-40, -40, 320, 320);
    graphics.setColor(new Color(30, 95, 60));
    graphics.fillRect(20, 30, 200, 180);
    graphics.setColor(new Color(190, 170, 80));
    graphics.setStroke(new BasicStroke(3));
    for (int i = 0; i < 9; i++) {
      graphics.drawLine(40 + 12 * i, 60, 40 + 12 * i, 110 + 4 * i);
      graphics.drawLine(40 + 12 * i, 110 + 4 * i, 150, 150 + 4 * i);
    }
    graphics.setColor(new Color(25, 25, 28));
    graphics.fillRect(35, 45, 110, 28);
    graphics.fillRect(150, 140, 50, 50);
    graphics.setColor(new Color(205, 205, 200));
    for (int i = 0; i < 5; i++) {
      graphics.fillOval(170, 45 + 16 * i, 10, 10);
    }
  }

  private static void cloth(Graphics2D graphics) {
    graphics.setColor(new Color(150, 60, 60));
    graphics.fillRect(-40, -40, 320, 320);
    for (int i = -2; i < 16; i++) {
      graphics.setColor(new Color(230, 215, 180, 150));
      graphics.fillRect(-40, 24 * i, 320, 7);
      graphics.setColor(new Color(30, 50, 110, 150));
      graphics.fillRect(24 * i + 9, -40, 6, 320);
    }
  }

  private static void dial(Graphics2D graphics) {
    graphics.setColor(new Color(120, 110, 95));
    graphics.fillRect(-40, -40, 320, 320);
    graphics.setColor(new Color(225, 225, 215));
    graphics.fillOval(25, 25, 190, 190);
    graphics.setColor(new Color(40, 40, 45));
    graphics.setStroke(new BasicStroke(4));
    graphics.drawOval(25, 25, 190, 190);
    for (int i = 0; i < 11; i++) {
      double at = Math.PI * (0.85 + 0.13 * i);
      graphics.drawLine(
          (int) (120 + 88 * Math.cos(at)),
          (int) (120 + 88 * Math.sin(at)),
          (int) (120 + 72 * Math.cos(at)),
          (int) (120 + 72 * Math.sin(at)));
    }
    graphics.setColor(new Color(180, 30, 30));
    graphics.setStroke(new BasicStroke(6));
    graphics.drawLine(120, 120, 75, 65);
    graphics.setColor(new Color(60, 60, 65));
    graphics.fillRect(85, 160, 70, 22);
  }
}
