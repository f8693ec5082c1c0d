package io.github.anople.torch.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.anople.core.InputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A layer, told for a tower of some height: "9 of 12" is layer 9 of a 12-layer tower and 18 of a
 * 24-layer one. Written as {@code 9/12}, or as the number alone where it holds for any height.
 *
 * @param layer 1-based
 * @param of the height it was told for, or 0 when the number holds for any height
 */
public record ScaledLayer(int layer, int of) {

  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,4})(?:/(\\d{1,4}))?");

  /**
   * Checks the values.
   *
   * @param layer 1-based
   * @param of the height it was told for
   */
  public ScaledLayer {
    if (layer < 1 || of < 0 || (of > 0 && layer > of)) {
      throw new InputException(
          "layer", layer + (of > 0 ? " of " + of : "") + " does not exist", "count layers from 1");
    }
  }

  /**
   * This very layer, whatever the tower.
   *
   * @param layer 1-based
   * @return the layer
   */
  public static ScaledLayer exactly(int layer) {
    return new ScaledLayer(layer, 0);
  }

  @JsonCreator
  private static ScaledLayer of(Object written) {
    Matcher parts = WRITTEN.matcher(String.valueOf(written));
    if (parts.matches()) {
      int layer = Integer.parseInt(parts.group(1));
      int of = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
      if (layer >= 1 && (parts.group(2) == null || layer <= of)) {
        return new ScaledLayer(layer, of);
      }
    }
    throw new IllegalArgumentException(
        "should be a layer such as 7, or 9/12 for layer 9 of 12, is "
            + InputException.quoted(String.valueOf(written)));
  }

  @JsonValue
  private Object written() {
    return of == 0 ? layer : this.toString();
  }

  /** As it is written in settings. */
  @Override
  public String toString() {
    return of == 0 ? Integer.toString(layer) : layer + "/" + of;
  }

  /**
   * The layer in a tower.
   *
   * @param layers the tower's height
   * @return max(1, ⌊layer · layers / of + ½⌋)
   */
  public int in(int layers) {
    return of == 0 ? layer : Math.max(1, (2 * layer * layers + of) / (2 * of));
  }
}
