package io.github.anople.benchmark;

import io.github.anople.inspect.metric.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** How tables write what was measured: percent with one digit, a dash for what there is not. */
final class Numbers {

  static final String ABSENT = "–";

  private static final String BETWEEN = " / ";

  /** Several numbers in one place of a table. */
  static final Collector<CharSequence, ?, String> PLACES = Collectors.joining(BETWEEN);

  private Numbers() {}

  static String number(double percent) {
    return String.format(Locale.ROOT, "%.1f", percent);
  }

  /** As a caption says it: "image / pixel AUROC" where the last word is shared. */
  static String titles(List<Metric> metrics) {
    return metrics.equals(Grid.USUAL_METRICS)
        ? "image / pixel AUROC"
        : metrics.stream().map(Metric::title).collect(PLACES);
  }

  static String text(Results.Statistic statistic) {
    return statistic.values().isEmpty()
        ? ABSENT
        : value(statistic) + gaps(List.of(statistic), List.of(""));
  }

  /**
   * Several metrics of the same runs.
   *
   * @param statistics one each
   * @param metrics which they are
   */
  static String joined(List<Results.Statistic> statistics, List<Metric> metrics) {
    if (statistics.stream().allMatch(one -> one.values().isEmpty())) {
      return ABSENT;
    }
    List<String> names = metrics.stream().map(Numbers::shortName).toList();
    return statistics.stream().map(Numbers::value).collect(PLACES) + gaps(statistics, names);
  }

  /** "image" and "pixel" where that is enough. */
  private static String shortName(Metric metric) {
    return Grid.USUAL_METRICS.contains(metric)
        ? metric.title().replace(" AUROC", "")
        : metric.title();
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
  private static String gaps(List<Results.Statistic> statistics, List<String> names) {
    List<String> gaps = new ArrayList<>();
    int most = statistics.stream().mapToInt(one -> one.values().size()).max().orElseThrow();
    int expected = statistics.get(0).expected();
    if (most < expected) {
      gaps.add(String.format(Locale.ROOT, "%d of %d seeds", most, expected));
    }
    if (statistics.stream().mapToInt(Results.Statistic::defined).distinct().count() == 1) {
      categories(statistics.get(0), "").ifPresent(gaps::add);
    } else {
      for (int i = 0; i < names.size(); i++) {
        categories(statistics.get(i), names.get(i) + ": ").ifPresent(gaps::add);
      }
    }
    return gaps.isEmpty() ? "" : " (" + String.join(", ", gaps) + ")";
  }

  private static Optional<String> categories(Results.Statistic statistic, String which) {
    return statistic.defined() < statistic.categories()
        ? Optional.of(
            String.format(
                Locale.ROOT,
                "%s%d of %d categories",
                which,
                statistic.defined(),
                statistic.categories()))
        : Optional.empty();
  }
}
