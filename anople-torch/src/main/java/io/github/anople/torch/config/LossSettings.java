package io.github.anople.torch.config;

import io.github.anople.torch.loss.AlignMode;

/**
 * What is learned from anomalies (section 3.4, eq. 7–11).
 *
 * @param align how pixels teach the image (Table 3c)
 * @param pixel whether dice and focal teach pixels; without them, and with a decoder rate of 0, the
 *     map is CLIP's own dense projection against the texts (MaPLe + DRAEM)
 */
public record LossSettings(AlignMode align, boolean pixel) {}
