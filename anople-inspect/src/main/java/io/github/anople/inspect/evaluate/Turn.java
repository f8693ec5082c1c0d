package io.github.anople.inspect.evaluate;

import io.github.anople.core.image.RgbImage;
import java.util.Optional;

/**
 * How a stored image becomes the one that is shown: the eight values of the orientation tag. Found
 * by looking at both, so that whatever a reader honours counts.
 */
enum Turn {
  NONE(false, false, false),
  MIRRORED(false, true, false),
  HALF(false, true, true),
  FLIPPED(false, false, true),
  TRANSPOSED(true, false, false),
  CLOCKWISE(true, false, true),
  TRANSVERSED(true, true, true),
  COUNTERCLOCKWISE(true, true, false);

  private static final int BANDS = 3;

  /** Whether a shown row is a stored column; whether columns, rows are walked from their end. */
  private final boolean exchanges;

  private final boolean fromRight;
  private final boolean fromBottom;

  Turn(boolean exchanges, boolean fromRight, boolean fromBottom) {
    this.exchanges = exchanges;
    this.fromRight = fromRight;
    this.fromBottom = fromBottom;
  }

  /** Which turn leads from one to the other; empty where none does. */
  static Optional<Turn> between(RgbImage stored, RgbImage shown) {
    byte[] from = stored.pixels();
    byte[] to = shown.pixels();
    for (Turn turn : values()) {
      boolean fits =
          turn.width(stored.width(), stored.height()) == shown.width()
              && turn.width(stored.height(), stored.width()) == shown.height();
      if (fits && turn.leads(stored, from, to)) {
        return Optional.of(turn);
      }
    }
    return Optional.empty();
  }

  private boolean leads(RgbImage stored, byte[] from, byte[] to) {
    for (int at = 0; at < to.length / BANDS; at++) {
      int source = source(at, stored.width(), stored.height());
      for (int band = 0; band < BANDS; band++) {
        if (from[BANDS * source + band] != to[BANDS * at + band]) {
          return false;
        }
      }
    }
    return true;
  }

  /** The shown width of a stored size. */
  int width(int width, int height) {
    return exchanges ? height : width;
  }

  /** Marks as they are shown; marks are [height, width]. */
  byte[] apply(byte[] marks, int width, int height) {
    byte[] turned = new byte[marks.length];
    for (int at = 0; at < marks.length; at++) {
      turned[at] = marks[source(at, width, height)];
    }
    return turned;
  }

  /** Which stored pixel is shown there. */
  private int source(int at, int width, int height) {
    int shown = width(width, height);
    int x = at % shown;
    int y = at / shown;
    int column = exchanges ? y : x;
    int row = exchanges ? x : y;
    return (fromBottom ? height - 1 - row : row) * width
        + (fromRight ? width - 1 - column : column);
  }
}
