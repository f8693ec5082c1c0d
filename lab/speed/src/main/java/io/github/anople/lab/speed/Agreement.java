package io.github.anople.lab.speed;

import java.util.Locale;

/**
 * How far two computations of the same numbers are from each other.
 *
 * @param cosine of the two, 1 where they are alike
 * @param largest absolute difference
 */
record Agreement(double cosine, double largest) {

  /** Compares as many numbers as are expected. */
  static Agreement of(float[] expected, float[] actual) {
    if (expected.length != actual.length || expected.length == 0) {
      throw new IllegalArgumentException(
          expected.length + " numbers expected, " + actual.length + " given");
    }
    double product = 0;
    double first = 0;
    double second = 0;
    double largest = 0;
    for (int i = 0; i < expected.length; i++) {
      product += (double) expected[i] * actual[i];
      first += (double) expected[i] * expected[i];
      second += (double) actual[i] * actual[i];
      double difference = Math.abs(expected[i] - actual[i]);
      largest = Math.max(largest, difference); // a NaN stays
    }
    return new Agreement(product / Math.sqrt(first * second), largest);
  }

  /** Whether no number is farther than that. */
  boolean within(double tolerance) {
    return largest <= tolerance;
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "differs by %.1e, cosine %.6f", largest, cosine);
  }
}
