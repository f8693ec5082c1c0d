package io.github.anople.lab.pretrain.scene;

import static io.github.anople.lab.pretrain.scene.Drawing.blob;
import static io.github.anople.lab.pretrain.scene.Drawing.box;
import static io.github.anople.lab.pretrain.scene.Drawing.disc;
import static io.github.anople.lab.pretrain.scene.Drawing.line;
import static io.github.anople.lab.pretrain.scene.Drawing.open;
import static io.github.anople.lab.pretrain.scene.Drawing.oval;
import static io.github.anople.lab.pretrain.scene.Drawing.round;
import static io.github.anople.lab.pretrain.scene.Drawing.star;

import io.github.anople.lab.pretrain.scene.Drawing.Shading;
import java.awt.Shape;
import java.awt.geom.Area;
import java.awt.geom.Path2D;
import java.util.List;

/** Objects that are eaten or grow. */
final class FoodThings {

  private static final String BITTEN = "missing broken";

  private FoodThings() {}

  static List<Thing> all() {
    return List.of(
        Thing.grown("cookie", "cookie dough", BITTEN, FoodThings::cookie),
        Thing.grown("bread slice", "bread", BITTEN, FoodThings::slice),
        Thing.grown("cracker", "cookie dough,bread", BITTEN, FoodThings::cracker),
        Thing.grown(
            "waffle",
            "waffle",
            BITTEN,
            d ->
                new Drawing(
                    d.chance(0.5) ? disc(0, 0, 1) : round(0, 0, 1, 0.9, 0.15), Shading.FLAT)),
        Thing.grown(
            "chocolate bar",
            "chocolate",
            BITTEN,
            d -> new Drawing(round(0, 0, 1, d.in(0.4, 0.8), 0.04), Shading.FLAT)),
        Thing.grown("apple", "fruit skin", "missing", FoodThings::apple),
        Thing.grown(
            "orange",
            "orange peel",
            "missing",
            d -> new Drawing(blob(d, 1, 0.97, 0.02), Shading.DOME)),
        Thing.grown(
            "cheese slice",
            "cheese",
            BITTEN,
            d -> new Drawing(round(0, 0, 1, d.in(0.7, 1), 0.08), Shading.FLAT)),
        Thing.grown("hazelnut", "wood,fruit skin", BITTEN, FoodThings::hazelnut),
        Thing.grown("bean", "wax,fruit skin,plastic", "broken", FoodThings::bean),
        Thing.grown("leaf", "fruit skin,felt,paper", "torn hole missing", FoodThings::leaf),
        Thing.grown("pill", "wax,plastic,concrete", BITTEN, FoodThings::pill),
        Thing.grown("capsule", "plastic,wax", "broken dented", FoodThings::capsule),
        Thing.grown("pretzel", "cookie dough,bread", "broken missing", FoodThings::pretzel));
  }

  private static Drawing cookie(Dice dice) {
    Shape outline =
        dice.chance(0.25) ? star(dice.in(12, 20), 1, 0.93) : blob(dice, 1, dice.in(0.85, 1), 0.05);
    Drawing cookie = new Drawing(outline, Shading.FLAT);
    cookie.shade(line(outline, 0.16), -0.2);
    if (dice.chance(0.3)) {
      for (int i = dice.in(4, 9); i > 0; i--) {
        double r = 0.75 * Math.sqrt(dice.unit());
        double t = dice.angle();
        cookie.shade(disc(r * Math.cos(t), r * Math.sin(t), 0.05), -0.6);
      }
    }
    return cookie;
  }

  private static Drawing slice(Dice dice) {
    Area outline = new Area(round(0, 0.2, 0.8, 0.75, 0.12));
    outline.add(new Area(round(0, -0.5, 0.95, dice.in(0.35, 0.5), 0.35)));
    Drawing slice = new Drawing(outline, Shading.FLAT);
    slice.ink(
        line(outline, dice.in(0.1, 0.2)), Colours.draw(dice.word("brown", "golden", "dark"), dice));
    return slice.shade(line(outline, 0.06), -0.2);
  }

  private static Drawing cracker(Dice dice) {
    double half = dice.in(0.6, 1);
    Drawing cracker = new Drawing(round(0, 0, 1, half, 0.08), Shading.FLAT);
    for (double x = -0.75; x < 0.9; x += 0.3) {
      for (double y = -half * 0.75; y < half * 0.9; y += half * 0.37) {
        cracker.shade(disc(x, y, 0.045), -0.7);
      }
    }
    return cracker.shade(line(cracker.outline, 0.1), -0.25);
  }

  private static Drawing apple(Dice dice) {
    Area outline = new Area(oval(-0.35, 0, 0.62, 0.85));
    outline.add(new Area(oval(0.35, 0, 0.62, 0.85)));
    outline.add(new Area(oval(0, 0.1, 0.6, 0.7)));
    Drawing apple = new Drawing(outline, Shading.DOME);
    apple.shade(oval(0, -0.72, 0.25, 0.12), -0.4);
    return apple.join(line(open(0, -0.68, dice.in(-0.2, 0.2), -1), 0.07), 0x4a3420);
  }

  private static Drawing hazelnut(Dice dice) {
    Path2D path = new Path2D.Double();
    double wide = dice.in(0.75, 0.95);
    path.moveTo(0, -1);
    path.curveTo(0.5, -0.8, wide, -0.3, wide, 0.2);
    path.curveTo(wide, 0.9, -wide, 0.9, -wide, 0.2);
    path.curveTo(-wide, -0.3, -0.5, -0.8, 0, -1);
    Drawing nut = new Drawing(path, Shading.DOME);
    return nut.ink(oval(0, 0.6, 0.55, 0.17), Colours.draw("beige", dice));
  }

  private static Drawing bean(Dice dice) {
    Path2D path = new Path2D.Double();
    double dent = dice.in(0, 0.35);
    path.moveTo(-1, 0);
    path.curveTo(-1, -0.85, 1, -0.85, 1, 0);
    path.curveTo(1, 0.6, 0.5, 0.55, 0, 0.5 - dent);
    path.curveTo(-0.5, 0.55, -1, 0.6, -1, 0);
    Drawing bean = new Drawing(path, Shading.DOME);
    return dice.chance(0.5) ? bean.shade(oval(0, 0.4 - dent, 0.2, 0.07), -0.5) : bean;
  }

  private static Drawing leaf(Dice dice) {
    double wide = dice.in(0.45, 0.9);
    Path2D path = new Path2D.Double();
    path.moveTo(-1, 0);
    path.quadTo(-0.1, -wide * 1.3, 1, 0);
    path.quadTo(-0.1, wide * 1.3, -1, 0);
    Drawing leaf = new Drawing(path, Shading.FLAT);
    leaf.shade(line(open(-1, 0, 0.95, 0), 0.03), 0.45);
    for (double x = -0.7; x < 0.7; x += dice.in(0.16, 0.26)) {
      leaf.shade(line(open(x, 0, x + 0.3, -0.6), 0.015), 0.35);
      leaf.shade(line(open(x, 0, x + 0.3, 0.6), 0.015), 0.35);
    }
    return leaf.join(line(open(-1, 0, -1.15, 0.05), 0.05), 0x5c6a30);
  }

  private static Drawing pill(Dice dice) {
    boolean longish = dice.chance(0.4);
    Shape outline = longish ? round(0, 0, 1, 0.5, 0.45) : disc(0, 0, 0.9);
    Drawing pill = new Drawing(outline, Shading.FLAT);
    pill.shade(line(outline, 0.14), -0.25).shade(line(outline, 0.05), -0.2);
    if (dice.chance(0.5)) {
      return pill.shade(box(0, 0, 0.03, 0.9), -0.45).shade(box(0.04, 0, 0.015, 0.9), 0.4);
    }
    Path2D text = new Path2D.Double();
    Glyphs.line(text, dice, -0.5, -0.2, 1.1, 0.4);
    return pill.shade(line(text, 0.06), -0.5);
  }

  private static Drawing capsule(Dice dice) {
    double half = dice.in(0.3, 0.42);
    Drawing capsule = new Drawing(round(0, 0, 1, half, half), Shading.TUBE);
    if (dice.chance(0.8)) {
      Area end = new Area(box(0.55, 0, 0.55, 1));
      end.intersect(capsule.outline);
      capsule.ink(end, Colours.draw(dice.pick(Material.words(Colours.ANY)), dice));
      capsule.shade(box(0.02, 0, 0.02, 1), -0.35);
    }
    Path2D text = new Path2D.Double();
    Glyphs.line(text, dice, -0.7, -0.12, 0.7, 0.22);
    capsule.shade(line(text, 0.04), -0.55);
    return capsule.shade(round(0, -half * 0.5, 0.8, 0.05, 0.05), 0.55);
  }

  private static Drawing pretzel(Dice dice) {
    Path2D path = new Path2D.Double();
    path.moveTo(-0.35, 0.75);
    path.curveTo(0.2, 0.3, 1.3, -0.8, 0.55, -0.75);
    path.curveTo(0.2, -0.75, 0, -0.5, 0, -0.35);
    path.curveTo(0, -0.5, -0.2, -0.75, -0.55, -0.75);
    path.curveTo(-1.3, -0.8, -0.2, 0.3, 0.35, 0.75);
    double thick = dice.in(0.2, 0.28);
    Drawing pretzel = new Drawing(line(path, thick), Shading.FLAT);
    pretzel.shade(line(path, thick * 0.35), 0.25);
    for (int i = 0; i < 26; i++) {
      pretzel.ink(box(dice.in(-0.85, 0.85), dice.in(-0.85, 0.8), 0.02, 0.02), 0xf4f0e6);
    }
    return pretzel;
  }
}
