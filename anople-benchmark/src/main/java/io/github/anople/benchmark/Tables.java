package io.github.anople.benchmark;

import io.github.anople.inspect.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The tables of a benchmark, in the paper's shapes: in percent, mean ± standard deviation over
 * seeds. A number that there is not is a dash.
 */
final class Tables {

  private final Results results;
  private final Grid grid;
  private final PaperFigures paper;

  Tables(Results results, PaperFigures paper) {
    this.results = results;
    this.grid = results.grid();
    this.paper = paper;
  }

  /** All tables: the summary, every metric, and class by class. */
  List<Table> all() {
    List<Table> tables = new ArrayList<>();
    tables.add(new SummaryTable(results, paper).table());
    grid.data().forEach(data -> tables.add(metrics(data)));
    for (GridData data : grid.data()) {
      if (results.categories(data).size() > 1) {
        grid.shots().forEach(shots -> tables.add(classWise(data, shots)));
      }
    }
    return tables;
  }

  /** A row for each variant and number of shots, a column for each metric that one of them has. */
  private Table metrics(GridData data) {
    List<Metric> metrics =
        Grid.AVERAGED_METRICS.stream().filter(metric -> isDefined(data, metric)).toList();
    List<String> header = new ArrayList<>(List.of("variant", "shots"));
    metrics.forEach(metric -> header.add(metric.title()));
    List<List<String>> rows = new ArrayList<>();
    for (Variant variant : grid.variants()) {
      for (int shots : grid.shots()) {
        if (shots >= variant.method().leastShots()) {
          List<String> row = new ArrayList<>(List.of(variant.name(), Integer.toString(shots)));
          metrics.forEach(
              metric -> row.add(Numbers.text(results.of(data, variant, shots, metric))));
          rows.add(row);
        }
      }
    }
    return new Table(data.name() + ": all metrics in %, mean over categories", header, rows);
  }

  private boolean isDefined(GridData data, Metric metric) {
    return grid.variants().stream()
        .anyMatch(
            variant ->
                grid.shots().stream()
                    .anyMatch(shots -> results.of(data, variant, shots, metric).defined() > 0));
  }

  /** A row a category, a column a variant: Tables 6 to 9. */
  private Table classWise(GridData data, int shots) {
    List<Variant> shown =
        grid.variants().stream().filter(one -> shots >= one.method().leastShots()).toList();
    List<String> header = new ArrayList<>(List.of("category"));
    shown.forEach(variant -> header.add(variant.name()));
    List<List<String>> rows = new ArrayList<>();
    for (String category : results.categories(data)) {
      List<String> row = new ArrayList<>(List.of(category));
      for (Variant variant : shown) {
        row.add(joined(metric -> results.of(data, variant, shots, metric, category)));
      }
      rows.add(row);
    }
    List<String> mean = new ArrayList<>(List.of("mean"));
    shown.forEach(variant -> mean.add(joined(metric -> results.of(data, variant, shots, metric))));
    rows.add(mean);
    return new Table(
        "%s, %s: %s in %%, class by class"
            .formatted(data.name(), shots(shots), Numbers.titles(grid.metrics())),
        header,
        rows);
  }

  static String shots(int count) {
    return count == 1 ? "1 shot" : count + " shots";
  }

  private String joined(Function<Metric, Results.Statistic> measured) {
    return Numbers.joined(grid.metrics().stream().map(measured).toList(), grid.metrics());
  }
}
