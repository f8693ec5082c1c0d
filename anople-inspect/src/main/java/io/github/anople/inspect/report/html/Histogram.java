package io.github.anople.inspect.report.html;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.Inspection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How many images of each label have a score in each bin. Bins are open below and closed above, and
 * a threshold is an edge of one, so that no bar stands on both sides of it; so is the lower of two,
 * unless bins would have to be very narrow for it.
 *
 * @param edges ascending, one more than there are bins; empty where there is no image
 * @param counts for each label, [bins]
 */
record Histogram(double[] edges, Map<Label, int[]> counts) {

  private static final int BINS = 28;

  static Histogram of(List<Inspection> images, OptionalDouble threshold, OptionalDouble lower) {
    double[] edges = edges(images, threshold, lower);
    Map<Label, int[]> counts = new EnumMap<>(Label.class);
    for (Label label : Label.values()) {
      counts.put(label, new int[Math.max(0, edges.length - 1)]);
    }
    for (Inspection image : images) {
      counts.get(image.sample().label())[bin(edges, image.score())]++;
    }
    return new Histogram(edges, counts);
  }

  private static double[] edges(
      List<Inspection> images, OptionalDouble threshold, OptionalDouble lower) {
    if (images.isEmpty()) {
      return new double[0];
    }
    double low = threshold.orElse(Double.POSITIVE_INFINITY);
    double high = threshold.orElse(Double.NEGATIVE_INFINITY);
    low = Math.min(low, lower.orElse(low));
    for (Inspection image : images) {
      low = Math.min(low, image.score());
      high = Math.max(high, image.score());
    }
    // Equal scores still need a bin, one that is not lost in rounding.
    double usual = high > low ? (high - low) / BINS : Math.max(1e-3, Math.abs(low) * 1e-3);
    double width = lower.isPresent() ? between(lower.getAsDouble(), threshold, usual) : usual;
    double anchor = threshold.orElse(low + width / 2);
    // Below every score, since a bin does not hold its lower edge.
    int before = (int) Math.ceil((anchor - low) / width + 0.25);
    int after = (int) Math.max(1, Math.ceil((high - anchor) / width));
    double[] edges = new double[before + after + 1];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = anchor + (i - before) * width;
    }
    edges[edges.length - 1] = Math.max(edges[edges.length - 1], high);
    return edges;
  }

  /** The width near to the usual one of which the distance of two thresholds is a multiple. */
  private static double between(double lower, OptionalDouble threshold, double usual) {
    double apart = threshold.orElseThrow() - lower;
    double width = apart / Math.max(1, Math.round(apart / usual));
    return width > usual / 2 ? width : usual;
  }

  private static int bin(double[] edges, double score) {
    int bin = 0;
    while (score > edges[bin + 1]) {
      bin++;
    }
    return bin;
  }

  int bins() {
    return Math.max(0, edges.length - 1);
  }
}
