package io.github.anople.cli.demo;

import io.github.anople.torch.synth.Draws;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.LinearGradientPaint;
import java.awt.RadialGradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;
import java.util.List;
import java.util.random.RandomGenerator;

/** A strip of twelve tablets; one may be missing, or crushed. */
final class BlisterPack implements Product {

  private static final String MISSING = "missing_tablet";
  private static final String CRUSHED = "crushed_tablet";

  private static final int COLUMNS = 4;
  private static final int ROWS = 3;
  private static final double PITCH_X = 66;
  private static final double PITCH_Y = 76;
  private static final double POCKET = 29;
  private static final double TABLET = 21;
  private static final Color FACE = new Color(238, 226, 204);
  private static final Color EDGE = new Color(186, 166, 132);

  @Override
  public String name() {
    return "blister_pack";
  }

  @Override
  public List<String> defects() {
    return List.of(MISSING, CRUSHED);
  }

  @Override
  public void draw(Graphics2D canvas, RandomGenerator part, String state, RandomGenerator fault) {
    int faulty = state.equals(GOOD) ? -1 : fault.nextInt(COLUMNS * ROWS);
    card(canvas);
    for (int i = 0; i < COLUMNS * ROWS; i++) {
      Graphics2D pocket = (Graphics2D) canvas.create();
      int column = i % COLUMNS;
      int row = i / COLUMNS;
      pocket.translate(
          PITCH_X * (column - (COLUMNS - 1) / 2.0), PITCH_Y * (row - (ROWS - 1) / 2.0));
      double x = Draws.uniform(part, -2.5, 2.5);
      double y = Draws.uniform(part, -2.5, 2.5);
      double turn = Draws.uniform(part, 0, Math.PI);
      pocket(pocket);
      if (i != faulty) {
        tablet(pocket, x, y, turn);
      } else if (state.equals(CRUSHED)) {
        crumbs(pocket, fault);
      }
      dome(pocket);
      pocket.dispose();
    }
  }

  private static void card(Graphics2D canvas) {
    canvas.setColor(new Color(38, 70, 84));
    canvas.fillRect(-200, -200, 400, 400);
    canvas.setColor(new Color(24, 48, 58));
    canvas.fill(new RoundRectangle2D.Double(-142, -125, 290, 256, 22, 22));
    RoundRectangle2D card = new RoundRectangle2D.Double(-146, -130, 292, 260, 22, 22);
    canvas.setPaint(
        new LinearGradientPaint(
            -146,
            -130,
            146,
            130,
            new float[] {0, 0.35f, 0.6f, 1},
            new Color[] {
              new Color(176, 181, 186),
              new Color(208, 212, 216),
              new Color(184, 189, 194),
              new Color(203, 207, 211)
            }));
    canvas.fill(card);
    Graphics2D knurl = (Graphics2D) canvas.create();
    knurl.clip(card);
    knurl.setStroke(new BasicStroke(1));
    for (int i = -280; i <= 280; i += 7) {
      knurl.setColor(new Color(255, 255, 255, 70));
      knurl.draw(new Line2D.Double(i - 140, -140, i + 140, 140));
      knurl.setColor(new Color(96, 100, 106, 60));
      knurl.draw(new Line2D.Double(i + 140, -140, i - 140, 140));
    }
    knurl.dispose();
  }

  private static void pocket(Graphics2D canvas) {
    canvas.setColor(new Color(120, 126, 132));
    canvas.fill(disc(0, 0, POCKET));
    canvas.setPaint(
        new RadialGradientPaint(
            -4,
            -5,
            (float) POCKET,
            new float[] {0, 0.8f, 1},
            new Color[] {
              new Color(158, 164, 170), new Color(138, 144, 150), new Color(112, 118, 124)
            }));
    canvas.fill(disc(0, 0, POCKET - 2));
  }

  private static void tablet(Graphics2D canvas, double x, double y, double turn) {
    canvas.setColor(new Color(30, 32, 36, 90));
    canvas.fill(disc(x + 3, y + 4, TABLET));
    canvas.setColor(EDGE);
    canvas.fill(disc(x, y, TABLET));
    canvas.setColor(FACE);
    canvas.fill(disc(x - 1, y - 1, TABLET - 2.5));
    canvas.setColor(new Color(190, 172, 140));
    canvas.setStroke(new BasicStroke(2.2f));
    double length = TABLET - 4;
    double u = length * Math.cos(turn);
    double v = length * Math.sin(turn);
    canvas.draw(new Line2D.Double(x - 1 - u, y - 1 - v, x - 1 + u, y - 1 + v));
  }

  /** Slices of the tablet that have moved apart, and what fell between them. */
  private static void crumbs(Graphics2D canvas, RandomGenerator fault) {
    int pieces = 4 + fault.nextInt(2);
    double first = Draws.uniform(fault, 0, 2 * Math.PI);
    for (int i = 0; i < pieces; i++) {
      double middle = first + 2 * Math.PI * (i + 0.5) / pieces;
      double away = Draws.uniform(fault, 3, 7);
      Path2D slice = new Path2D.Double();
      slice.moveTo(0, 0);
      for (int k = 0; k <= 6; k++) {
        double at = middle + 2 * Math.PI / pieces * (k / 6.0 - 0.5);
        double radius = Draws.uniform(fault, 14, 19);
        slice.lineTo(radius * Math.cos(at), radius * Math.sin(at));
      }
      slice.closePath();
      Graphics2D moved = (Graphics2D) canvas.create();
      moved.translate(away * Math.cos(middle), away * Math.sin(middle));
      moved.rotate(Draws.uniform(fault, -0.5, 0.5));
      moved.setColor(EDGE);
      moved.fill(slice);
      moved.translate(-1, -1);
      moved.setColor(FACE);
      moved.fill(slice);
      moved.dispose();
    }
    canvas.setColor(FACE);
    for (int i = 0; i < 40; i++) {
      double at = Draws.uniform(fault, 0, 2 * Math.PI);
      double away = (POCKET - 4) * Math.sqrt(fault.nextDouble());
      canvas.fill(disc(away * Math.cos(at), away * Math.sin(at), Draws.uniform(fault, 0.6, 1.8)));
    }
  }

  /** The clear plastic over a pocket. */
  private static void dome(Graphics2D canvas) {
    canvas.setStroke(new BasicStroke(2));
    canvas.setColor(new Color(238, 241, 244, 150));
    canvas.draw(disc(0, 0, POCKET));
    canvas.setColor(new Color(255, 255, 255, 110));
    canvas.fill(new Ellipse2D.Double(-17, -20, 15, 8));
  }

  private static Ellipse2D disc(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
