package io.github.anople.torch.loss;

/**
 * The objective's terms as numbers; a term that is switched off is NaN.
 *
 * @param dice eq. 9
 * @param focal eq. 9
 * @param cePixel eq. 8
 * @param ceLatent eq. 8
 * @param align eq. 10
 * @param total the sum of those that are on
 */
public record LossValues(
    float dice, float focal, float cePixel, float ceLatent, float align, float total) {}
