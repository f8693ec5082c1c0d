package io.github.anople.benchmark;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.benchmark.plot.LineChart;
import io.github.anople.core.InputException;
import io.github.anople.inspect.metric.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** The results of a grid as lines over one of its variants' settings. */
final class GridPlot {

  private final Results results;
  private final Grid grid;
  private final Grid.Plot plot;
  private final List<Point> points = new ArrayList<>();

  /** A variant, and where it stands. */
  private record Point(Variant variant, String x, String series) {

    static Point of(Variant variant, Grid.Plot plot) {
      return new Point(
          variant,
          value(variant, plot.x()),
          plot.series().map(name -> value(variant, name)).orElse(""));
    }

    String place() {
      return series.isEmpty() ? x : x + ", " + series;
    }
  }

  private GridPlot(Results results, Grid.Plot plot) {
    this.results = results;
    this.grid = results.grid();
    this.plot = plot;
    grid.variants().forEach(variant -> points.add(Point.of(variant, plot)));
  }

  /**
   * Refuses a plot in which one variant would hide another.
   *
   * @throws InputException naming both
   */
  static void requireApart(Grid.Plot plot, List<Variant> variants) {
    Map<List<String>, Variant> places = new HashMap<>();
    for (Variant variant : variants) {
      Point point = Point.of(variant, plot);
      Variant other = places.putIfAbsent(List.of(point.x(), point.series()), variant);
      if (other != null) {
        throw new InputException(
            "grid, plot",
            "has %s and %s at one place, %s"
                .formatted(
                    InputException.quoted(other.name()),
                    InputException.quoted(variant.name()),
                    InputException.quoted(point.place())),
            "give them different values of what is drawn, or leave one out");
      }
    }
  }

  /** The chart that a grid asks for. */
  static Optional<LineChart> of(Results results) {
    return results.grid().plot().map(plot -> new GridPlot(results, plot).chart());
  }

  private LineChart chart() {
    Set<String> ticks = new LinkedHashSet<>();
    points.forEach(point -> ticks.add(point.x()));
    List<String> along = List.copyOf(ticks);
    return new LineChart(
        "%s in %%, mean over categories, ± over seeds, by %s"
            .formatted(Numbers.titles(grid.metrics()), plot.xLabel()),
        plot.xLabel(),
        along,
        grid.metrics().stream().map(metric -> panel(metric, along)).toList());
  }

  private LineChart.Panel panel(Metric metric, List<String> ticks) {
    Set<String> series = new LinkedHashSet<>();
    points.forEach(point -> series.add(point.series()));
    List<LineChart.Line> lines = new ArrayList<>();
    for (GridData data : grid.data()) {
      for (int shots : grid.shots()) {
        for (String one : series) {
          lines.add(
              new LineChart.Line(
                  name(data, shots, one),
                  ticks.stream().map(tick -> value(data, shots, one, tick, metric)).toList()));
        }
      }
    }
    return new LineChart.Panel(metric.title() + " in %", lines);
  }

  private String name(GridData data, int shots, String series) {
    String many = grid.shots().size() > 1 ? ", " + Tables.shots(shots) : "";
    String which = series.isEmpty() ? "" : ", " + plot.seriesLabel().orElse("") + " " + series;
    return data.name() + many + which;
  }

  private Optional<LineChart.Value> value(
      GridData data, int shots, String series, String tick, Metric metric) {
    return points.stream()
        .filter(point -> point.x().equals(tick) && point.series().equals(series))
        .map(point -> results.of(data, point.variant(), shots, metric))
        .filter(statistic -> statistic.mean().isPresent())
        .map(
            statistic ->
                new LineChart.Value(
                    100 * statistic.mean().orElseThrow(), percent(statistic.deviation())))
        .findFirst();
  }

  private static OptionalDouble percent(OptionalDouble share) {
    return share.isEmpty() ? share : OptionalDouble.of(100 * share.getAsDouble());
  }

  /** A depth of 9/12 is a depth of 9 on the paper's backbone. */
  private static String value(Variant variant, String setting) {
    try {
      JsonNode value = new JsonMapper().readTree(variant.settings()).path(setting);
      String text = value.isMissingNode() ? variant.name() : value.asText();
      return text.matches("[0-9]+/[0-9]+") ? text.substring(0, text.indexOf('/')) : text;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("settings of " + variant, e);
    }
  }
}
