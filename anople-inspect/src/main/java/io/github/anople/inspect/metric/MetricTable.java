package io.github.anople.inspect.metric;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Metrics by name; those that are undefined are not there.
 *
 * @param values the values, in {@link Metric}'s order
 */
public record MetricTable(Map<Metric, Double> values) {

  /**
   * A table.
   *
   * @param values the values; copied
   * @throws IllegalArgumentException if one is not finite
   */
  public MetricTable {
    Map<Metric, Double> copy = new EnumMap<>(Metric.class);
    values.forEach(
        (metric, value) -> {
          if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(metric.id() + " is " + value + ": leave it out");
          }
          copy.put(metric, value);
        });
    values = Collections.unmodifiableMap(copy);
  }

  /**
   * The table of what was measured.
   *
   * @param image the image metrics
   * @param pixel the pixel metrics
   * @return those that are defined
   */
  public static MetricTable of(ImageMetrics image, PixelMetrics pixel) {
    Map<Metric, Double> values = new EnumMap<>(Metric.class);
    put(values, Metric.IMAGE_AUROC, image.auroc());
    put(values, Metric.IMAGE_AP, image.averagePrecision());
    image
        .f1Max()
        .ifPresent(
            best -> {
              values.put(Metric.IMAGE_F1_MAX, best.value());
              values.put(Metric.IMAGE_F1_THRESHOLD, best.threshold());
            });
    put(values, Metric.PIXEL_AUROC, pixel.auroc());
    put(values, Metric.PIXEL_AP, pixel.averagePrecision());
    put(values, Metric.AUPRO, pixel.aupro());
    put(values, Metric.AUPRO_05, pixel.aupro05());
    return new MetricTable(values);
  }

  private static void put(Map<Metric, Double> values, Metric metric, OptionalDouble value) {
    value.ifPresent(defined -> values.put(metric, defined));
  }

  /**
   * The same with one more metric.
   *
   * @param metric which
   * @param value its value; where it is empty the metric is not there
   * @return a new table
   */
  public MetricTable with(Metric metric, OptionalDouble value) {
    Map<Metric, Double> changed = new EnumMap<>(Metric.class);
    changed.putAll(values);
    changed.remove(metric);
    put(changed, metric, value);
    return new MetricTable(changed);
  }

  /**
   * One metric.
   *
   * @param metric which
   * @return its value, empty where it is undefined
   */
  public OptionalDouble get(Metric metric) {
    Double value = values.get(metric);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  /**
   * Which metrics a table of several rows needs columns for.
   *
   * @param tables the rows
   * @return those that one of them has, in {@link Metric}'s order
   */
  public static List<Metric> defined(List<MetricTable> tables) {
    return Arrays.stream(Metric.values())
        .filter(metric -> tables.stream().anyMatch(table -> table.get(metric).isPresent()))
        .toList();
  }

  /**
   * The mean of each metric over the tables that have it. A threshold has no mean: it belongs to
   * one category's scores.
   *
   * @param tables for example one a category
   * @return the means
   */
  public static MetricTable mean(List<MetricTable> tables) {
    Map<Metric, Double> means = new EnumMap<>(Metric.class);
    for (Metric metric : Metric.values()) {
      if (metric != Metric.IMAGE_F1_THRESHOLD) {
        OptionalDouble mean =
            tables.stream().flatMapToDouble(table -> table.get(metric).stream()).average();
        put(means, metric, mean);
      }
    }
    return new MetricTable(means);
  }
}
