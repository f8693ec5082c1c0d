package io.github.anople.benchmark.plot;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * Lines over a few values of one setting, a panel a metric.
 *
 * @param title what it shows, in one sentence
 * @param xLabel what the axis below says
 * @param ticks the setting's values, in order; where all are numbers they stand at their places,
 *     else one after another
 * @param panels at least one
 */
public record LineChart(String title, String xLabel, List<String> ticks, List<Panel> panels) {

  /** A chart. */
  public LineChart {
    ticks = List.copyOf(ticks);
    panels = List.copyOf(panels);
  }

  /**
   * One metric.
   *
   * @param yLabel what the axis at the side says
   * @param lines in the legend's order
   */
  public record Panel(String yLabel, List<Line> lines) {

    /** A panel. */
    public Panel {
      lines = List.copyOf(lines);
    }

    /**
     * What its axis must span.
     *
     * @return the ends of all error bars; empty where nothing is measured
     */
    Optional<Span> span() {
      double[] ends =
          lines.stream()
              .flatMap(line -> line.values().stream())
              .flatMap(Optional::stream)
              .flatMapToDouble(Value::ends)
              .toArray();
      return ends.length == 0 ? Optional.empty() : Optional.of(Span.of(ends));
    }
  }

  /**
   * One line.
   *
   * @param name in the legend
   * @param values one for each tick; empty where nothing is measured
   */
  public record Line(String name, List<Optional<Value>> values) {

    /** A line. */
    public Line {
      values = List.copyOf(values);
    }
  }

  /**
   * A point.
   *
   * @param mean in the axis's unit
   * @param deviation over the seeds; empty for one seed
   */
  public record Value(double mean, OptionalDouble deviation) {

    DoubleStream ends() {
      double around = deviation.orElse(0);
      return DoubleStream.of(mean - around, mean + around);
    }
  }

  /**
   * Where a tick stands between the first and the last, 0 to 1.
   *
   * @param tick its number
   */
  double place(int tick) {
    double[] at = places();
    double width = at[at.length - 1] - at[0];
    return width == 0 ? 0.5 : (at[tick] - at[0]) / width;
  }

  /** The ticks' places along the axis, ascending. */
  double[] places() {
    double[] numbers = new double[ticks.size()];
    for (int i = 0; i < numbers.length; i++) {
      Optional<Double> number = number(ticks.get(i));
      if (number.isEmpty() || (i > 0 && number.get() <= numbers[i - 1])) {
        return inOrder();
      }
      numbers[i] = number.get();
    }
    return numbers;
  }

  private double[] inOrder() {
    double[] numbers = new double[ticks.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  private static Optional<Double> number(String text) {
    try {
      double value = Double.parseDouble(text);
      return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
