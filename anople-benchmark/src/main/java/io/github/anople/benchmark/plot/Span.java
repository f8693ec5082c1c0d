package io.github.anople.benchmark.plot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The part of an axis that a panel shows, from tick to tick.
 *
 * @param low its lower end
 * @param high its upper end, above the lower one
 * @param step between ticks: 1, 2 or 5 times a power of ten
 */
record Span(double low, double high, double step) {

  /** As many steps as are easily read. */
  private static final int STEPS = 5;

  /** Values that are all alike get some room around them. */
  private static final double LEAST = 1e-3;

  /** The ticks around some values, at least one. */
  static Span of(double... values) {
    double least = Arrays.stream(values).min().orElseThrow();
    double most = Arrays.stream(values).max().orElseThrow();
    double width = Math.max(most - least, LEAST * Math.max(1, Math.abs(most)));
    double step = round(width / STEPS);
    double low = Math.floor(least / step) * step;
    double high = Math.ceil(most / step) * step;
    return new Span(low, high > low ? high : low + step, step);
  }

  private static double round(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    double digit = step / power;
    return power * (digit <= 1 ? 1 : digit <= 2 ? 2 : digit <= 5 ? 5 : 10);
  }

  /** Where a value stands, 0 at the lower end and 1 at the upper one. */
  double place(double value) {
    return (value - low) / (high - low);
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long count = Math.round((high - low) / step);
    for (long i = 0; i <= count; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** Digits behind the point that tell ticks apart. */
  int digits() {
    return Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
  }
}
