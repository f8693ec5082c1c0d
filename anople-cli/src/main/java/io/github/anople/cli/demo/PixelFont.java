package io.github.anople.cli.demo;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.Map;

/** A few letters, five by seven: a machine without fonts draws the same as any other. */
final class PixelFont {

  static final int WIDTH = 5;
  static final int HEIGHT = 7;

  private static final Map<Character, String> ROWS =
      Map.of(
          'A', "01110 10001 10001 11111 10001 10001 10001",
          'B', "11110 10001 10001 11110 10001 10001 11110",
          'E', "11111 10000 10000 11110 10000 10000 11111",
          'L', "10000 10000 10000 10000 10000 10000 11111",
          'N', "10001 11001 10101 10011 10001 10001 10001",
          'O', "01110 10001 10001 10001 10001 10001 01110",
          'P', "11110 10001 10001 11110 10000 10000 10000",
          'R', "11110 10001 10001 11110 10100 10010 10001");

  private PixelFont() {}

  /** Whether a letter is inked in that cell. */
  static boolean inked(char letter, int column, int row) {
    return ROWS.get(letter).charAt(row * (WIDTH + 1) + column) == '1';
  }

  /** Writes a word in the current colour, centred. */
  static void draw(Graphics2D canvas, String word, double x, double y, double cell) {
    double left = x - cell * ((WIDTH + 1) * word.length() - 1) / 2;
    double top = y - cell * HEIGHT / 2;
    for (int i = 0; i < word.length(); i++) {
      for (int row = 0; row < HEIGHT; row++) {
        for (int column = 0; column < WIDTH; column++) {
          if (inked(word.charAt(i), column, row)) {
            canvas.fill(
                new Rectangle2D.Double(
                    left + cell * ((WIDTH + 1) * i + column), top + cell * row, cell, cell));
          }
        }
      }
    }
  }
}
