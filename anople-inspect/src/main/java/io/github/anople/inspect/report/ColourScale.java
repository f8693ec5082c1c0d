package io.github.anople.inspect.report;

/**
 * The one colour scale of a run's heat maps: a value has the same colour on every picture, and a
 * good part looks calm.
 *
 * @param low the value up to which nothing is coloured
 * @param high the value from which on the colour no longer changes
 */
public record ColourScale(float low, float high) {

  /**
   * The scale of a detector that was not calibrated. A map's values are half harmonic means of two
   * numbers below 1, so they stay below 0.5; where the decoder is sure (0.9) of a patch at a cosine
   * distance of 0.45 from all good ones, that is 0.3. A good patch (0.1 and 0.1) has 0.05, which
   * one cannot see on this scale.
   */
  public static final ColourScale UNCALIBRATED = new ColourScale(0, 0.3f);

  /**
   * A scale.
   *
   * @throws IllegalArgumentException unless low is less than high, and both are finite
   */
  public ColourScale {
    if (!(Float.isFinite(low) && Float.isFinite(high) && low < high)) {
      throw new IllegalArgumentException("no scale from " + low + " to " + high);
    }
  }

  /**
   * The scale of a calibrated detector: nothing is coloured up to the normal level, and the colour
   * is full at twice the threshold.
   *
   * @param normalLevel the map value that good parts usually reach, at most the threshold
   * @param pixelThreshold the map value that separates good from defective pixels, above 0
   * @return from the normal level to twice the threshold
   * @throws IllegalArgumentException if the two are not in that order
   */
  public static ColourScale calibrated(float normalLevel, float pixelThreshold) {
    if (!(pixelThreshold > 0 && normalLevel <= pixelThreshold)) {
      throw new IllegalArgumentException(
          "a normal level of " + normalLevel + " with a threshold of " + pixelThreshold);
    }
    return new ColourScale(normalLevel, 2 * pixelThreshold);
  }
}
