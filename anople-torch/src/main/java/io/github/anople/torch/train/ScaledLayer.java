package io.github.anople.torch.train;

import io.github.anople.core.InputException;

/**
 * A layer, told for a tower of some height: "9 of 12" is layer 9 of a 12-layer tower and 18 of a
 * 24-layer one.
 *
 * @param layer 1-based
 * @param of the height it was told for, or 0 when the number holds for any height
 */
public record ScaledLayer(int layer, int of) {

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
