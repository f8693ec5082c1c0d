package io.github.anople.torch.loss;

import org.bytedeco.pytorch.Tensor;

/**
 * The objective's terms, scalars of the current scope; a term that is switched off is null.
 *
 * @param dice eq. 9
 * @param focal eq. 9
 * @param cePixel eq. 8
 * @param ceLatent eq. 8
 * @param align eq. 10
 * @param total their sum, which is minimised
 */
public record LossTerms(
    Tensor dice, Tensor focal, Tensor cePixel, Tensor ceLatent, Tensor align, Tensor total) {

  /**
   * The values as plain numbers.
   *
   * @return values, NaN for a term that is off
   */
  public LossValues values() {
    return new LossValues(
        value(dice), value(focal), value(cePixel), value(ceLatent), value(align), value(total));
  }

  private static float value(Tensor term) {
    return term == null ? Float.NaN : term.item_float();
  }
}
