package io.github.anople.benchmark;

import io.github.anople.benchmark.plot.LineChart;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a grid's runs came to.
 *
 * @param grid what was to run
 * @param cells its runs, in order
 * @param finished those that are finished
 * @param encoders what each sees with; those that are not there are not known
 */
public record Results(
    Grid grid, List<Cell> cells, Map<Cell, CellResult> finished, Map<Cell, String> encoders) {

  /**
   * Results of runs of which nobody tells what they see with.
   *
   * @param grid what was to run
   * @param cells its runs, in order
   * @param finished those that are finished
   */
  public Results(Grid grid, List<Cell> cells, Map<Cell, CellResult> finished) {
    this(grid, cells, finished, Map.of());
  }

  /**
   * The tables that tell them: the summary with what papers report, every metric, class by class.
   *
   * @return the summary first
   */
  public List<Table> tables() {
    return new Tables(this, PaperFigures.read()).all();
  }

  /**
   * The results as lines, where the grid is drawn.
   *
   * @return the chart
   */
  public Optional<LineChart> chart() {
    return GridPlot.of(this);
  }

  /**
   * What a variant sees with.
   *
   * @param variant the row
   * @return the networks' names, of all data sets; empty where nobody knows
   */
  public String encoder(Variant variant) {
    return cells.stream()
        .filter(cell -> cell.variant().equals(variant))
        .map(cell -> encoders.getOrDefault(cell, ""))
        .distinct()
        .collect(Collectors.joining(", "));
  }

  /**
   * A number over seeds.
   *
   * @param values one for each seed that is finished and has the metric
   * @param expected how many seeds there are to be
   * @param defined how many categories have the metric, of the seed that has the fewest; 0 where
   *     there is no value
   * @param categories how many categories the mean of a seed is over, where all have the metric
   */
  public record Statistic(List<Double> values, int expected, int defined, int categories) {

    /**
     * The mean.
     *
     * @return empty where there is no value
     */
    public OptionalDouble mean() {
      return values.stream().mapToDouble(Double::doubleValue).average();
    }

    /**
     * The sample standard deviation, with n − 1.
     *
     * @return empty for less than two values
     */
    public OptionalDouble deviation() {
      if (values.size() < 2) {
        return OptionalDouble.empty();
      }
      double mean = mean().orElseThrow();
      double squares = values.stream().mapToDouble(value -> (value - mean) * (value - mean)).sum();
      return OptionalDouble.of(Math.sqrt(squares / (values.size() - 1)));
    }
  }

  /**
   * A metric over seeds; for each seed the mean over the categories that have it. A seed counts
   * only when all its categories are finished, so that every mean is over the same ones.
   *
   * @param data the data set
   * @param variant the row
   * @param shots the number of shots
   * @param metric which metric
   * @return its values
   */
  public Statistic of(GridData data, Variant variant, int shots, Metric metric) {
    List<Double> values = new ArrayList<>();
    int defined = Integer.MAX_VALUE;
    int categories = 0;
    Map<Long, List<Cell>> seeds = bySeed(data, variant, shots);
    for (List<Cell> runs : seeds.values()) {
      if (runs.stream().allMatch(finished::containsKey)) {
        List<MetricTable> tables =
            runs.stream()
                .flatMap(run -> finished.get(run).categories().stream())
                .map(CellResult.Measured::metrics)
                .toList();
        int having = (int) tables.stream().filter(one -> one.get(metric).isPresent()).count();
        if (having > 0) {
          values.add(MetricTable.mean(tables).get(metric).orElseThrow());
          defined = Math.min(defined, having);
          categories = Math.max(categories, tables.size());
        }
      }
    }
    return new Statistic(
        List.copyOf(values), seeds.size(), values.isEmpty() ? 0 : defined, categories);
  }

  /**
   * A metric of one category over seeds.
   *
   * @param data the data set
   * @param variant the row
   * @param shots the number of shots
   * @param metric which metric
   * @param category the category
   * @return its values
   */
  public Statistic of(GridData data, Variant variant, int shots, Metric metric, String category) {
    List<Double> values = new ArrayList<>();
    Map<Long, List<Cell>> seeds = bySeed(data, variant, shots);
    for (List<Cell> runs : seeds.values()) {
      runs.stream()
          .flatMap(run -> Optional.ofNullable(finished.get(run)).stream())
          .flatMap(result -> result.categories().stream())
          .filter(measured -> measured.category().equals(category))
          .forEach(measured -> measured.metrics().get(metric).ifPresent(values::add));
    }
    int one = values.isEmpty() ? 0 : 1;
    return new Statistic(List.copyOf(values), seeds.size(), one, one);
  }

  private Map<Long, List<Cell>> bySeed(GridData data, Variant variant, int shots) {
    Map<Long, List<Cell>> seeds = new LinkedHashMap<>();
    for (Cell cell : cells) {
      if (cell.data().equals(data) && cell.variant().equals(variant) && cell.shots() == shots) {
        seeds.computeIfAbsent(cell.seed(), seed -> new ArrayList<>()).add(cell);
      }
    }
    return seeds;
  }

  /**
   * The categories of a data set.
   *
   * @param data the data set
   * @return in order
   */
  public List<String> categories(GridData data) {
    Set<String> names = new LinkedHashSet<>();
    for (Cell cell : cells) {
      if (cell.data().equals(data)) {
        names.addAll(cell.categories());
      }
    }
    return List.copyOf(names);
  }
}
