package io.github.anople.lab.pretrain.scene;

import static io.github.anople.lab.pretrain.scene.Drawing.box;
import static io.github.anople.lab.pretrain.scene.Drawing.disc;
import static io.github.anople.lab.pretrain.scene.Drawing.line;
import static io.github.anople.lab.pretrain.scene.Drawing.minus;
import static io.github.anople.lab.pretrain.scene.Drawing.open;
import static io.github.anople.lab.pretrain.scene.Drawing.oval;
import static io.github.anople.lab.pretrain.scene.Drawing.polygon;
import static io.github.anople.lab.pretrain.scene.Drawing.regular;
import static io.github.anople.lab.pretrain.scene.Drawing.round;
import static io.github.anople.lab.pretrain.scene.Drawing.star;

import io.github.anople.lab.pretrain.scene.Drawing.Shading;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.util.List;

/** Objects of the house, and plain shapes. */
final class HouseholdThings {

  private static final String RIGID = "broken missing chipped";

  private HouseholdThings() {}

  static List<Thing> all() {
    return List.of(
        Thing.of("bottle", "glass,plastic,ceramic", RIGID, HouseholdThings::bottle),
        Thing.of(
            "bottle cap", "metal,plastic,painted metal", RIGID + " bent", HouseholdThings::cap),
        Thing.of("plate", "ceramic,glass,plastic,wood", RIGID, HouseholdThings::plate),
        Thing.of("cup", "ceramic,plastic,metal,glass", RIGID, HouseholdThings::cup),
        Thing.of("candle", "wax", "broken missing burnt", HouseholdThings::candle),
        Thing.of("toothbrush", "plastic", "broken missing bent", HouseholdThings::toothbrush),
        Thing.of("zipper", "fabric,felt", "broken missing torn", HouseholdThings::zipper),
        Thing.of("button", "plastic,wood,metal,ceramic", RIGID, HouseholdThings::button),
        Thing.of("coin", "metal", "bent", HouseholdThings::coin),
        Thing.of("label", "printed text,paper", "torn missing", HouseholdThings::label),
        Thing.of("letter", "plastic,wood,metal,foam,painted metal", RIGID, HouseholdThings::letter),
        Thing.of("tube", "plastic,metal,foil", "bent dented", HouseholdThings::tube),
        Thing.of("pencil", "wood,plastic", "broken missing", HouseholdThings::pencil),
        Thing.of("spoon", "metal,wood,plastic", RIGID + " bent", HouseholdThings::spoon),
        Thing.of(
            "box",
            "cardboard,wood,painted metal,plastic",
            "dented torn missing",
            HouseholdThings::box3),
        Thing.of(
            "star",
            "plastic,wood,foil,felt,cookie dough,metal",
            RIGID,
            d -> new Drawing(star(d.in(5, 8), 1, d.in(0.4, 0.65)), Shading.FLAT)),
        Thing.of("cross", "wood,metal,plastic,painted metal", RIGID, HouseholdThings::cross),
        Thing.of(
            "disc",
            "metal,plastic,wood,rubber,felt,cork,stone",
            RIGID,
            d -> new Drawing(disc(0, 0, 1), Shading.FLAT)),
        Thing.of(
            "ball",
            "rubber,plastic,wood,glass,metal,marble,leather",
            RIGID,
            d -> new Drawing(disc(0, 0, 1), Shading.DOME)),
        Thing.of(
            "block",
            "wood,plastic,foam,brick,stone,concrete,marble",
            RIGID,
            d -> new Drawing(round(0, 0, 1, d.in(0.4, 1), 0.05), Shading.FLAT)),
        Thing.of(
            "triangle",
            "wood,plastic,metal,felt",
            RIGID,
            d -> new Drawing(regular(3, 1.1), Shading.FLAT)),
        Thing.of(
            "hexagon",
            "tile,wood,metal,plastic",
            RIGID,
            d -> new Drawing(regular(6, 1), Shading.FLAT)),
        Thing.of("heart", "felt,plastic,chocolate,wood,foil", RIGID, HouseholdThings::heart));
  }

  private static Drawing bottle(Dice dice) {
    double body = dice.in(0.3, 0.48);
    double neck = body * dice.in(0.3, 0.5);
    double shoulder = dice.in(-0.45, -0.1);
    Path2D path = new Path2D.Double();
    path.moveTo(-neck, -0.95);
    path.lineTo(-neck, shoulder - 0.2);
    path.quadTo(-neck, shoulder - 0.05, -body, shoulder + 0.15);
    path.lineTo(-body, 0.9);
    path.quadTo(-body, 1, -body + 0.1, 1);
    path.lineTo(body - 0.1, 1);
    path.quadTo(body, 1, body, 0.9);
    path.lineTo(body, shoulder + 0.15);
    path.quadTo(neck, shoulder - 0.05, neck, shoulder - 0.2);
    path.lineTo(neck, -0.95);
    path.closePath();
    Drawing bottle = new Drawing(path, Shading.FLAT);
    bottle.shade(box(body * 0.75, 0.3, body * 0.25, 1.3), -0.25);
    bottle.shade(round(-body * 0.6, 0.4, body * 0.08, 0.4, 0.03), 0.5);
    if (dice.chance(0.6)) {
      int cap = Colours.draw(dice.pick(Material.words(Colours.ANY)), dice);
      bottle.join(round(0, -0.93, neck * 1.2, 0.1, 0.03), cap);
    }
    if (dice.chance(0.5)) {
      int paper = Colours.draw(dice.word("white", "yellow", "red", "blue", "green"), dice);
      bottle.ink(box(0, 0.45, body, 0.3), paper);
      Path2D text = new Path2D.Double();
      Glyphs.line(text, dice, -body * 0.8, 0.3, body * 1.6, 0.16);
      bottle.ink(line(text, 0.03), Tones.luminance(paper) > 110 ? 0x202020 : 0xf0f0f0);
    }
    return bottle;
  }

  private static Drawing cap(Dice dice) {
    Drawing cap = new Drawing(star(dice.in(18, 30), 1, 0.93), Shading.FLAT);
    cap.raised(disc(0, 0, 0.8), 0.12);
    if (dice.chance(0.6)) {
      Path2D sign = new Path2D.Double();
      Glyphs.add(sign, dice.below(Glyphs.count()), -0.25, -0.35, 0.5, 0.7);
      cap.ink(line(sign, 0.12), Colours.draw(dice.word("white", "black", "gold", "red"), dice));
    }
    return cap;
  }

  private static Drawing plate(Dice dice) {
    Drawing plate = new Drawing(disc(0, 0, 1), Shading.FLAT);
    double rim = dice.in(0.6, 0.8);
    plate.shade(minus(disc(0, 0, rim), disc(0.03, 0.04, rim)), -0.3);
    plate.shade(minus(disc(0, 0, rim), disc(-0.03, -0.04, rim)), 0.35);
    if (dice.chance(0.5)) {
      plate.ink(
          line(disc(0, 0, 0.9), dice.in(0.02, 0.07)),
          Colours.draw(dice.pick(Material.words(Colours.ANY)), dice));
    }
    return plate;
  }

  private static Drawing cup(Dice dice) {
    double top = dice.in(0.5, 0.7);
    double low = top * dice.in(0.65, 1);
    Drawing cup = new Drawing(polygon(-top, -0.8, top, -0.8, low, 0.9, -low, 0.9), Shading.FLAT);
    cup.outline.add(new Area(minus(oval(top, 0, 0.4, 0.45), oval(top, 0, 0.25, 0.3))));
    cup.outline.add(new Area(oval(0, -0.8, top, 0.14)));
    cup.shade(polygon(top * 0.4, -0.8, top, -0.8, low, 0.9, low * 0.4, 0.9), -0.25);
    return cup.shade(oval(0, -0.8, top * 0.92, 0.11), -0.6);
  }

  private static Drawing candle(Dice dice) {
    double half = dice.in(0.2, 0.5);
    Drawing candle = new Drawing(round(0, 0.1, half, 0.85, 0.06), Shading.FLAT);
    candle.shade(box(half * 0.7, 0.1, half * 0.3, 0.85), -0.25);
    candle.shade(box(-half * 0.55, 0.1, half * 0.15, 0.85), 0.25);
    candle.shade(oval(0, -0.72, half * 0.9, 0.06), 0.3);
    return candle.join(line(open(0, -0.72, dice.in(-0.06, 0.06), -0.95), 0.04), 0x2a2420);
  }

  private static Drawing toothbrush(Dice dice) {
    Drawing brush = new Drawing(round(-0.25, 0, 0.75, 0.08, 0.08), Shading.FLAT);
    brush.outline.add(new Area(round(0.7, 0, 0.3, 0.13, 0.1)));
    int bristle = Colours.draw(dice.word("white", "blue", "green", "red", "turquoise"), dice);
    boolean side = dice.chance(0.5);
    for (double x = 0.46; x < 0.96; x += 0.085) {
      int c = Tones.scale(bristle, dice.in(0.85, 1.15));
      if (side) {
        brush.join(box(x, -0.26, 0.036, 0.2), c);
      } else {
        brush.ink(disc(x, -0.05, 0.036), c).ink(disc(x, 0.05, 0.036), c);
      }
    }
    return brush.shade(line(open(-0.9, -0.03, 0.2, -0.03), 0.03), 0.3);
  }

  private static Drawing zipper(Dice dice) {
    Drawing zipper = new Drawing(box(0, 0, 1, dice.in(0.25, 0.45)), Shading.FLAT);
    int metal = Colours.draw(dice.word("silver", "gold", "copper", "black"), dice);
    double pitch = dice.in(0.05, 0.09);
    zipper.shade(box(0, 0, 1, 0.1), -0.4);
    int i = 0;
    for (double x = -0.97; x < 0.98; x += pitch) {
      double y = (i++ & 1) == 0 ? -0.035 : 0.035;
      zipper.ink(round(x, y, pitch * 0.42, 0.08, 0.01), Tones.scale(metal, dice.in(0.9, 1.1)));
    }
    if (dice.chance(0.5)) {
      double at = dice.in(-0.6, 0.6);
      zipper.raised(round(at, 0, 0.12, 0.13, 0.04), 0).ink(round(at, 0, 0.11, 0.12, 0.04), metal);
    }
    return zipper;
  }

  private static Drawing button(Dice dice) {
    Drawing button = new Drawing(disc(0, 0, 1), Shading.FLAT);
    button.raised(disc(0, 0, dice.in(0.65, 0.85)), -0.12);
    int holes = dice.chance(0.6) ? 4 : 2;
    for (int i = 0; i < holes; i++) {
      double t = 2 * Math.PI * (i + 0.5) / holes;
      button.without(disc(0.24 * Math.cos(t), 0.24 * Math.sin(t), 0.1));
    }
    return button;
  }

  private static Drawing coin(Dice dice) {
    Drawing coin = new Drawing(disc(0, 0, 1), Shading.FLAT);
    coin.shade(line(disc(0, 0, 0.93), 0.06), -0.3).shade(line(disc(-0.01, -0.01, 0.9), 0.03), 0.4);
    Path2D sign = new Path2D.Double();
    for (int i = 0; i < 2; i++) {
      Glyphs.add(sign, dice.below(Glyphs.count()), -0.5 + 0.55 * i, -0.35, 0.4, 0.7);
    }
    coin.shade(line(Drawing.moved(sign, 0.02, 0.03), 0.12), -0.5);
    return coin.shade(line(sign, 0.09), 0.35);
  }

  private static Drawing label(Dice dice) {
    double half = dice.in(0.4, 0.8);
    Drawing label = new Drawing(round(0, 0, 1, half, dice.in(0, 0.15)), Shading.FLAT);
    Path2D text = new Path2D.Double();
    for (double y = -half * 0.75; y < half * 0.6; y += half * 0.5) {
      Glyphs.line(text, dice, -0.8, y, dice.in(0.8, 1.6), half * 0.3);
    }
    int ink = Colours.draw(dice.word("black", "navy", "red"), dice);
    return label.ink(line(text, half * 0.07), ink).shade(line(label.outline, 0.03), -0.35);
  }

  private static Drawing letter(Dice dice) {
    Path2D sign = new Path2D.Double();
    Glyphs.add(sign, dice.below(Glyphs.count()), -0.5, -0.8, 1, 1.6);
    return new Drawing(line(sign, dice.in(0.24, 0.4)), Shading.FLAT);
  }

  private static Drawing tube(Dice dice) {
    double half = dice.in(0.25, 0.4);
    Drawing tube =
        new Drawing(
            polygon(
                -1,
                -half * 1.1,
                0.65,
                -half,
                0.75,
                -half * 0.4,
                0.75,
                half * 0.4,
                0.65,
                half,
                -1,
                half * 1.1),
            Shading.TUBE);
    tube.join(
        round(0.87, 0, 0.13, half * 0.55, 0.03),
        Colours.draw(dice.word("white", "black", "red", "blue"), dice));
    for (double x = 0.78; x < 1; x += 0.05) {
      tube.shade(box(x, 0, 0.01, half * 0.55), -0.35);
    }
    Path2D text = new Path2D.Double();
    Glyphs.line(text, dice, -0.7, -half * 0.3, 1.2, half * 0.6);
    return tube.shade(line(text, 0.05), -0.6).shade(box(-0.95, 0, 0.05, half * 1.1), -0.25);
  }

  private static Drawing pencil(Dice dice) {
    Drawing pencil = new Drawing(box(-0.1, 0, 0.8, 0.11), Shading.TUBE);
    int paint = Colours.draw(dice.pick(Material.words(Colours.ANY)), dice);
    pencil.ink(box(-0.2, 0, 0.75, 0.11), paint).shade(box(-0.1, -0.04, 0.8, 0.025), 0.35);
    pencil.outline.add(new Area(polygon(0.7, -0.11, 1, 0, 0.7, 0.11)));
    pencil.ink(polygon(0.9, -0.037, 1, 0, 0.9, 0.037), Tones.scale(paint, 0.4f));
    return pencil.join(round(-0.94, 0, 0.07, 0.11, 0.03), Colours.draw("pink", dice));
  }

  private static Drawing spoon(Dice dice) {
    double half = dice.in(0.2, 0.3);
    Drawing spoon = new Drawing(oval(-0.65, 0, 0.35, half), Shading.FLAT);
    spoon.outline.add(new Area(polygon(-0.4, -0.06, 1, -0.09, 1, 0.09, -0.4, 0.06)));
    spoon.shade(oval(-0.65, 0, 0.28, half * 0.75), -0.25);
    return spoon.shade(oval(-0.7, 0.05, 0.15, half * 0.4), 0.3);
  }

  private static Drawing box3(Dice dice) {
    double half = dice.in(0.5, 0.8);
    Drawing box =
        new Drawing(
            polygon(
                -0.9,
                -half,
                0.6,
                -half,
                0.9,
                -half + 0.25,
                0.9,
                half,
                -0.6,
                half,
                -0.9,
                half - 0.25),
            Shading.FLAT);
    box.shade(polygon(-0.9, -half, -0.6, -half + 0.25, -0.6, half, -0.9, half - 0.25), -0.4);
    box.shade(polygon(-0.9, -half, 0.6, -half, 0.9, -half + 0.25, -0.6, -half + 0.25), 0.25);
    if (dice.chance(0.5)) {
      box.ink(Drawing.box(0.15, 0.12, 0.09, half - 0.12), Colours.draw("beige", dice));
    }
    return box;
  }

  private static Drawing cross(Dice dice) {
    double arm = dice.in(0.15, 0.35);
    Drawing cross = new Drawing(box(0, 0, 1, arm), Shading.FLAT);
    cross.outline.add(new Area(box(0, 0, arm, 1)));
    return cross;
  }

  private static Drawing heart(Dice dice) {
    double dip = dice.in(-0.5, -0.3);
    Path2D path = new Path2D.Double();
    path.moveTo(0, 0.95);
    path.curveTo(-1.5, -0.2, -0.7, -1.2, 0, dip);
    path.curveTo(0.7, -1.2, 1.5, -0.2, 0, 0.95);
    path.closePath();
    return new Drawing(path, Shading.FLAT);
  }
}
