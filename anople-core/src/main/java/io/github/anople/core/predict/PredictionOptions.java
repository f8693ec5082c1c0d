package io.github.anople.core.predict;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What prediction writes, and how it decides.
 *
 * @param output folder of tables, overlays and maps; empty to write nothing
 * @param overlays whether {@code images/} is filled: pictures with their heat map on them
 * @param maps whether {@code maps/} is filled: 16-bit grey pictures of the raw map
 * @param scaleHigh the map value that heat maps show as hottest, the same for all pictures
 * @param threshold scores from here on are {@link #BAD}; empty for no verdict
 */
public record PredictionOptions(
    Optional<Path> output,
    boolean overlays,
    boolean maps,
    float scaleHigh,
    Optional<Float> threshold) {

  /** The verdict on a good part. */
  public static final String GOOD = "OK";

  /** The verdict on a bad part. */
  public static final String BAD = "NOT OK";

  /**
   * The default of {@link #scaleHigh}. A map lies between 0 and 0.5 (it fuses two probabilities);
   * where the nearest normal patch is a right angle away, and the words say abnormal, it is 1/3.
   */
  public static final float DEFAULT_SCALE_HIGH = 0.3f;

  /**
   * Checks the numbers.
   *
   * @param output folder of tables, overlays and maps
   * @param overlays whether heat maps are drawn
   * @param maps whether raw maps are written
   * @param scaleHigh the map value that is shown as hottest
   * @param threshold scores from here on are bad
   * @throws InputException if a number makes no sense
   */
  public PredictionOptions {
    if (!(scaleHigh > 0 && scaleHigh <= 1)) {
      throw new InputException("scale", scaleHigh + " is out of range", "use 0 to 1, such as 0.3");
    }
    if (threshold.filter(value -> !Float.isFinite(value)).isPresent()) {
      throw new InputException("threshold", threshold.get() + " is no number", "use one");
    }
  }

  /**
   * The verdict on a score.
   *
   * @param score a picture's score
   * @return {@link #GOOD} or {@link #BAD}; empty without a threshold
   */
  Optional<String> verdict(float score) {
    return threshold.map(limit -> score >= limit ? BAD : GOOD);
  }
}
