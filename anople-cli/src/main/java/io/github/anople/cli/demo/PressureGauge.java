package io.github.anople.cli.demo;

import io.github.anople.torch.synth.Draws;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Paint;
import java.awt.RadialGradientPaint;
import java.awt.Shape;
import java.awt.geom.Arc2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The dial of a pressure gauge; its needle may be bent, or water may stand behind the glass. The
 * hard case: the needle of a good one stands where the pressure is, and one picture of it shows one
 * place only.
 */
final class PressureGauge implements Product {

  private static final String BENT = "bent_needle";
  private static final String WATER = "condensation";

  private static final int TICKS = 40;
  private static final double FIRST = Math.toRadians(135);
  private static final double RANGE = Math.toRadians(270);
  private static final Color INK = new Color(34, 36, 40);

  @Override
  public String name() {
    return "pressure_gauge";
  }

  @Override
  public List<String> defects() {
    return List.of(BENT, WATER);
  }

  @Override
  public int trainPictures() {
    return 4;
  }

  @Override
  public void draw(Graphics2D canvas, RandomGenerator part, String state, RandomGenerator fault) {
    double reading = Draws.uniform(part, 0.1, 0.55);
    double screws = Draws.uniform(part, 0, Math.PI);
    housing(canvas, screws);
    scale(canvas);
    if (state.equals(BENT)) {
      double side = fault.nextBoolean() ? 1 : -1;
      needle(canvas, reading, side * Draws.uniform(fault, 0.45, 0.9));
    } else {
      needle(canvas, reading, 0);
    }
    if (state.equals(WATER)) {
      water(canvas, fault);
    }
    glass(canvas);
  }

  private static void housing(Graphics2D canvas, double screws) {
    canvas.setColor(new Color(62, 74, 84));
    canvas.fillRect(-200, -200, 400, 400);
    canvas.setColor(new Color(48, 58, 67));
    canvas.fill(disc(4, 6, 146));
    canvas.setPaint(ring(146, new Color(120, 124, 130), new Color(226, 228, 232)));
    canvas.fill(disc(0, 0, 144));
    canvas.setColor(new Color(92, 96, 102));
    canvas.fill(disc(0, 0, 122));
    canvas.setColor(new Color(243, 240, 230));
    canvas.fill(disc(0, 0, 118));
    for (int i = 0; i < 3; i++) {
      double at = Math.toRadians(90 + 120 * i);
      double x = 133 * Math.cos(at);
      double y = 133 * Math.sin(at);
      canvas.setColor(new Color(104, 108, 114));
      canvas.fill(disc(x, y, 6.5));
      canvas.setColor(new Color(196, 198, 202));
      canvas.fill(disc(x - 0.7, y - 0.7, 5.2));
      canvas.setColor(new Color(70, 72, 76));
      canvas.setStroke(new BasicStroke(1.8f));
      canvas.draw(ray(x, y, screws + i, -4, 4));
    }
  }

  private static void scale(Graphics2D canvas) {
    zone(canvas, 0, 0.6, new Color(84, 156, 92));
    zone(canvas, 0.6, 0.8, new Color(226, 182, 62));
    zone(canvas, 0.8, 1, new Color(196, 58, 50));
    canvas.setColor(INK);
    for (int i = 0; i <= TICKS; i++) {
      boolean major = i % 4 == 0;
      canvas.setStroke(new BasicStroke(major ? 3 : 1.3f));
      canvas.draw(ray(0, 0, FIRST + RANGE * i / TICKS, major ? 93 : 101, 111));
    }
    PixelFont.draw(canvas, "BAR", 0, 52, 3);
  }

  private static void zone(Graphics2D canvas, double from, double to, Color colour) {
    canvas.setColor(colour);
    canvas.setStroke(new BasicStroke(7, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    double start = -Math.toDegrees(FIRST + RANGE * from);
    canvas.draw(
        new Arc2D.Double(
            -84, -84, 168, 168, start, -Math.toDegrees(RANGE * (to - from)), Arc2D.OPEN));
  }

  /** A needle whose outer half is turned by so much. */
  private static void needle(Graphics2D canvas, double reading, double bend) {
    Graphics2D turned = (Graphics2D) canvas.create();
    turned.translate(2, 3);
    turned.setColor(new Color(0, 0, 0, 50));
    needleShape(turned, reading, bend);
    turned.translate(-2, -3);
    turned.setColor(INK);
    needleShape(turned, reading, bend);
    turned.dispose();
    canvas.setPaint(ring(13, new Color(196, 160, 84), new Color(120, 92, 40)));
    canvas.fill(disc(0, 0, 12));
    canvas.setColor(INK);
    canvas.setStroke(new BasicStroke(1.2f));
    canvas.draw(disc(0, 0, 12));
  }

  private static void needleShape(Graphics2D canvas, double reading, double bend) {
    Graphics2D turned = (Graphics2D) canvas.create();
    turned.rotate(FIRST + RANGE * reading);
    turned.fill(polygon(-26, -5, 52, -3.2, 52, 3.2, -26, 5));
    turned.translate(52, 0);
    turned.rotate(bend);
    turned.fill(disc(0, 0, 3.2));
    turned.fill(polygon(0, -3.2, 50, -0.8, 50, 0.8, 0, 3.2));
    turned.dispose();
  }

  /** Droplets around one place of the dial, in a patch of fog. */
  private static void water(Graphics2D canvas, RandomGenerator fault) {
    double at = Draws.uniform(fault, 0, 2 * Math.PI);
    double x = 62 * Math.cos(at);
    double y = 62 * Math.sin(at);
    double spread = Draws.uniform(fault, 14, 19);
    canvas.setPaint(
        new RadialGradientPaint(
            (float) x,
            (float) y,
            (float) (2.4 * spread),
            new float[] {0, 0.6f, 1},
            new Color[] {
              new Color(176, 188, 196, 150),
              new Color(176, 188, 196, 100),
              new Color(176, 188, 196, 0)
            }));
    canvas.fill(disc(x, y, 2.4 * spread));
    int drops = 26 + fault.nextInt(14);
    for (int i = 0; i < drops; i++) {
      double u = x + spread * Draws.gaussian(fault);
      double v = y + spread * Draws.gaussian(fault);
      double radius = Draws.uniform(fault, 1.4, 4.6);
      if (Math.hypot(u, v) + radius < 114) {
        canvas.setColor(new Color(96, 110, 122, 130));
        canvas.fill(disc(u, v, radius));
        canvas.setColor(new Color(214, 224, 230, 150));
        canvas.fill(disc(u + 0.25 * radius, v + 0.25 * radius, 0.72 * radius));
        canvas.setColor(new Color(255, 255, 255, 220));
        canvas.fill(disc(u - 0.35 * radius, v - 0.35 * radius, 0.25 * radius));
      }
    }
  }

  private static void glass(Graphics2D canvas) {
    canvas.setColor(new Color(255, 255, 255, 34));
    Area shine = new Area(disc(0, 0, 116));
    shine.intersect(new Area(new Ellipse2D.Double(-150, -190, 250, 190)));
    canvas.fill(shine);
  }

  private static Paint ring(double radius, Color inner, Color outer) {
    return new RadialGradientPaint(
        (float) (-0.3 * radius),
        (float) (-0.3 * radius),
        (float) (1.4 * radius),
        new float[] {0, 0.55f, 1},
        new Color[] {outer, inner, outer});
  }

  private static Shape disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  private static Shape ray(double x, double y, double angle, double from, double to) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    return new Line2D.Double(x + from * cos, y + from * sin, x + to * cos, y + to * sin);
  }

  private static Shape polygon(double... corners) {
    Path2D path = new Path2D.Double();
    path.moveTo(corners[0], corners[1]);
    for (int i = 2; i < corners.length; i += 2) {
      path.lineTo(corners[i], corners[i + 1]);
    }
    path.closePath();
    return path;
  }
}
