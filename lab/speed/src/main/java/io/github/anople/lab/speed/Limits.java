package io.github.anople.lab.speed;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * The machine's limits, measured in the same run as everything else.
 *
 * @param perSecond operations or bytes a second, the most that was seen
 */
record Limits(Map<Limit, Double> perSecond) {

  Limits {
    perSecond = Map.copyOf(perSecond);
  }

  /**
   * The share of its limit that a task reaches: the least time that its work takes, as a part of
   * the median.
   *
   * @return 1 at the limit; empty where no limit is known
   */
  OptionalDouble share(Timing timing) {
    Double rate = timing.work().limit() == null ? null : perSecond.get(timing.work().limit());
    double median = timing.samples().median();
    return rate == null || median == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(timing.work().amount() / rate / median);
  }
}
