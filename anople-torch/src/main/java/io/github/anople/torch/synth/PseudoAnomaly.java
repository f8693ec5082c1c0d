package io.github.anople.torch.synth;

import java.util.random.RandomGenerator;

/**
 * A good picture with a simulated defect (DRAEM): x⁻ = (1 − m)·x + m·((1 − β)·source + β·x).
 *
 * @param image x⁻, planar {@code [3, side, side]} in [0, 1]
 * @param mask m, {@code [side, side]}, 0 or 1; all 0 when no mask could be drawn, and then the
 *     picture is the good one
 */
public record PseudoAnomaly(float[] image, byte[] mask) {

  private static final double LARGEST_BETA = 0.8;

  /**
   * Draws a mask, a source and β, and blends.
   *
   * @param image x, planar {@code [3, side, side]} in [0, 1], left as it is
   * @param side its side, 2S
   * @param source what shows through
   * @param random source of the draws
   * @return the anomaly
   */
  public static PseudoAnomaly draw(
      float[] image, int side, AnomalySource source, RandomGenerator random) {
    byte[] mask = PerlinMask.draw(side, random);
    if (PerlinMask.isEmpty(mask)) {
      return new PseudoAnomaly(image, mask);
    }
    float[] stuff = source.draw(image, side, random);
    double beta = Draws.uniform(random, 0, LARGEST_BETA);
    return new PseudoAnomaly(blend(image, stuff, mask, (float) beta), mask);
  }

  /**
   * Whether no mask could be drawn.
   *
   * @return whether the picture is the good one
   */
  public boolean isEmpty() {
    return PerlinMask.isEmpty(mask);
  }

  /** The blend of one picture with another where the mask is. */
  static float[] blend(float[] image, float[] source, byte[] mask, float beta) {
    float[] blended = image.clone();
    int pixels = mask.length;
    for (int i = 0; i < pixels; i++) {
      if (mask[i] != 0) {
        for (int at = i; at < blended.length; at += pixels) {
          blended[at] = (1 - beta) * source[at] + beta * image[at];
        }
      }
    }
    return blended;
  }
}
