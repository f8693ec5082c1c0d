package io.github.anople.cli.demo;

import io.github.anople.torch.synth.Draws;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.geom.Arc2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.random.RandomGenerator;

/** A small printed circuit; a capacitor may be missing, or solder may have splashed on it. */
final class CircuitBoard implements Product {

  private static final String MISSING = "missing_capacitor";
  private static final String SPLASH = "solder_splash";

  private static final Color SILK = new Color(226, 232, 226);
  private static final Color TRACE = new Color(44, 128, 82);
  private static final Color TIN = new Color(176, 181, 184);
  private static final Color GOLD = new Color(212, 172, 88);
  private static final Color EPOXY = new Color(38, 39, 42);

  /** Where chips sit: x, y, and 1 where it stands upright. */
  private static final double[][] CHIPS = {
    {-104, -62, 0},
    {-104, -36, 0},
    {-104, -10, 0},
    {-40, 62, 1},
    {-14, 62, 1},
    {12, 62, 1},
    {58, -66, 1},
    {84, -66, 1},
    {70, 24, 0},
    {70, 48, 0}
  };

  /** Where the cans of electrolytic capacitors stand. */
  private static final double[][] CANS = {{94, -18}, {-86, 40}, {-30, -78}};

  /** Lines of copper below the varnish: x, y, x, y … */
  private static final double[][] TRACES = {
    {-92, -62, -70, -62, -52, -44, -38, -44},
    {-92, -36, -66, -36, -60, -30, -38, -30},
    {-92, -10, -60, -10, -54, -16, -38, -16},
    {-116, -10, -122, -4, -122, 84},
    {22, -44, 40, -44, 50, -54, 58, -54},
    {22, -30, 60, -30, 84, -54},
    {22, -16, 48, -16, 82, 18, 82, 24},
    {22, -2, 40, -2, 52, 10, 52, 48, 58, 48},
    {-40, 50, -40, 26, -30, 16, -30, 4},
    {-14, 50, -14, 4},
    {12, 50, 12, 30, 2, 20, 2, 4},
    {-116, -62, -122, -68, -122, -92, 108, -92, 122, -78, 122, 20, 108, 34, 108, 48, 82, 48}
  };

  @Override
  public String name() {
    return "circuit_board";
  }

  @Override
  public List<String> defects() {
    return List.of(MISSING, SPLASH);
  }

  @Override
  public void draw(Graphics2D canvas, RandomGenerator part, String state, RandomGenerator fault) {
    int missing = fault.nextInt(CANS.length);
    board(canvas);
    copper(canvas);
    PixelFont.draw(canvas, "ANOPLE", 84, 86, 2);
    circuit(canvas, part);
    for (int i = 0; i < CHIPS.length; i++) {
      Graphics2D place = (Graphics2D) canvas.create();
      place.translate(CHIPS[i][0], CHIPS[i][1]);
      place.rotate(CHIPS[i][2] * Math.PI / 2);
      pads(place);
      place.translate(Draws.uniform(part, -0.4, 0.4), Draws.uniform(part, -0.4, 0.4));
      place.rotate(Draws.uniform(part, -0.03, 0.03));
      chip(place, i % 3 == 2);
      place.dispose();
    }
    for (int i = 0; i < CANS.length; i++) {
      Graphics2D place = (Graphics2D) canvas.create();
      place.translate(CANS[i][0], CANS[i][1]);
      footprint(place);
      place.rotate(Draws.uniform(part, -0.04, 0.04));
      if (i != missing || !state.equals(MISSING)) {
        can(place);
      }
      place.dispose();
    }
    header(canvas);
    if (state.equals(SPLASH)) {
      splash(canvas, fault);
    }
  }

  private static void board(Graphics2D canvas) {
    canvas.setColor(new Color(74, 80, 92));
    canvas.fillRect(-200, -200, 400, 400);
    canvas.setColor(new Color(84, 91, 104));
    canvas.setStroke(new BasicStroke(1));
    for (int i = -195; i <= 200; i += 15) {
      canvas.drawLine(i, -200, i, 200);
      canvas.drawLine(-200, i, 200, i);
    }
    canvas.setColor(new Color(44, 48, 56));
    canvas.fill(new RoundRectangle2D.Double(-135, -102, 278, 216, 14, 14));
    canvas.setColor(new Color(150, 156, 110));
    canvas.fill(new RoundRectangle2D.Double(-139, -108, 278, 216, 14, 14));
    canvas.setPaint(
        new LinearGradientPaint(
            -138,
            -107,
            138,
            107,
            new float[] {0, 0.5f, 1},
            new Color[] {new Color(26, 100, 62), new Color(20, 84, 54), new Color(24, 94, 58)}));
    canvas.fill(new RoundRectangle2D.Double(-138, -107, 275, 213, 13, 13));
  }

  private static void copper(Graphics2D canvas) {
    canvas.setColor(TRACE);
    canvas.setStroke(new BasicStroke(3.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    for (double[] trace : TRACES) {
      Path2D line = new Path2D.Double();
      line.moveTo(trace[0], trace[1]);
      for (int i = 2; i < trace.length; i += 2) {
        line.lineTo(trace[i], trace[i + 1]);
      }
      canvas.draw(line);
    }
    for (int i = 0; i < 4; i++) {
      double x = (i % 2 == 0 ? -1 : 1) * 128;
      double y = (i < 2 ? -1 : 1) * 97;
      canvas.setColor(GOLD);
      canvas.fill(disc(x, y, 7));
      canvas.setColor(new Color(52, 57, 66));
      canvas.fill(disc(x, y, 4.6));
    }
    canvas.setColor(SILK);
    canvas.setStroke(new BasicStroke(1.2f));
    for (double[] chip : CHIPS) {
      double width = chip[2] == 0 ? 32 : 18;
      canvas.draw(
          new Rectangle2D.Double(
              chip[0] - width / 2, chip[1] - (50 - width) / 2, width, 50 - width));
    }
  }

  /** The integrated circuit in the middle, with seven legs on either side. */
  private static void circuit(Graphics2D canvas, RandomGenerator part) {
    Graphics2D place = (Graphics2D) canvas.create();
    place.translate(-8 + Draws.uniform(part, -0.4, 0.4), -20 + Draws.uniform(part, -0.4, 0.4));
    place.rotate(Draws.uniform(part, -0.006, 0.006));
    for (int i = 0; i < 4; i++) {
      for (int side = -1; side <= 1; side += 2) {
        place.setColor(TIN);
        place.fill(new Rectangle2D.Double(side * 30 - 7, -26.5 + 14 * i, 14, 5));
        place.setColor(new Color(206, 210, 212));
        place.fill(new Rectangle2D.Double(side * 30 - 5, -26 + 14 * i, 9, 2));
      }
    }
    place.setColor(new Color(10, 36, 24, 120));
    place.fill(new RoundRectangle2D.Double(-22, -31, 50, 70, 4, 4));
    place.setColor(EPOXY);
    place.fill(new RoundRectangle2D.Double(-25, -35, 50, 70, 4, 4));
    place.setColor(new Color(58, 60, 64));
    place.fill(new RoundRectangle2D.Double(-23, -33, 46, 64, 3, 3));
    place.setColor(new Color(34, 35, 38));
    place.fill(disc(-16, -26, 3.6));
    place.setColor(new Color(168, 172, 176));
    place.rotate(Math.PI / 2);
    PixelFont.draw(place, "ANOPLE", 4, 0, 1.2);
    place.dispose();
  }

  private static void pads(Graphics2D canvas) {
    for (int side = -1; side <= 1; side += 2) {
      canvas.setColor(GOLD);
      canvas.fill(new Rectangle2D.Double(side * 9.5 - 4.5, -6, 9, 12));
      canvas.setColor(new Color(238, 214, 150));
      canvas.fill(new Rectangle2D.Double(side * 9.5 - 3.5, -5, 7, 3));
    }
  }

  /** A resistor, black, or a capacitor, light brown, soldered at both ends. */
  private static void chip(Graphics2D canvas, boolean capacitor) {
    canvas.setColor(TIN);
    canvas.fill(new RoundRectangle2D.Double(-14, -6, 28, 12, 5, 5));
    canvas.setColor(new Color(240, 242, 244));
    canvas.fill(new Ellipse2D.Double(-13, -4, 4, 5));
    canvas.fill(new Ellipse2D.Double(9, -4, 4, 5));
    canvas.setColor(capacitor ? new Color(148, 112, 76) : EPOXY);
    canvas.fill(new Rectangle2D.Double(-8, -6.5, 16, 13));
    canvas.setColor(capacitor ? new Color(176, 140, 102) : new Color(66, 68, 72));
    canvas.fill(new Rectangle2D.Double(-7, -5.5, 14, 3));
  }

  /** What shows where a capacitor is missing: two pads in a printed circle, one half of it full. */
  private static void footprint(Graphics2D canvas) {
    canvas.setColor(SILK);
    canvas.fill(new Arc2D.Double(-17, -17, 34, 34, 90, 180, Arc2D.CHORD));
    canvas.setStroke(new BasicStroke(1.6f));
    canvas.draw(disc(0, 0, 17));
    for (int side = -1; side <= 1; side += 2) {
      canvas.setColor(GOLD);
      canvas.fill(disc(8 * side, 0, 5.2));
      canvas.setColor(new Color(40, 44, 48));
      canvas.fill(disc(8 * side, 0, 2.4));
    }
  }

  /** An electrolytic capacitor from above. */
  private static void can(Graphics2D canvas) {
    canvas.setColor(new Color(8, 34, 22, 130));
    canvas.fill(disc(4, 5, 18));
    canvas.setColor(EPOXY);
    canvas.fill(new RoundRectangle2D.Double(-19, -19, 38, 38, 8, 8));
    canvas.setPaint(
        new RadialGradientPaint(
            -5,
            -6,
            24,
            new float[] {0, 0.6f, 1},
            new Color[] {
              new Color(236, 238, 241), new Color(186, 190, 196), new Color(134, 138, 146)
            }));
    canvas.fill(disc(0, 0, 17));
    canvas.setColor(new Color(48, 52, 64));
    canvas.fill(new Arc2D.Double(-17, -17, 34, 34, 118, 124, Arc2D.CHORD));
  }

  /** A row of pins at the lower edge. */
  private static void header(Graphics2D canvas) {
    canvas.setColor(EPOXY);
    canvas.fill(new Rectangle2D.Double(-104, 76, 116, 18));
    for (int i = 0; i < 8; i++) {
      double x = -96.5 + 14.4 * i;
      canvas.setColor(new Color(22, 23, 25));
      canvas.fill(new Rectangle2D.Double(x - 5.5, 79.5, 11, 11));
      canvas.setColor(GOLD);
      canvas.fill(new Rectangle2D.Double(x - 3, 82, 6, 6));
      canvas.setColor(new Color(250, 228, 168));
      canvas.fill(new Rectangle2D.Double(x - 3, 82, 3, 3));
    }
  }

  /** A blob of solder with a skin that shines, and beads that flew from it. */
  private static void splash(Graphics2D canvas, RandomGenerator fault) {
    double x = Draws.uniform(fault, -100, 100);
    double y = Draws.uniform(fault, -70, 60);
    double size = Draws.uniform(fault, 13, 17);
    Path2D blob = new Path2D.Double();
    int corners = 9;
    double[] radii = new double[corners];
    for (int i = 0; i < corners; i++) {
      radii[i] = size * Draws.uniform(fault, 0.65, 1.35);
    }
    for (int i = 0; i <= corners; i++) {
      // Through the middles of the sides, with the corners as handles: no edge anywhere.
      double at = 2 * Math.PI * i / corners;
      double next = 2 * Math.PI * (i + 1) / corners;
      double u = radii[i % corners] * Math.cos(at);
      double v = radii[i % corners] * Math.sin(at);
      double p = (u + radii[(i + 1) % corners] * Math.cos(next)) / 2;
      double q = (v + radii[(i + 1) % corners] * Math.sin(next)) / 2;
      if (i == 0) {
        blob.moveTo(p, q);
      } else {
        blob.quadTo(u, v, p, q);
      }
    }
    Graphics2D place = (Graphics2D) canvas.create();
    place.translate(x, y);
    place.translate(2, 3);
    place.setColor(new Color(6, 26, 18, 130));
    place.fill(blob);
    place.translate(-2, -3);
    place.setPaint(
        new RadialGradientPaint(
            (float) (-0.3 * size),
            (float) (-0.4 * size),
            (float) (1.7 * size),
            new float[] {0, 0.45f, 1},
            new Color[] {
              new Color(248, 250, 252), new Color(190, 194, 199), new Color(104, 108, 114)
            }));
    place.fill(blob);
    int beads = 4 + fault.nextInt(4);
    for (int i = 0; i < beads; i++) {
      double at = Draws.uniform(fault, 0, 2 * Math.PI);
      double away = size * Draws.uniform(fault, 1.5, 2.6);
      double radius = Draws.uniform(fault, 1.2, 2.8);
      double u = away * Math.cos(at);
      double v = away * Math.sin(at);
      place.setColor(new Color(132, 136, 142));
      place.fill(disc(u, v, radius));
      place.setColor(new Color(240, 242, 245));
      place.fill(disc(u - 0.3 * radius, v - 0.3 * radius, 0.5 * radius));
    }
    place.dispose();
  }

  private static Ellipse2D disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
