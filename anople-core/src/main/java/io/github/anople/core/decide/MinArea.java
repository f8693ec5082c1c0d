package io.github.anople.core.decide;

import io.github.anople.core.InputException;
import java.math.BigDecimal;
import java.util.Objects;

/**
 * How large a place of a picture must be to count as a defect.
 *
 * @param value at least so much, from 0
 * @param unit of what
 */
public record MinArea(double value, Unit unit) {

  /** Every place counts. */
  public static final MinArea NONE = new MinArea(0, Unit.PIXELS);

  private static final double ALL = 100;

  /** What areas are measured in. */
  public enum Unit {
    /** Pixels of the picture. */
    PIXELS,
    /** Percent of the part: of the picture, or of what counts of it where some is ignored. */
    PERCENT
  }

  /**
   * An area.
   *
   * @throws IllegalArgumentException if it is below 0, not finite, or above 100 percent
   */
  public MinArea {
    Objects.requireNonNull(unit, "unit");
    if (!(value >= 0) || value > (unit == Unit.PERCENT ? ALL : Double.MAX_VALUE)) {
      throw new IllegalArgumentException("a smallest area of " + value);
    }
  }

  /**
   * What a person writes.
   *
   * @param text a number for pixels of the picture, such as {@code 40}, or with {@code %} for
   *     percent of the part, such as {@code 0.1%}
   * @return the area
   * @throws InputException if it is neither
   */
  public static MinArea of(String text) {
    String plain = text.strip();
    Unit unit = plain.endsWith("%") ? Unit.PERCENT : Unit.PIXELS;
    String number = plain.replaceFirst("\\s*%$", "");
    if (number.matches("\\d{1,12}(\\.\\d{1,12})?|\\.\\d{1,12}")) {
      double value = Double.parseDouble(number);
      if (unit == Unit.PIXELS || value <= ALL) {
        return new MinArea(value, unit);
      }
    }
    throw new InputException(
        "smallest area of a defect",
        "is not an area: " + InputException.quoted(text),
        "give pixels of the picture (40), or percent of it (0.1%)");
  }

  /** Whether a place is large enough. */
  boolean holds(double area, double percent) {
    return (unit == Unit.PIXELS ? area : percent) >= value;
  }

  /**
   * The area in words.
   *
   * @return for example {@code 40 pixels} or {@code 0.1 %}
   */
  public String text() {
    String number = BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    return number + (unit == Unit.PERCENT ? " %" : number.equals("1") ? " pixel" : " pixels");
  }
}
