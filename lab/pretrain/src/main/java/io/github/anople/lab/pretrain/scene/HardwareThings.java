package io.github.anople.lab.pretrain.scene;

import static io.github.anople.lab.pretrain.scene.Drawing.box;
import static io.github.anople.lab.pretrain.scene.Drawing.disc;
import static io.github.anople.lab.pretrain.scene.Drawing.line;
import static io.github.anople.lab.pretrain.scene.Drawing.minus;
import static io.github.anople.lab.pretrain.scene.Drawing.open;
import static io.github.anople.lab.pretrain.scene.Drawing.polygon;
import static io.github.anople.lab.pretrain.scene.Drawing.regular;
import static io.github.anople.lab.pretrain.scene.Drawing.round;
import static io.github.anople.lab.pretrain.scene.Drawing.turned;

import io.github.anople.lab.pretrain.scene.Drawing.Shading;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.util.List;

/** Objects of the workshop. */
final class HardwareThings {

  private static final String RIGID = "broken missing chipped bent";

  private HardwareThings() {}

  static List<Thing> all() {
    return List.of(
        Thing.of("gear", "metal,plastic,painted metal", RIGID, HardwareThings::gear),
        Thing.of("screw", "metal", RIGID, HardwareThings::screw),
        Thing.of("bolt", "metal,painted metal", RIGID, HardwareThings::bolt),
        Thing.of("hex nut", "metal,plastic", RIGID, HardwareThings::hexNut),
        Thing.of("washer", "metal,rubber,plastic", RIGID, HardwareThings::washer),
        Thing.of("ring", "metal,plastic,rubber,wood", RIGID, HardwareThings::ring),
        Thing.of("spring", "metal,plastic", "bent broken", HardwareThings::spring),
        Thing.of("pipe", "metal,plastic,painted metal", RIGID, HardwareThings::pipe),
        Thing.of("key", "metal,painted metal", RIGID, HardwareThings::key),
        Thing.of("wrench", "metal,painted metal", RIGID, HardwareThings::wrench),
        Thing.of("bracket", "metal,painted metal,plastic,wood", RIGID, HardwareThings::bracket),
        Thing.of("hook", "metal,plastic", RIGID, HardwareThings::hook));
  }

  private static Drawing gear(Dice dice) {
    int teeth = dice.in(8, 24);
    double depth = dice.in(0.1, 0.24);
    Path2D path = new Path2D.Double();
    for (int i = 0; i < teeth * 4; i++) {
      double r = i % 4 < 2 ? 1 : 1 - depth;
      double t = 2 * Math.PI * (i + (i % 4 == 1 || i % 4 == 2 ? -0.15 : 0.15)) / (teeth * 4);
      if (i == 0) {
        path.moveTo(r * Math.cos(t), r * Math.sin(t));
      } else {
        path.lineTo(r * Math.cos(t), r * Math.sin(t));
      }
    }
    path.closePath();
    Drawing gear = new Drawing(path, Shading.FLAT);
    double hub = dice.in(0.25, 0.5);
    gear.raised(minus(disc(0, 0, 1 - depth * 1.5), disc(0, 0, 1 - depth * 2.3)), 0.08);
    gear.raised(disc(0, 0, hub), 0.1);
    if (dice.chance(0.5)) {
      int holes = dice.in(3, 6);
      double at = (hub + 1 - depth) / 2;
      for (int i = 0; i < holes; i++) {
        double t = 2 * Math.PI * i / holes;
        gear.without(disc(at * Math.cos(t), at * Math.sin(t), (1 - depth - hub) * 0.3));
      }
    }
    return gear.without(disc(0, 0, hub * dice.in(0.3, 0.7)));
  }

  private static Drawing screw(Dice dice) {
    if (dice.chance(0.4)) {
      Drawing head = new Drawing(disc(0, 0, 0.95), Shading.DOME);
      double w = dice.in(0.08, 0.16);
      head.shade(box(0, 0, 0.65, w), -0.7);
      return dice.chance(0.6) ? head.shade(box(0, 0, w, 0.65), -0.7) : head;
    }
    double half = dice.in(0.13, 0.2);
    return threaded(
        polygon(
            -0.95,
            -half * 2.2,
            -0.62,
            -half,
            0.7,
            -half,
            1,
            0,
            0.7,
            half,
            -0.62,
            half,
            -0.95,
            half * 2.2),
        half,
        dice);
  }

  private static Drawing threaded(Shape outline, double half, Dice dice) {
    Drawing drawing = new Drawing(outline, Shading.TUBE);
    double pitch = dice.in(0.07, 0.14);
    for (double x = dice.in(-0.5, -0.2); x < 0.95; x += pitch) {
      drawing.shade(line(open(x, -half * 1.1, x + pitch * 0.5, half * 1.1), pitch * 0.3), -0.55);
      drawing.shade(line(open(x + pitch * 0.35, -half, x + pitch * 0.8, half), pitch * 0.2), 0.35);
    }
    return drawing;
  }

  private static Drawing bolt(Dice dice) {
    double half = dice.in(0.16, 0.26);
    double head = dice.in(0.36, 0.5);
    Path2D path =
        polygon(
            -1, -head, -0.62, -head, -0.62, -half, 1, -half, 1, half, -0.62, half, -0.62, head, -1,
            head);
    Drawing bolt = threaded(path, half, dice);
    bolt.shade(box(-0.81, -head * 0.75, 0.19, head * 0.25), -0.25);
    return bolt.shade(box(-0.81, head * 0.75, 0.19, head * 0.25), -0.4);
  }

  private static Drawing hexNut(Dice dice) {
    Drawing nut = new Drawing(regular(6, 1), Shading.FLAT);
    double bore = dice.in(0.4, 0.58);
    nut.raised(disc(0, 0, 0.83), 0.1);
    nut.shade(disc(0, 0, bore + 0.08), -0.5);
    nut.shade(line(disc(0, 0, bore + 0.03), 0.03), 0.4);
    return nut.without(disc(0, 0, bore));
  }

  private static Drawing washer(Dice dice) {
    double bore = dice.in(0.35, 0.62);
    Drawing washer = new Drawing(minus(disc(0, 0, 1), disc(0, 0, bore)), Shading.FLAT);
    if (dice.chance(0.3)) {
      washer.without(box(0.8, 0, 0.3, dice.in(0.03, 0.1)));
    }
    return washer.shade(line(disc(0, 0, 0.95), 0.05), 0.25);
  }

  private static Drawing ring(Dice dice) {
    double bore = dice.in(0.68, 0.84);
    Drawing ring = new Drawing(minus(disc(0, 0, 1), disc(0, 0, bore)), Shading.FLAT);
    double middle = (1 + bore) / 2;
    ring.shade(line(disc(0, 0, middle + (1 - bore) * 0.3), (1 - bore) * 0.35), -0.35);
    return ring.shade(line(disc(0, 0, middle - (1 - bore) * 0.1), (1 - bore) * 0.25), 0.45);
  }

  private static Drawing spring(Dice dice) {
    int turns = dice.in(5, 12);
    double half = dice.in(0.25, 0.42);
    double wire = 1.7 / turns * dice.in(0.3, 0.5);
    Path2D back = new Path2D.Double();
    Path2D front = new Path2D.Double();
    for (int i = 0; i < turns; i++) {
      double x = -0.9 + 1.8 * i / turns;
      double step = 1.8 / turns;
      front.moveTo(x, -half);
      front.curveTo(x + step * 0.1, -half * 0.4, x + step * 0.4, half * 0.4, x + step * 0.5, half);
      back.moveTo(x + step * 0.5, half);
      back.curveTo(x + step * 0.6, half * 0.4, x + step * 0.9, -half * 0.4, x + step, -half);
    }
    Drawing spring = new Drawing(line(back, wire), Shading.FLAT);
    spring.shade(line(back, wire), -0.45);
    spring.outline.add(new Area(line(front, wire)));
    return spring.shade(line(front, wire * 0.35), 0.45);
  }

  private static Drawing pipe(Dice dice) {
    double half = dice.in(0.18, 0.38);
    Drawing pipe = new Drawing(round(0, 0, 1, half, 0.04), Shading.TUBE);
    if (dice.chance(0.6)) {
      pipe.outline.add(new Area(box(0.85, 0, 0.12, half * 1.25)));
      pipe.raised(box(0.85, 0, 0.12, half * 1.25), 0.1);
    }
    return pipe.shade(box(-0.97, 0, 0.04, half), -0.5);
  }

  private static Drawing key(Dice dice) {
    double r = dice.in(0.3, 0.42);
    Drawing key = new Drawing(disc(-0.62, 0, r), Shading.FLAT);
    key.outline.add(new Area(box(0.2, 0, 0.78, 0.09)));
    for (double x = 0.35; x < 0.95; x += dice.in(0.13, 0.2)) {
      key.outline.add(new Area(box(x, 0.14, 0.05, dice.in(0.06, 0.16))));
    }
    key.shade(line(open(-0.3, -0.02, 0.9, -0.02), 0.03), -0.4);
    return key.without(disc(-0.68, 0, r * 0.45));
  }

  private static Drawing wrench(Dice dice) {
    double half = dice.in(0.1, 0.15);
    Drawing wrench = new Drawing(round(0, 0, 0.8, half, 0.05), Shading.FLAT);
    wrench.outline.add(new Area(disc(-0.72, 0, 0.3)));
    wrench.outline.add(new Area(disc(0.78, 0, 0.24)));
    wrench.raised(round(0, 0, 0.4, half * 0.5, 0.04), -0.15);
    wrench.without(turned(box(-0.9, 0, 0.22, 0.13), 0.15));
    return wrench.without(Drawing.moved(regular(6, 0.13), 0.78, 0));
  }

  private static Drawing bracket(Dice dice) {
    double w = dice.in(0.3, 0.45);
    Drawing bracket =
        new Drawing(
            polygon(
                -0.9, -0.9, -0.9 + w, -0.9, -0.9 + w, 0.9 - w, 0.9, 0.9 - w, 0.9, 0.9, -0.9, 0.9),
            Shading.FLAT);
    double hole = w * dice.in(0.15, 0.28);
    for (double[] at :
        new double[][] {
          {-0.9 + w / 2, -0.6}, {-0.9 + w / 2, 0.1}, {0.1, 0.9 - w / 2}, {0.65, 0.9 - w / 2}
        }) {
      bracket.shade(disc(at[0], at[1], hole * 1.5), -0.25);
      bracket.without(disc(at[0], at[1], hole));
    }
    return bracket;
  }

  private static Drawing hook(Dice dice) {
    Path2D path = new Path2D.Double();
    path.moveTo(0, -0.75);
    path.lineTo(0, 0.1);
    path.curveTo(0, 0.9, -0.75, 0.9, -0.7, dice.in(0.1, 0.35));
    double wire = dice.in(0.12, 0.22);
    Drawing hook = new Drawing(line(path, wire), Shading.FLAT);
    hook.outline.add(new Area(minus(disc(0, -0.82, 0.18 + wire / 2), disc(0, -0.82, 0.14))));
    return hook.shade(line(path, wire * 0.3), 0.4);
  }
}
