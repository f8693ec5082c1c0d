package io.github.anople.lab.pretrain.scene;

import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;

/** Damage of the shape: holes, missing and broken parts, chips, bends, and bridged patterns. */
final class ShapeDamages {

  private ShapeDamages() {}

  static List<Damage> all() {
    return List.of(
        new Damage("hole", "", "with a hole", ShapeDamages::hole),
        new Damage("missing", "", "with a missing part", ShapeDamages::missing),
        Damage.adjective("broken", ShapeDamages::breaking),
        Damage.adjective("chipped", ShapeDamages::chip),
        Damage.adjective("bent", ShapeDamages::bend),
        Damage.adjective("bridged", ShapeDamages::bridge));
  }

  private static Shape lump(Wound w, int at, double r, double wander) {
    AffineTransform to = AffineTransform.getTranslateInstance(at % w.side + 0.5, w.row(at) + 0.5);
    to.rotate(w.dice.angle());
    return to.createTransformedShape(Drawing.blob(w.dice, r, r * w.dice.in(0.5, 1), wander));
  }

  private static void hole(Wound w) {
    int at = w.spot();
    int depth = Tones.scale(w.clean[at], w.dice.in(0.04, 0.3));
    boolean round = w.dice.chance(0.4);
    for (int i = w.dice.chance(0.7) ? 1 : w.dice.in(2, 5); i > 0; i--) {
      double r = w.length(0.015, 0.16);
      Shape shape =
          round ? Drawing.disc(at % w.side + 0.5, w.row(at) + 0.5, r) : lump(w, at, r, 0.3);
      w.g.setColor(new Color(255, 255, 255, w.dice.in(30, 150)));
      w.g.fill(Drawing.moved(Drawing.line(shape, w.unit() * 1.5), w.unit() * 0.8, w.unit() * 0.8));
      w.g.setColor(new Color(0, 0, 0, 110));
      w.g.fill(Drawing.line(shape, w.unit() * 1.5));
      w.open(shape, depth);
      at = w.spot();
    }
  }

  private static void missing(Wound w) {
    if (w.patterned) {
      erase(w, w.length(0.04, 0.18));
      return;
    }
    if (w.under == null) {
      int at = w.spot();
      int bed =
          Tones.scale(
              Tones.mix(
                  w.clean[w.spot()],
                  Colours.draw(w.dice.word("grey", "dark", "beige"), w.dice),
                  0.5f),
              0.6f);
      double r = w.length(0.05, 0.22);
      Shape shape = w.dice.chance(0.5) ? lump(w, at, r, 0.3) : turnedBox(w, at, r);
      w.g.setColor(new Color(0, 0, 0, 150));
      w.g.fill(Drawing.line(shape, w.unit() * 3));
      w.open(shape, bed);
      return;
    }
    int at = w.edge();
    double r = w.length(0.1, 0.5);
    for (int i = w.dice.in(1, 3); i > 0; i--) {
      w.open(lump(w, at, r, 0.25), 0);
      r *= 0.6;
      at =
          Math.floorMod(
              at + (int) w.dice.in(-r, r) + w.side * (int) w.dice.in(-r, r), w.pixels.length);
    }
  }

  private static Shape turnedBox(Wound w, int at, double r) {
    AffineTransform to = AffineTransform.getTranslateInstance(at % w.side, w.row(at));
    to.rotate(w.dice.angle());
    return to.createTransformedShape(Drawing.box(0, 0, r, r * w.dice.in(0.4, 1)));
  }

  private static void breaking(Wound w) {
    if (w.patterned) {
      erase(w, w.unit() * w.dice.scale(2, 9));
      return;
    }
    int at = w.spot();
    double angle = w.dice.angle();
    double nx = -Math.sin(angle);
    double ny = Math.cos(angle);
    int seed = w.dice.seed();
    double gap = w.length(0.02, 0.1) + 1.5 * w.unit();
    float wild = w.length(0.03, 0.15);
    int away = side(w, at, nx, ny) * 2 < w.size() ? 1 : -1;
    boolean gone = w.under != null && w.dice.chance(0.55);
    int depth = Tones.scale(w.clean[at], 0.15f);
    for (int y = 0; y < w.side; y++) {
      for (int x = 0; x < w.side; x++) {
        if (w.inside(x, y)) {
          double along = (x - at % w.side) * Math.cos(angle) + (y - w.row(at)) * Math.sin(angle);
          double d = away * ((x - at % w.side) * nx + (y - w.row(at)) * ny);
          d += wild * (Noise.clouds((float) along / (7 * w.unit()), 0.5f, seed, 3) - 0.5f) * 2;
          int i = y * w.side + x;
          if (d > 0 && (d < gap || gone)) {
            w.pixels[i] = w.under == null ? depth : w.under[i];
          } else if (d > -1.5 * w.unit() && d <= 0) {
            w.pixels[i] = Tones.scale(w.clean[i], 1.35f);
          }
        }
      }
    }
  }

  private static int side(Wound w, int at, double nx, double ny) {
    int count = 0;
    for (int y = 0; y < w.side; y++) {
      for (int x = 0; x < w.side; x++) {
        if (w.inside(x, y) && (x - at % w.side) * nx + (y - w.row(at)) * ny > 0) {
          count++;
        }
      }
    }
    return count;
  }

  private static void chip(Wound w) {
    int fresh = w.dice.chance(0.5) ? 0xe8e2d6 : Tones.scale(w.clean[w.spot()], 0.55f);
    for (int i = w.dice.in(1, 5); i > 0; i--) {
      int at = w.dice.chance(w.under == null ? 0.3 : 0.85) ? w.edge() : w.spot();
      Shape shape = lump(w, at, w.length(0.015, 0.1), 0.35);
      w.g.setColor(new Color(Tones.mix(w.clean[at], fresh, 0.8f)));
      w.g.fill(shape);
      w.g.setColor(new Color(0, 0, 0, 120));
      w.g.fill(Drawing.line(shape, w.unit() * 1.2));
      if (w.under != null) {
        w.open(Drawing.moved(shape, w.dice.in(-2, 2), w.dice.in(-2, 2)), 0);
      }
    }
  }

  /** Pulls the picture aside around a place, most in the middle, as a bent wire or edge is. */
  private static void bend(Wound w) {
    int at = w.dice.chance(0.5) ? w.edge() : w.spot();
    float radius = Math.max(6, w.length(0.1, 0.4));
    float angle = w.dice.angle();
    float pull = radius * w.dice.in(0.25, 0.6);
    float px = pull * (float) Math.cos(angle);
    float py = pull * (float) Math.sin(angle);
    int cx = at % w.side;
    int cy = w.row(at);
    for (int y = Math.max(0, (int) (cy - radius)); y < Math.min(w.side, cy + radius); y++) {
      for (int x = Math.max(0, (int) (cx - radius)); x < Math.min(w.side, cx + radius); x++) {
        float dx = (x - cx) / radius;
        float dy = (y - cy) / radius;
        float far = dx * dx + dy * dy;
        if (far < 1) {
          float k = (1 - far) * (1 - far);
          int c = between(w, x - k * px, y - k * py);
          float slope = 4 * (1 - far) * far * (float) (dx * Math.cos(angle) + dy * Math.sin(angle));
          w.pixels[y * w.side + x] = Tones.scale(c, 1 + 0.35f * slope);
        }
      }
    }
  }

  private static int between(Wound w, float u, float v) {
    float x = Math.min(Math.max(u, 0), w.side - 1.01f);
    float y = Math.min(Math.max(v, 0), w.side - 1.01f);
    int i = w.side * (int) y + (int) x;
    float s = x - (int) x;
    int top = Tones.mix(w.clean[i], w.clean[i + 1], s);
    if (y >= w.side - 1) {
      return top;
    }
    return Tones.mix(top, Tones.mix(w.clean[i + w.side], w.clean[i + w.side + 1], s), y - (int) y);
  }

  /** The two colours of a pattern near a place: the darkest and the brightest pixel. */
  private static int[] inks(Wound w, int at) {
    int reach = (int) (14 * w.unit());
    int dark = w.clean[at];
    int bright = dark;
    for (int y = w.row(at) - reach; y <= w.row(at) + reach; y++) {
      for (int x = at % w.side - reach; x <= at % w.side + reach; x++) {
        if (w.inside(x, y)) {
          int c = w.clean[y * w.side + x];
          dark = Tones.luminance(c) < Tones.luminance(dark) ? c : dark;
          bright = Tones.luminance(c) > Tones.luminance(bright) ? c : bright;
        }
      }
    }
    return new int[] {dark, bright};
  }

  /** Paints the ground of a pattern over a bit of its figure. */
  private static void erase(Wound w, double r) {
    for (int i = w.dice.chance(0.6) ? 1 : w.dice.in(2, 4); i > 0; i--) {
      int at = w.spot();
      int[] inks = inks(w, at);
      int middle = (Tones.luminance(inks[0]) + Tones.luminance(inks[1])) / 2;
      boolean onBright = Tones.luminance(w.clean[at]) > middle;
      w.g.setColor(new Color(onBright ? inks[0] : inks[1]));
      w.g.fill(w.dice.chance(0.5) ? lump(w, at, r, 0.2) : turnedBox(w, at, r));
    }
  }

  /** Joins two parts of a pattern's figure across its ground. */
  private static void bridge(Wound w) {
    for (int i = w.dice.chance(0.6) ? 1 : w.dice.in(2, 4); i > 0; i--) {
      int at = w.spot();
      int[] inks = inks(w, at);
      int middle = (Tones.luminance(inks[0]) + Tones.luminance(inks[1])) / 2;
      boolean onBright = Tones.luminance(w.clean[at]) > middle;
      double angle = w.dice.angle();
      double length = w.unit() * w.dice.scale(5, 24);
      double x = at % w.side;
      double y = w.row(at);
      w.g.setColor(new Color(onBright ? inks[0] : inks[1]));
      if (w.dice.chance(0.3)) {
        w.g.fill(lump(w, at, w.unit() * w.dice.scale(2, 7), 0.35));
      } else {
        Path2D line =
            new Path2D.Double(
                new Line2D.Double(
                    x, y, x + length * Math.cos(angle), y + length * Math.sin(angle)));
        w.g.fill(Drawing.line(line, w.unit() * w.dice.scale(1.5, 6)));
      }
    }
  }
}
