package io.github.anople.benchmark;

import io.github.anople.inspect.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The tables of a benchmark, in the paper's shapes: image / pixel AUROC in percent, mean ± standard
 * deviation over seeds. A number that there is not is a dash.
 */
final class Tables {

  static final String ABSENT = "–";

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
    tables.add(summary());
    grid.data().forEach(data -> tables.add(metrics(data)));
    for (GridData data : grid.data()) {
      if (results.categories(data).size() > 1) {
        grid.shots().forEach(shots -> tables.add(classWise(data, shots)));
      }
    }
    return tables;
  }

  /** A row a variant, a column for each data set and number of shots: Tables 1 to 5. */
  private Table summary() {
    List<String> header = new ArrayList<>(List.of("variant"));
    for (GridData data : grid.data()) {
      for (int shots : grid.shots()) {
        header.add(data.name() + ", " + shots(shots));
        if (hasPaper(data, shots)) {
          header.add("paper");
        }
      }
    }
    List<List<String>> rows = new ArrayList<>();
    grid.variants().forEach(variant -> rows.add(row(variant.name(), Optional.of(variant))));
    figures().stream()
        .map(PaperFigures.Figure::variant)
        .distinct()
        .filter(name -> grid.variants().stream().noneMatch(one -> one.name().equals(name)))
        .map(name -> row(name, Optional.empty()))
        .filter(row -> row.stream().skip(1).anyMatch(cell -> !cell.equals(ABSENT)))
        .forEach(rows::add);
    return new Table(
        grid.name() + ": image / pixel AUROC in %, mean over categories, ± over seeds",
        header,
        rows);
  }

  private List<String> row(String name, Optional<Variant> variant) {
    List<String> row = new ArrayList<>(List.of(name));
    for (GridData data : grid.data()) {
      for (int shots : grid.shots()) {
        row.add(variant.map(one -> auroc(data, one, shots)).orElse(ABSENT));
        if (hasPaper(data, shots)) {
          row.add(
              figures().stream()
                  .filter(figure -> figure.isOf(data.name(), shots))
                  .filter(figure -> figure.variant().equals(name))
                  .map(figure -> number(figure.image()) + " / " + number(figure.pixel()))
                  .findFirst()
                  .orElse(ABSENT));
        }
      }
    }
    return row;
  }

  private boolean hasPaper(GridData data, int shots) {
    return figures().stream().anyMatch(figure -> figure.isOf(data.name(), shots));
  }

  private List<PaperFigures.Figure> figures() {
    return grid.paper().map(paper::table).orElse(List.of());
  }

  private String auroc(GridData data, Variant variant, int shots) {
    return pair(
        results.of(data, variant, shots, Metric.IMAGE_AUROC),
        results.of(data, variant, shots, Metric.PIXEL_AUROC));
  }

  /** A row for each variant and number of shots, a column for each metric that one of them has. */
  private Table metrics(GridData data) {
    List<Metric> metrics = new ArrayList<>(List.of(Metric.values()));
    metrics.remove(Metric.IMAGE_F1_THRESHOLD);
    metrics.removeIf(metric -> !isDefined(data, metric));
    List<String> header = new ArrayList<>(List.of("variant", "shots"));
    metrics.forEach(metric -> header.add(metric.title()));
    List<List<String>> rows = new ArrayList<>();
    for (Variant variant : grid.variants()) {
      for (int shots : grid.shots()) {
        if (shots >= variant.method().leastShots()) {
          List<String> row = new ArrayList<>(List.of(variant.name(), Integer.toString(shots)));
          metrics.forEach(metric -> row.add(text(results.of(data, variant, shots, metric))));
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
        row.add(
            pair(
                results.of(data, variant, shots, Metric.IMAGE_AUROC, category),
                results.of(data, variant, shots, Metric.PIXEL_AUROC, category)));
      }
      rows.add(row);
    }
    List<String> mean = new ArrayList<>(List.of("mean"));
    shown.forEach(variant -> mean.add(auroc(data, variant, shots)));
    rows.add(mean);
    return new Table(
        data.name() + ", " + shots(shots) + ": image / pixel AUROC in %, class by class",
        header,
        rows);
  }

  private static String shots(int count) {
    return count == 1 ? "1 shot" : count + " shots";
  }

  private static String pair(Results.Statistic image, Results.Statistic pixel) {
    String both = value(image) + " / " + value(pixel);
    return both.equals(ABSENT + " / " + ABSENT) ? ABSENT : both + gaps(image, pixel);
  }

  private static String text(Results.Statistic statistic) {
    return statistic.values().isEmpty() ? ABSENT : value(statistic) + gaps(statistic, statistic);
  }

  private static String value(Results.Statistic statistic) {
    if (statistic.mean().isEmpty()) {
      return ABSENT;
    }
    String mean = number(100 * statistic.mean().getAsDouble());
    return statistic.deviation().isEmpty()
        ? mean
        : mean + " ± " + number(100 * statistic.deviation().getAsDouble());
  }

  /** Whoever compares must know that seeds are missing, or categories. */
  private static String gaps(Results.Statistic image, Results.Statistic pixel) {
    List<String> gaps = new ArrayList<>();
    int most = Math.max(image.values().size(), pixel.values().size());
    if (most < image.expected()) {
      gaps.add("%d of %d seeds".formatted(most, image.expected()));
    }
    if (image.defined() == pixel.defined()) {
      categories(image, "").ifPresent(gaps::add);
    } else {
      categories(image, "image: ").ifPresent(gaps::add);
      categories(pixel, "pixel: ").ifPresent(gaps::add);
    }
    return gaps.isEmpty() ? "" : " (" + String.join(", ", gaps) + ")";
  }

  private static Optional<String> categories(Results.Statistic statistic, String which) {
    return statistic.defined() < statistic.categories()
        ? Optional.of(
            which + "%d of %d categories".formatted(statistic.defined(), statistic.categories()))
        : Optional.empty();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}
