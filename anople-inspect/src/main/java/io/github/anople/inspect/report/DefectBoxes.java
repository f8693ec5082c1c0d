package io.github.anople.inspect.report;

import io.github.anople.core.decide.Defect;
import io.github.anople.core.decide.Defects;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Draws the boxes of defects on a picture: a white line with a dark one on both sides, so that it
 * is seen on any product and any colour of a heat map. The lines lie around the box, where they
 * hide nothing of the defect, and grow with the picture, so that they are still seen when it is
 * looked at as a whole.
 */
final class DefectBoxes {

  /** A line of a pixel on a picture as wide as a window. */
  private static final int PIXELS_A_LINE = 600;

  /** From outside to inside. */
  private static final List<Color> LINES =
      List.of(new Color(0x101010), Color.WHITE, new Color(0x101010));

  private DefectBoxes() {}

  /**
   * Draws on a picture.
   *
   * @param picture of the size that the defects are in; changed
   * @param defects the worst {@value #MOST} are drawn
   */
  static void draw(BufferedImage picture, Defects defects) {
    int longest = Math.max(picture.getWidth(), picture.getHeight());
    int line = Math.max(1, Math.round(longest / (float) PIXELS_A_LINE));
    Rectangle all = new Rectangle(picture.getWidth(), picture.getHeight());
    List<Defect> drawn =
        defects.worst().subList(0, Math.min(HeatMap.MOST_BOXES, defects.worst().size()));
    Graphics2D graphics = picture.createGraphics();
    try {
      // The worst last, on top.
      for (int i = drawn.size() - 1; i >= 0; i--) {
        Defect.Box box = drawn.get(i).box();
        Rectangle outer = new Rectangle(box.x(), box.y(), box.width(), box.height());
        outer.grow(3 * line, 3 * line);
        // At the picture's edge there is room within the box alone.
        outer = outer.intersection(all);
        for (Color colour : LINES) {
          frame(graphics, outer, line, colour);
          outer.grow(-line, -line);
        }
      }
    } finally {
      graphics.dispose();
    }
  }

  private static void frame(Graphics2D graphics, Rectangle outer, int line, Color colour) {
    graphics.setColor(colour);
    graphics.fillRect(outer.x, outer.y, outer.width, line);
    graphics.fillRect(outer.x, outer.y + outer.height - line, outer.width, line);
    graphics.fillRect(outer.x, outer.y, line, outer.height);
    graphics.fillRect(outer.x + outer.width - line, outer.y, line, outer.height);
  }
}
