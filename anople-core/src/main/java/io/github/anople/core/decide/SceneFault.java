package io.github.anople.core.decide;

import io.github.anople.core.detect.Scene;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Something about a whole picture that is unlike the product.
 *
 * @param measure what
 * @param value how much, above the limit
 * @param limit how much is good enough
 */
public record SceneFault(Scene.Measure measure, float value, float limit) {

  private static final int MOST_TOLD = 3;

  /**
   * A fault.
   *
   * @param measure what
   * @param value how much
   * @param limit how much is good enough
   * @throws IllegalArgumentException if the value does not exceed the limit
   */
  public SceneFault {
    Objects.requireNonNull(measure, "measure");
    if (!(value > limit)) {
      throw new IllegalArgumentException(value + " is within " + limit);
    }
  }

  /** How many times the limit it is; infinite where that is 0. */
  double excess() {
    return (double) value / limit;
  }

  /**
   * Faults in words, the first three at most, none twice.
   *
   * @param faults the worst first
   * @return for example {@code dark, blurred}; empty text without faults
   */
  public static String words(List<SceneFault> faults) {
    return faults.stream()
        .map(fault -> fault.measure().words())
        .distinct()
        .limit(MOST_TOLD)
        .collect(Collectors.joining(", "));
  }
}
