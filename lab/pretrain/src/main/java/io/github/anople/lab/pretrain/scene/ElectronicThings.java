package io.github.anople.lab.pretrain.scene;

import static io.github.anople.lab.pretrain.scene.Drawing.box;
import static io.github.anople.lab.pretrain.scene.Drawing.disc;
import static io.github.anople.lab.pretrain.scene.Drawing.line;
import static io.github.anople.lab.pretrain.scene.Drawing.open;
import static io.github.anople.lab.pretrain.scene.Drawing.round;

import io.github.anople.lab.pretrain.scene.Drawing.Shading;
import java.awt.geom.Path2D;
import java.util.List;

/** Objects of electronics. */
final class ElectronicThings {

  private ElectronicThings() {}

  static List<Thing> all() {
    return List.of(
        Thing.of("chip", "plastic,ceramic", "bent missing broken", ElectronicThings::chip),
        Thing.of(
            "resistor", "ceramic,plastic,wax", "bent broken burnt", ElectronicThings::resistor),
        Thing.of(
            "capacitor", "foil,painted metal,plastic", "dented burnt", ElectronicThings::capacitor),
        Thing.of("cable", "rubber,plastic", "cut broken burnt", ElectronicThings::cable),
        Thing.of("connector", "plastic", "bent missing broken", ElectronicThings::connector),
        Thing.of("circuit board", "circuit", "missing broken burnt", ElectronicThings::board),
        Thing.of("transistor", "plastic", "bent broken", ElectronicThings::transistor),
        Thing.of("battery", "painted metal,foil,plastic", "dented", ElectronicThings::battery));
  }

  private static int metal(Dice dice) {
    return Colours.draw(dice.word("silver", "gold", "silver"), dice);
  }

  private static Drawing chip(Dice dice) {
    double half = dice.in(0.35, 0.75);
    Drawing chip = new Drawing(box(0, 0, 0.85, half), Shading.FLAT);
    int pins = dice.in(4, 12);
    int tin = metal(dice);
    for (int i = 0; i < pins; i++) {
      double x = -0.75 + 1.5 * (i + 0.5) / pins;
      chip.join(box(x, -half - 0.1, 0.42 / pins, 0.12), tin);
      chip.join(box(x, half + 0.1, 0.42 / pins, 0.12), tin);
    }
    chip.shade(disc(-0.7, half * 0.6, 0.06), -0.6);
    chip.shade(line(box(0, 0, 0.83, half - 0.02), 0.03), 0.3);
    Path2D text = new Path2D.Double();
    Glyphs.line(text, dice, -0.5, -half * 0.5, 1.1, half * 0.35);
    Glyphs.line(text, dice, -0.5, half * 0.1, 0.9, half * 0.35);
    return chip.shade(line(text, 0.035), 0.6);
  }

  private static Drawing resistor(Dice dice) {
    double half = dice.in(0.16, 0.24);
    Drawing resistor = new Drawing(round(0, 0, 0.5, half, half * 0.6), Shading.TUBE);
    int tin = metal(dice);
    for (double x = -0.34; x < 0.4; x += 0.18) {
      int band =
          Colours.draw(
              dice.word("red", "brown", "black", "yellow", "green", "gold", "orange"), dice);
      resistor.ink(box(x, 0, 0.045, half), band);
    }
    resistor.shade(box(0, -half * 0.45, 0.45, half * 0.12), 0.4);
    return resistor.join(box(-0.75, 0, 0.25, 0.025), tin).join(box(0.75, 0, 0.25, 0.025), tin);
  }

  private static Drawing capacitor(Dice dice) {
    if (dice.chance(0.5)) {
      Drawing top = new Drawing(disc(0, 0, 0.95), Shading.FLAT);
      top.raised(disc(0, 0, 0.8), 0.2);
      top.shade(box(0, 0, 0.03, 0.6), -0.4).shade(box(0, 0, 0.6, 0.03), -0.4);
      return top.ink(box(0.75, 0, 0.18, 0.9), 0x26262a);
    }
    Drawing can = new Drawing(round(-0.15, 0, 0.65, 0.4, 0.08), Shading.TUBE);
    can.ink(box(-0.15, 0.22, 0.65, 0.1), 0xd8d8d8);
    can.shade(box(0.38, 0, 0.03, 0.4), -0.5);
    int tin = metal(dice);
    return can.join(box(0.75, -0.18, 0.25, 0.025), tin).join(box(0.75, 0.18, 0.25, 0.025), tin);
  }

  private static Drawing cable(Dice dice) {
    Path2D path = new Path2D.Double();
    path.moveTo(-1.1, dice.in(-0.5, 0.5));
    path.curveTo(-0.4, dice.in(-1.2, 1.2), 0.3, dice.in(-1.2, 1.2), 0.75, dice.in(-0.3, 0.3));
    double thick = dice.in(0.1, 0.24);
    Drawing cable = new Drawing(line(path, thick), Shading.FLAT);
    cable.shade(Drawing.moved(line(path, thick * 0.3), 0, thick * 0.3), -0.35);
    cable.shade(Drawing.moved(line(path, thick * 0.2), 0, -thick * 0.2), 0.4);
    double y = path.getCurrentPoint().getY();
    if (dice.chance(0.6)) {
      return cable.join(
          round(0.88, y, 0.16, thick, 0.03),
          Colours.draw(dice.word("black", "white", "silver"), dice));
    }
    return cable.join(line(open(0.75, y, 1.05, y), thick * 0.4), Colours.draw("copper", dice));
  }

  private static Drawing connector(Dice dice) {
    double half = dice.in(0.25, 0.5);
    Drawing connector = new Drawing(round(0, 0, 0.95, half, 0.04), Shading.FLAT);
    int pins = dice.in(3, 10);
    int tin = metal(dice);
    boolean rows = dice.chance(0.5);
    for (int i = 0; i < pins; i++) {
      double x = -0.85 + 1.7 * (i + 0.5) / pins;
      double w = 0.5 / pins;
      for (double y : rows ? new double[] {-half * 0.45, half * 0.45} : new double[] {0}) {
        connector.shade(box(x, y, w, Math.min(w * 1.3, half * 0.38)), -0.75);
        connector.ink(box(x, y, w * 0.5, Math.min(w * 0.8, half * 0.25)), tin);
      }
    }
    return connector.shade(line(connector.outline, 0.04), 0.2);
  }

  private static Drawing board(Dice dice) {
    double half = dice.in(0.6, 1);
    Drawing board = new Drawing(round(0, 0, 1, half, 0.06), Shading.FLAT);
    int tin = metal(dice);
    for (int i = dice.in(3, 12); i > 0; i--) {
      part(board, dice, dice.in(-0.75, 0.75), dice.in(-0.75, 0.75) * half, tin);
    }
    for (int i = 0; i < 4; i++) {
      double x = (i & 1) == 0 ? -0.88 : 0.88;
      double y = (i & 2) == 0 ? -half + 0.12 : half - 0.12;
      board.ink(disc(x, y, 0.085), tin).without(disc(x, y, 0.05));
    }
    return board;
  }

  private static void part(Drawing board, Dice dice, double x, double y, int tin) {
    double w = dice.in(0.06, 0.2);
    double h = dice.in(0.05, 0.16);
    switch (dice.below(4)) {
      case 0 -> {
        for (double p = -w * 0.8; p < w; p += 0.06) {
          board.ink(box(x + p, y, 0.018, h + 0.05), tin);
        }
        board.shade(Drawing.moved(box(x, y, w, h), 0.02, 0.025), -0.5);
        board.ink(box(x, y, w, h), Colours.draw("black", dice));
      }
      case 1 -> {
        board.ink(box(x, y, 0.09, 0.035), tin);
        board.ink(box(x, y, 0.05, 0.037), Colours.draw(dice.word("beige", "brown", "black"), dice));
      }
      case 2 -> {
        board.shade(disc(x + 0.02, y + 0.03, w * 0.7), -0.5);
        board.ink(disc(x, y, w * 0.7), Colours.draw(dice.word("silver", "blue", "navy"), dice));
        board.ink(disc(x, y, w * 0.45), Colours.draw("silver", dice));
      }
      default -> {
        Path2D text = new Path2D.Double();
        Glyphs.line(text, dice, x, y, 0.3, 0.08);
        board.ink(line(text, 0.015), 0xe8e8e0);
      }
    }
  }

  private static Drawing transistor(Dice dice) {
    Drawing body = new Drawing(round(0, -0.35, 0.5, 0.45, 0.1), Shading.FLAT);
    int tin = metal(dice);
    for (int i = -1; i <= 1; i++) {
      body.join(box(i * 0.28, 0.5, 0.05, 0.45), tin);
    }
    if (dice.chance(0.4)) {
      body.join(box(0, -0.88, 0.5, 0.14), tin).without(disc(0, -0.88, 0.08));
    }
    Path2D text = new Path2D.Double();
    Glyphs.line(text, dice, -0.35, -0.5, 0.8, 0.18);
    return body.shade(line(text, 0.03), 0.6);
  }

  private static Drawing battery(Dice dice) {
    double half = dice.in(0.22, 0.35);
    Drawing battery = new Drawing(round(-0.05, 0, 0.9, half, 0.05), Shading.TUBE);
    battery.join(round(0.9, 0, 0.07, half * 0.4, 0.02), metal(dice));
    battery.ink(
        box(0.6, 0, 0.25, half), Colours.draw(dice.word("copper", "gold", "black", "red"), dice));
    battery
        .shade(box(0, -half * 0.5, 0.9, half * 0.12), 0.45)
        .shade(box(0, half * 0.75, 0.9, half * 0.25), -0.35);
    Path2D text = new Path2D.Double();
    Glyphs.line(text, dice, -0.75, -half * 0.4, 1, half * 0.7);
    return battery.shade(line(text, 0.05), 0.6);
  }
}
