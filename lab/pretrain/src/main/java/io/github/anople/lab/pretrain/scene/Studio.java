package io.github.anople.lab.pretrain.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.TexturePaint;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/** The canvas of one scene: its pixels, and which region is seen at each. */
final class Studio {

  final int side;
  final BufferedImage image;
  final int[] pixels;
  private final int[] ids;
  private final BufferedImage idImage;
  private final BufferedImage cloth;
  private final int[] clothPixels;
  private final int[] heights;
  private final float lightX;
  private final float lightY;
  private final float relief;

  Studio(int side, Dice dice) {
    this.side = side;
    image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    pixels = pixelsOf(image);
    idImage = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    ids = pixelsOf(idImage);
    cloth = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    clothPixels = pixelsOf(cloth);
    heights = new int[side * side];
    double angle = dice.angle();
    lightX = (float) Math.cos(angle);
    lightY = (float) Math.sin(angle);
    relief = dice.in(0.3, 2.2);
  }

  static int[] pixelsOf(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  static Graphics2D brush(BufferedImage image) {
    Graphics2D g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
    return g;
  }

  byte[] regions() {
    byte[] regions = new byte[ids.length];
    for (int i = 0; i < ids.length; i++) {
      regions[i] = (byte) ids[i];
    }
    return regions;
  }

  /** Covers the whole canvas, or the part within a shape, as a region of its own. */
  void surface(Texel texel, Frame frame, Shape shape, int region) {
    Rectangle all = new Rectangle(0, 0, side, side);
    weave(texel, frame, shape == null ? all : shape.getBounds());
    Graphics2D g = brush(image);
    if (shape != null) {
      shadow(g, shape, 2);
    }
    g.setPaint(new TexturePaint(cloth, all));
    g.fill(shape == null ? all : shape);
    g.dispose();
    mark(shape == null ? all : shape, region);
  }

  /** Puts an object on the canvas. */
  void place(
      Drawing drawing, AffineTransform where, Texel texel, Frame frame, Dice dice, int region) {
    Shape shape = where.createTransformedShape(drawing.outline);
    weave(texel, frame, shape.getBounds());
    Graphics2D g = brush(image);
    shadow(g, shape, dice.in(1, 4));
    g.setPaint(new TexturePaint(cloth, new Rectangle(0, 0, side, side)));
    g.fill(shape);
    g.clip(shape);
    double depth = dice.in(0, 70);
    AffineTransform off = AffineTransform.getTranslateInstance(-1.2 * lightX, -1.2 * lightY);
    g.setColor(new Color(0, 0, 0, (int) depth));
    g.setStroke(new BasicStroke(3));
    g.draw(
        AffineTransform.getTranslateInstance(1.2 * lightX, 1.2 * lightY)
            .createTransformedShape(shape));
    g.setColor(new Color(255, 255, 255, (int) depth));
    g.draw(off.createTransformedShape(shape));
    g.transform(where);
    for (Drawing.Mark mark : drawing.marks) {
      g.setColor(mark.colour() >= 0 ? new Color(mark.colour()) : shade(mark.tone()));
      g.fill(mark.shape());
    }
    Paint glow = glow(drawing, where, dice);
    if (glow != null) {
      g.setPaint(glow);
      g.fill(drawing.outline);
    }
    g.dispose();
    mark(shape, region);
  }

  private static Color shade(float tone) {
    int alpha = Tones.clamp((int) (Math.abs(tone) * 255));
    return tone < 0 ? new Color(0, 0, 0, alpha) : new Color(255, 255, 255, alpha);
  }

  private Paint glow(Drawing drawing, AffineTransform where, Dice dice) {
    Color light = shade(dice.in(0.2, 0.75));
    Color none = new Color(128, 128, 128, 0);
    Color dark = shade(-dice.in(0.25, 0.6));
    double turn = Math.atan2(where.getShearY(), where.getScaleX());
    float x = (float) (-lightX * Math.cos(turn) - lightY * Math.sin(turn));
    float y = (float) (lightX * Math.sin(turn) - lightY * Math.cos(turn));
    return switch (drawing.shading) {
      case FLAT -> null;
      case DOME ->
          new RadialGradientPaint(
              -0.4f * x,
              -0.4f * y,
              1.5f,
              new float[] {0, 0.3f, 1},
              new Color[] {light, none, dark});
      case TUBE -> {
        float half = (float) Math.max(0.02, drawing.outline.getBounds2D().getHeight() / 2);
        float peak = y > 0 ? 0.3f : 0.7f;
        yield new LinearGradientPaint(
            0,
            -half,
            0,
            half,
            new float[] {0, peak - 0.2f, peak, peak + 0.2f, 1},
            new Color[] {dark, none, light, none, dark});
      }
    };
  }

  private void shadow(Graphics2D g, Shape shape, double distance) {
    g.setColor(new Color(0, 0, 0, 26));
    double step = distance * side / 240;
    for (int i = 0; i < 4; i++) {
      double by = step * (0.4 + 0.5 * i);
      g.fill(
          AffineTransform.getTranslateInstance(lightX * by, lightY * by)
              .createTransformedShape(shape));
    }
  }

  private void mark(Shape shape, int region) {
    Graphics2D g = idImage.createGraphics();
    g.setColor(new Color(region));
    g.fill(shape);
    g.dispose();
  }

  /** Draws the texture into the cloth where it will be needed, lit along its heights. */
  private void weave(Texel texel, Frame frame, Rectangle bounds) {
    int left = Math.max(0, bounds.x - 2);
    int top = Math.max(0, bounds.y - 2);
    int right = Math.min(side, bounds.x + bounds.width + 2);
    int bottom = Math.min(side, bounds.y + bounds.height + 2);
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        int i = y * side + x;
        float w = frame.w(x, y);
        int c = texel.at(frame.u(x, y, w), frame.v(x, y, w));
        int h = c >>> 24;
        heights[i] = h;
        int west = x > left ? heights[i - 1] : h;
        int north = y > top ? heights[i - side] : h;
        float slope = (lightX * (west - h) + lightY * (north - h)) * -relief / 255;
        clothPixels[i] = h == west && h == north ? c & 0xffffff : Tones.scale(c, 1 - slope);
      }
    }
  }
}
