package io.github.anople.lab.pretrain.scene;

import java.awt.BasicStroke;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.ArrayList;
import java.util.List;

/** One object in its own units: an outline within about -1..1, and marks on it in drawing order. */
final class Drawing {

  /** How the body catches light. */
  enum Shading {
    FLAT,
    DOME,
    TUBE
  }

  /**
   * Something drawn on the body.
   *
   * @param shape where, clipped to the outline unless it is an addition to it
   * @param colour its own colour, or -1
   * @param tone without a colour, from -1 (black) to 1 (white): the strength of the shade
   */
  record Mark(Shape shape, int colour, float tone) {}

  final Area outline;
  final Shading shading;
  final List<Mark> marks = new ArrayList<>();

  Drawing(Shape outline, Shading shading) {
    this.outline = new Area(outline);
    this.shading = shading;
  }

  Drawing shade(Shape shape, double tone) {
    marks.add(new Mark(shape, -1, (float) tone));
    return this;
  }

  Drawing ink(Shape shape, int colour) {
    marks.add(new Mark(shape, colour, 1));
    return this;
  }

  /** A part that stands out: its shadow, its body, and light on its upper edge. */
  Drawing raised(Shape shape, double tone) {
    shade(moved(shape, 0.035, 0.04), -0.4);
    shade(shape, tone);
    return shade(line(moved(shape, -0.012, -0.012), 0.02), 0.3);
  }

  /** Something of another colour that joins the outline: a leg, a pin, a string. */
  Drawing join(Shape shape, int colour) {
    outline.add(new Area(shape));
    return ink(shape, colour);
  }

  Drawing without(Shape hole) {
    outline.subtract(new Area(hole));
    return this;
  }

  static Shape disc(double x, double y, double r) {
    return new Ellipse2D.Double(x - r, y - r, 2 * r, 2 * r);
  }

  static Shape oval(double x, double y, double rx, double ry) {
    return new Ellipse2D.Double(x - rx, y - ry, 2 * rx, 2 * ry);
  }

  static Shape box(double x, double y, double halfWidth, double halfHeight) {
    return new Rectangle2D.Double(x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight);
  }

  static Shape round(double x, double y, double halfWidth, double halfHeight, double corner) {
    return new RoundRectangle2D.Double(
        x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight, 2 * corner, 2 * corner);
  }

  static Shape line(Shape path, double width) {
    return new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        .createStrokedShape(path);
  }

  static Shape moved(Shape shape, double x, double y) {
    return AffineTransform.getTranslateInstance(x, y).createTransformedShape(shape);
  }

  static Shape turned(Shape shape, double angle) {
    return AffineTransform.getRotateInstance(angle).createTransformedShape(shape);
  }

  /** A closed path through points given as x, y, x, y, ... */
  static Path2D polygon(double... xy) {
    Path2D path = open(xy);
    path.closePath();
    return path;
  }

  static Path2D open(double... xy) {
    Path2D path = new Path2D.Double();
    path.moveTo(xy[0], xy[1]);
    for (int i = 2; i < xy.length; i += 2) {
      path.lineTo(xy[i], xy[i + 1]);
    }
    return path;
  }

  /** A polygon whose corners lie on two radii in turn: with equal radii a regular one. */
  static Path2D star(int corners, double outer, double inner) {
    Path2D path = new Path2D.Double();
    for (int i = 0; i < 2 * corners; i++) {
      double r = (i & 1) == 0 ? outer : inner;
      double t = Math.PI * i / corners;
      if (i == 0) {
        path.moveTo(r, 0);
      } else {
        path.lineTo(r * Math.cos(t), r * Math.sin(t));
      }
    }
    path.closePath();
    return path;
  }

  static Path2D regular(int corners, double r) {
    return star(corners, r, r * Math.cos(Math.PI / corners));
  }

  /** A closed curve around the middle whose radius wanders by a part of itself. */
  static Path2D blob(Dice dice, double rx, double ry, double wander) {
    int n = 9;
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      double r = 1 + wander * dice.in(-1, 1);
      x[i] = rx * r * Math.cos(2 * Math.PI * i / n);
      y[i] = ry * r * Math.sin(2 * Math.PI * i / n);
    }
    Path2D path = new Path2D.Double();
    path.moveTo((x[0] + x[n - 1]) / 2, (y[0] + y[n - 1]) / 2);
    for (int i = 0; i < n; i++) {
      int j = (i + 1) % n;
      path.quadTo(x[i], y[i], (x[i] + x[j]) / 2, (y[i] + y[j]) / 2);
    }
    path.closePath();
    return path;
  }

  static Area minus(Shape from, Shape what) {
    Area area = new Area(from);
    area.subtract(new Area(what));
    return area;
  }
}
