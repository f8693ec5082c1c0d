package io.github.anople.benchmark.figure;

import java.util.ArrayList;
import java.util.List;

/**
 * Text that has to fit, without a font to ask: a letter is taken for half as wide as it is high, a
 * Chinese one for as wide.
 */
final class SheetText {

  private static final double WIDTH = 0.55;
  private static final int WIDE = 0x2E80;

  private SheetText() {}

  private static double width(String text, double size) {
    return text.codePoints().mapToDouble(point -> point < WIDE ? WIDTH : 1).sum() * size;
  }

  /** The text, or its beginning and its end where it is too wide. */
  static String fitting(String text, double size, double room) {
    if (width(text, size) <= room) {
      return text;
    }
    int[] points = text.codePoints().toArray();
    for (int left = points.length - 1; left > 1; left--) {
      int front = (left + 1) / 2;
      String cut =
          new String(points, 0, front)
              + "…"
              + new String(points, points.length - (left - front), left - front);
      if (width(cut, size) <= room) {
        return cut;
      }
    }
    return "…";
  }

  /** Lines of whole words; a word that is too wide has a line of its own, and is cut. */
  static List<String> lines(String text, double size, double room) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ", -1)) {
      if (!line.isEmpty() && width(line + " " + word, size) > room) {
        lines.add(fitting(line.toString(), size, room));
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(fitting(line.toString(), size, room));
    return lines;
  }
}
