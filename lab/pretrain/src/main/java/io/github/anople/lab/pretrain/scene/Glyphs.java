package io.github.anople.lab.pretrain.scene;

import java.awt.geom.Path2D;
import java.util.List;

/** Letters and digits as strokes on a grid 2 wide and 4 high: the same on every machine. */
final class Glyphs {

  /** Strokes between spaces; each is a run of points, a digit for x and one for y. */
  private static final List<String> STROKES =
      List.of(
          "041402102224 0222",
          "0400102112 0212231404 ",
          "2110010314 1423",
          "0400102123140 4",
          "20000424 0212",
          "200004 0212",
          "211001031424 2212",
          "0004 2024 0222",
          "1014 0020 0424",
          "20231403",
          "0004 2002 0224",
          "000424",
          "0400122024",
          "04002420",
          "10010314232110",
          "0400102112 0212",
          "0400102112 021224",
          "2010010112232314 1404",
          "0020 1014",
          "0003142320",
          "001420",
          "0004122420",
          "0024 2004",
          "0012 2012 1214",
          "00200424",
          "10010314232110 2103",
          "01101404 0424",
          "01102112 0424 1204",
          "200322 2224",
          "2000021223140 4",
          "2010010314231202",
          "002014",
          "10211203142312011 0",
          "2102 0110212314 04");

  private Glyphs() {}

  static int count() {
    return STROKES.size();
  }

  /** Adds one sign with its upper left corner at (x, y). */
  static void add(Path2D path, int sign, double x, double y, double width, double height) {
    String strokes = STROKES.get(sign);
    boolean down = false;
    for (int i = 0; i + 1 < strokes.length(); i += 2) {
      while (i < strokes.length() && strokes.charAt(i) == ' ') {
        i++;
        down = false;
      }
      if (i + 1 >= strokes.length() || strokes.charAt(i + 1) == ' ') {
        break;
      }
      double px = x + (strokes.charAt(i) - '0') * width / 2;
      double py = y + (strokes.charAt(i + 1) - '0') * height / 4;
      if (down) {
        path.lineTo(px, py);
      } else {
        path.moveTo(px, py);
      }
      down = true;
    }
  }

  /** A line of words, as long as it fits. */
  static void line(Path2D path, Dice dice, double x, double y, double width, double height) {
    double step = height * 0.8;
    double at = x;
    while (at + step < x + width) {
      if (dice.chance(0.84)) {
        add(path, dice.below(count()), at, y, step * 0.65, height);
      }
      at += step;
    }
  }
}
