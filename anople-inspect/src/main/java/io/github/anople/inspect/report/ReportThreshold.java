package io.github.anople.inspect.report;

import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A threshold and how it came about. What is above it is called defective.
 *
 * @param value the threshold, absent exactly where the origin is {@link Origin#NONE}
 * @param origin how it was found
 * @param explanation a sentence for a reader: what it was found from and what it can promise
 * @param uncertain the lower of two: between it and the value an image is called uncertain; absent
 *     where there is one
 */
public record ReportThreshold(
    OptionalDouble value, Origin origin, String explanation, OptionalDouble uncertain) {

  /** How a threshold was found. */
  public enum Origin {
    /** From further good images, with a promise. */
    CALIBRATED,
    /** From the shots and simulated defects, without a promise. */
    ESTIMATE,
    /** Somebody gave the number. */
    MANUAL,
    /** From a calibration before somebody gave another number. */
    EARLIER,
    /** There is no threshold. */
    NONE
  }

  /**
   * A threshold.
   *
   * @throws IllegalArgumentException if the value is not finite, or is there without an origin, or
   *     is missing with one, or the lower one is above it
   */
  public ReportThreshold {
    Objects.requireNonNull(explanation, "explanation");
    if (value.isEmpty() != (origin == Origin.NONE)) {
      throw new IllegalArgumentException("a threshold " + value + " of origin " + origin);
    }
    if (value.isPresent() && !Double.isFinite(value.getAsDouble())) {
      throw new IllegalArgumentException("the threshold is " + value.getAsDouble());
    }
    if (uncertain.isPresent()
        && !(value.isPresent() && uncertain.getAsDouble() <= value.getAsDouble())) {
      throw new IllegalArgumentException("a lower threshold " + uncertain + " below " + value);
    }
  }

  /**
   * One threshold.
   *
   * @param value the threshold, absent exactly where the origin is {@link Origin#NONE}
   * @param origin how it was found
   * @param explanation a sentence for a reader
   * @throws IllegalArgumentException if the value is not finite, or is there without an origin, or
   *     is missing with one
   */
  public ReportThreshold(OptionalDouble value, Origin origin, String explanation) {
    this(value, origin, explanation, OptionalDouble.empty());
  }

  /**
   * No threshold.
   *
   * @param explanation a sentence for a reader: why there is none, or how to get one
   * @return the absence of one
   */
  public static ReportThreshold none(String explanation) {
    return new ReportThreshold(OptionalDouble.empty(), Origin.NONE, explanation);
  }
}
