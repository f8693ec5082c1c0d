package io.github.anople.lab.speed;

import java.util.Arrays;
import java.util.List;

/**
 * Durations of one thing done several times.
 *
 * @param seconds at least one, in the order in which they were taken
 */
record Samples(double[] seconds) {

  Samples {
    if (seconds.length == 0) {
      throw new IllegalArgumentException("no samples");
    }
    for (double one : seconds) {
      if (!(one >= 0 && one < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException("a duration of " + one + " s");
      }
    }
  }

  /** Samples of the same thing, one set after the other. */
  static Samples of(List<Samples> sets) {
    return new Samples(sets.stream().flatMapToDouble(set -> Arrays.stream(set.seconds)).toArray());
  }

  int count() {
    return seconds.length;
  }

  double median() {
    return quantile(0.5);
  }

  double fastest() {
    return quantile(0);
  }

  /** Distance between the quartiles as a part of the median; 0 where the median is 0. */
  double spread() {
    double median = median();
    return median == 0 ? 0 : (quantile(0.75) - quantile(0.25)) / median;
  }

  /**
   * The value below which a part of the samples lies, interpolated linearly between neighbours
   * (Hyndman and Fan's type 7).
   *
   * @param part 0 to 1
   */
  double quantile(double part) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    double place = part * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
