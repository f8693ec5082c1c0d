package io.github.anople.core.decide;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.json.StrictJson;
import java.util.Objects;
import java.util.Optional;

/**
 * A second, lower threshold of pictures. What exceeds it, but not the image threshold, is neither
 * OK nor NOT OK but UNCERTAIN: somebody should look.
 *
 * @param threshold the largest score of a picture that is OK, in [0, image threshold]
 * @param target the share of good pictures that was to be UNCERTAIN or NOT OK at most; empty
 *     exactly where somebody chose the threshold
 * @param promised the share of good pictures that are so at most, on average; of {@link
 *     Calibration.Kind#CONFORMAL} alone
 */
public record Uncertain(float threshold, Optional<Double> target, Optional<Double> promised) {

  private static final String THRESHOLD = "uncertain_threshold";
  private static final String TARGET = "uncertain_false_alarm";
  private static final String PROMISED = "promised_uncertain_false_alarm";

  /**
   * A lower threshold.
   *
   * @throws IllegalArgumentException if the threshold is not in [0, 1]
   */
  public Uncertain {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(promised, "promised");
    Calibration.require(Threshold.isScore(threshold), "an uncertain threshold of " + threshold);
  }

  /** Refuses what cannot stand below an image threshold with its target and promise. */
  void requireBelow(float imageThreshold, double falseAlarm, Optional<Double> promise) {
    Calibration.require(
        threshold <= imageThreshold,
        "an uncertain threshold of %s above the image threshold %s"
            .formatted(threshold, imageThreshold));
    target.ifPresent(share -> requireTarget(share, falseAlarm));
    Calibration.require(
        promised.isPresent() == promise.isPresent(), "a promise for one of two thresholds");
    promised.ifPresent(
        share ->
            Calibration.require(
                share <= 1 && share >= promise.orElseThrow(),
                "a promise of %s uncertain or NOT OK beside one of %s NOT OK"
                    .formatted(share, promise.orElseThrow())));
  }

  static void requireTarget(double share, double falseAlarm) {
    Calibration.requireTarget(share);
    Calibration.require(
        share > falseAlarm,
        "a target of %s uncertain or NOT OK beside one of %s NOT OK".formatted(share, falseAlarm));
  }

  void putInto(ObjectNode json) {
    json.put(THRESHOLD, threshold);
    target.ifPresent(share -> json.put(TARGET, share));
    promised.ifPresent(share -> json.put(PROMISED, share));
  }

  /** What {@link #putInto} wrote; empty where nothing was. */
  static Optional<Uncertain> read(StrictJson json) {
    return json.has(THRESHOLD)
        ? Optional.of(
            new Uncertain(
                (float) json.number(THRESHOLD), number(json, TARGET), number(json, PROMISED)))
        : Optional.empty();
  }

  private static Optional<Double> number(StrictJson json, String name) {
    return json.has(name) ? Optional.of(json.number(name)) : Optional.empty();
  }
}
