package io.github.anople.lab.pretrain.scene;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.List;

/** Damage along lines: scratches, cracks, cuts, tears, creases, and what has fallen on. */
final class LineDamages {

  private LineDamages() {}

  static List<Damage> all() {
    return List.of(
        Damage.adjective("scratched", LineDamages::scratch),
        Damage.adjective("cracked", LineDamages::crack),
        Damage.adjective("cut", LineDamages::cut),
        Damage.adjective("torn", LineDamages::tear),
        Damage.adjective("creased", LineDamages::crease),
        Damage.adjective("contaminated", LineDamages::contaminate));
  }

  private static void stroke(Wound w, Path2D path, double width, int colour, double alpha) {
    w.g.setStroke(new BasicStroke((float) width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    w.g.setColor(
        new Color(
            Tones.red(colour),
            Tones.green(colour),
            Tones.blue(colour),
            Tones.clamp((int) (alpha * 255))));
    w.g.draw(path);
  }

  private static int under(Wound w, int at, double dark) {
    return Tones.scale(w.clean[at], (float) dark);
  }

  private static Path2D bow(Wound w, int at, double length, double angle, double bend) {
    double x = at % w.side;
    double y = w.row(at);
    double dx = Math.cos(angle) * length / 2;
    double dy = Math.sin(angle) * length / 2;
    Path2D path = new Path2D.Double();
    path.moveTo(x - dx, y - dy);
    path.quadTo(x - dy * bend, y + dx * bend, x + dx, y + dy);
    return path;
  }

  private static void scratch(Wound w) {
    double angle = w.dice.angle();
    int count = w.dice.chance(0.5) ? 1 : w.dice.in(2, 9);
    int first = w.spot();
    double spread = w.length(0.03, 0.5);
    boolean bright = w.dice.chance(0.65);
    for (int i = 0; i < count; i++) {
      int x = Math.floorMod((int) (first % w.side + w.dice.in(-spread, spread)), w.side);
      int y = Math.floorMod((int) (w.row(first) + w.dice.in(-spread, spread)), w.side);
      double length = w.length(0.08, 0.9);
      Path2D path =
          bow(w, y * w.side + x, length, angle + w.dice.in(-0.3, 0.3), w.dice.in(-0.3, 0.3));
      double width = w.unit() * w.dice.scale(0.6, 2.6);
      int tone =
          bright
              ? Tones.mix(w.clean[first], 0xffffff, w.dice.in(0.4, 0.85))
              : under(w, first, w.dice.in(0.2, 0.6));
      stroke(w, shifted(path, width * 0.6), width, bright ? under(w, first, 0.4) : 0xf0f0f0, 0.35);
      stroke(w, path, width, tone, w.dice.in(0.55, 0.95));
    }
  }

  private static Path2D shifted(Path2D path, double by) {
    return new Path2D.Double(path, AffineTransform.getTranslateInstance(by, by));
  }

  private static Path2D jagged(
      Wound w, double x, double y, double angle, double length, double wild) {
    Path2D path = new Path2D.Double();
    path.moveTo(x, y);
    double heading = angle;
    double done = 0;
    while (done < length) {
      double step = w.unit() * w.dice.scale(1.5, 9);
      heading = angle + wild * w.dice.bell() * 0.6 + 0.5 * (heading - angle);
      path.lineTo(
          path.getCurrentPoint().getX() + step * Math.cos(heading),
          path.getCurrentPoint().getY() + step * Math.sin(heading));
      done += step;
    }
    return path;
  }

  private static void crack(Wound w) {
    int at = w.dice.chance(0.4) ? w.edge() : w.spot();
    int arms = w.dice.chance(0.7) ? w.dice.in(1, 2) : w.dice.in(3, 7);
    double angle = w.dice.angle();
    double width = w.unit() * w.dice.scale(0.7, 3.2);
    int dark = under(w, at, w.dice.in(0.08, 0.4));
    double length = w.length(0.12, 0.9);
    for (int i = 0; i < arms; i++) {
      branch(w, at % w.side, w.row(at), angle, length * w.dice.in(0.5, 1), width, dark, 2);
      angle += 2 * Math.PI / arms + w.dice.in(-0.4, 0.4);
    }
  }

  private static void branch(
      Wound w, double x, double y, double angle, double length, double width, int dark, int depth) {
    Path2D path = jagged(w, x, y, angle, length, 0.9);
    stroke(w, shifted(path, width * 0.5), width, Tones.mix(dark, 0xffffff, 0.6f), 0.45);
    stroke(w, path, width, dark, 0.95);
    if (depth > 0) {
      for (int i = w.dice.in(0, 2); i > 0; i--) {
        double part = w.dice.in(0.2, 0.8);
        double turn = angle + (w.dice.chance(0.5) ? 1 : -1) * w.dice.in(0.4, 1.1);
        double[] from = along(path, part);
        branch(
            w, from[0], from[1], turn, length * w.dice.in(0.2, 0.5), width * 0.7, dark, depth - 1);
      }
    }
  }

  private static double[] along(Path2D path, double part) {
    int points = 0;
    for (var it = path.getPathIterator(null); !it.isDone(); it.next()) {
      points++;
    }
    double[] at = new double[6];
    int i = 0;
    for (var it = path.getPathIterator(null); !it.isDone() && i <= part * points; it.next()) {
      it.currentSegment(at);
      i++;
    }
    return at;
  }

  private static void cut(Wound w) {
    int at = w.spot();
    Path2D path = bow(w, at, w.length(0.1, 0.8), w.dice.angle(), w.dice.in(-0.08, 0.08));
    double width = w.unit() * w.dice.scale(1, 4);
    stroke(w, shifted(path, width * 0.7), width * 0.7, Tones.scale(w.clean[at], 1.5f), 0.8);
    if (w.under != null && width > 2) {
      w.open(Drawing.line(path, width), 0);
    } else {
      stroke(w, path, width, under(w, at, 0.15), 0.95);
    }
  }

  private static void tear(Wound w) {
    int at = w.dice.chance(0.5) ? w.edge() : w.spot();
    double angle = w.dice.angle();
    double length = w.length(0.08, 0.6);
    double gape = length * w.dice.in(0.06, 0.3);
    Path2D path = jagged(w, at % w.side, w.row(at), angle, length, 0.6);
    double ex = path.getCurrentPoint().getX();
    double ey = path.getCurrentPoint().getY();
    for (double t = 0.9; t > 0; t -= 0.08) {
      double open = gape * 4 * t * (1 - t) * w.dice.in(0.7, 1.3);
      path.lineTo(
          at % w.side + t * (ex - at % w.side) - open * Math.sin(angle),
          w.row(at) + t * (ey - w.row(at)) + open * Math.cos(angle));
    }
    path.closePath();
    stroke(
        w,
        path,
        w.unit() * w.dice.in(1.5, 4),
        Tones.mix(w.clean[at], 0xffffff, w.dice.in(0.2, 0.7)),
        0.9);
    w.open(path, Tones.scale(w.clean[at], w.dice.in(0.1, 0.3)));
    for (int i = w.dice.in(2, 14); i > 0; i--) {
      double[] from = along(path, w.dice.unit());
      Path2D hair = new Path2D.Double();
      hair.moveTo(from[0], from[1]);
      double r = w.unit() * 7;
      hair.quadTo(
          from[0] + w.dice.in(-r, r),
          from[1] + w.dice.in(-r, r),
          from[0] + w.dice.in(-r, r),
          from[1] + w.dice.in(-r, r));
      stroke(w, hair, w.unit() * 0.7, w.clean[at], 0.8);
    }
  }

  private static void crease(Wound w) {
    int at = w.spot();
    double angle = w.dice.angle();
    for (int i = w.dice.in(1, 4); i > 0; i--) {
      Path2D path = jagged(w, at % w.side, w.row(at), angle, w.length(0.2, 1), 0.25);
      double width = w.unit() * w.dice.scale(1.5, 5);
      for (int k = 3; k > 0; k--) {
        stroke(w, shifted(path, width * 0.4 * k), width, 0x000000, 0.16);
        stroke(w, shifted(path, -width * 0.4 * k), width, 0xffffff, 0.18);
      }
      angle += w.dice.in(-1.2, 1.2);
    }
  }

  private static void contaminate(Wound w) {
    int count = w.dice.chance(0.5) ? 1 : w.dice.in(2, 12);
    int colour = Colours.draw(w.dice.pick(Material.words(Colours.ANY)), w.dice);
    int at = w.spot();
    if (Tones.distance(colour, w.clean[at]) < 120) {
      colour = Tones.luminance(w.clean[at]) > 110 ? 0x1e1a18 : 0xf0ece0;
    }
    boolean fibre = w.dice.chance(0.5);
    for (int i = 0; i < count; i++) {
      int x = at % w.side;
      int y = w.row(at);
      if (fibre) {
        double r = w.length(0.06, 0.5);
        Path2D hair = new Path2D.Double();
        hair.moveTo(x, y);
        hair.curveTo(
            x + w.dice.in(-r, r),
            y + w.dice.in(-r, r),
            x + w.dice.in(-r, r),
            y + w.dice.in(-r, r),
            x + w.dice.in(-r, r),
            y + w.dice.in(-r, r));
        double width = w.unit() * w.dice.scale(0.8, 2.5);
        stroke(w, shifted(hair, width), width, 0x000000, 0.3);
        stroke(w, hair, width, colour, 0.95);
      } else {
        crumb(w, x, y, colour, w.length(0.01, count > 3 ? 0.05 : 0.14));
      }
      at = w.spot();
    }
  }

  private static void crumb(Wound w, int x, int y, int colour, double r) {
    AffineTransform to = AffineTransform.getTranslateInstance(x, y);
    to.rotate(w.dice.angle());
    Path2D lump = Drawing.blob(w.dice, r, r * w.dice.in(0.5, 1), 0.3);
    w.g.setColor(new Color(0, 0, 0, 90));
    w.g.fill(shifted(new Path2D.Double(lump, to), r * 0.25));
    w.g.setColor(new Color(Tones.scale(colour, w.dice.in(0.8, 1.2))));
    w.g.fill(to.createTransformedShape(lump));
    w.g.setColor(new Color(255, 255, 255, w.dice.in(20, 130)));
    to.translate(-r * 0.2, -r * 0.2);
    to.scale(0.5, 0.5);
    w.g.fill(to.createTransformedShape(lump));
  }
}
