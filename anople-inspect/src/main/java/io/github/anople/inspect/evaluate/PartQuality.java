package io.github.anople.inspect.evaluate;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.metric.ImageMetrics;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.metric.PixelMetrics;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.Part;
import io.github.anople.inspect.report.PartRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How good a detector is on parts of several views. A part's score is the largest of its views',
 * and it is defective where one of its views is, as the tables of Real-IAD have it.
 *
 * @param parts the parts, in the order of their first image
 * @param metrics the image metrics with parts for images, those that are defined
 */
public record PartQuality(List<Part> parts, MetricTable metrics) {

  /** The columns of {@link #decisions}. */
  static final List<String> VERDICTS =
      List.of(Verdict.OK, Verdict.UNCERTAIN, Part.INCOMPLETE, Verdict.NOT_OK);

  /** Parts. */
  public PartQuality {
    parts = List.copyOf(parts);
  }

  /**
   * Groups images and measures.
   *
   * @param images what was scored
   * @param rule which of them show one part
   * @return the parts; empty where each shows one image, which says nothing new
   */
  static Optional<PartQuality> of(List<Inspection> images, PartRule rule) {
    List<Part> parts = Part.of(images, List.of(), rule);
    if (parts.stream().allMatch(part -> part.images().size() == 1 && part.missing() == 0)) {
      return Optional.empty();
    }
    ImageMetrics metrics =
        ImageMetrics.of(scores(parts, Label.NORMAL), scores(parts, Label.ANOMALOUS));
    return Optional.of(new PartQuality(parts, MetricTable.of(metrics, PixelMetrics.of(List.of()))));
  }

  private static double[] scores(List<Part> parts, Label label) {
    return parts.stream()
        .filter(part -> label(part) == label)
        .mapToDouble(part -> part.score().orElseThrow())
        .toArray();
  }

  /**
   * What is known of a part.
   *
   * @param part a part with images
   * @return anomalous where one of its images is, else normal where one is known to be
   */
  public static Label label(Part part) {
    List<Label> labels = part.images().stream().map(image -> image.sample().label()).toList();
    return labels.contains(Label.ANOMALOUS)
        ? Label.ANOMALOUS
        : labels.contains(Label.NORMAL) ? Label.NORMAL : Label.UNKNOWN;
  }

  /**
   * How many parts of a kind there are.
   *
   * @param label the kind
   * @return their number
   */
  public int count(Label label) {
    return (int) parts.stream().filter(part -> label(part) == label).count();
  }

  /**
   * How many parts of a kind were called what.
   *
   * @param label the kind
   * @return by verdict, those that none has too; nothing without a threshold
   */
  public Map<String, Integer> decisions(Label label) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<Part> ofKind = parts.stream().filter(part -> label(part) == label).toList();
    if (ofKind.stream().noneMatch(part -> part.images().get(0).verdict().isPresent())) {
      return counts;
    }
    VERDICTS.forEach(verdict -> counts.put(verdict, 0));
    ofKind.forEach(
        part ->
            counts.merge(
                part.rejected() ? Verdict.NOT_OK : part.kind().orElseThrow(), 1, Integer::sum));
    return counts;
  }

  /** For {@code metrics.json}. */
  Map<String, Object> content() {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("metrics", EvaluationJson.metrics(metrics));
    content.put("good", count(Label.NORMAL));
    content.put("defective", count(Label.ANOMALOUS));
    Map<String, Object> decisions = new LinkedHashMap<>();
    decisions.put("good", decided(Label.NORMAL));
    decisions.put("defective", decided(Label.ANOMALOUS));
    if (parts.get(0).images().get(0).verdict().isPresent()) {
      content.put("decisions", decisions);
    }
    return content;
  }

  private Map<String, Object> decided(Label label) {
    Map<String, Object> content = new LinkedHashMap<>();
    decisions(label)
        .forEach(
            (verdict, count) ->
                content.put(verdict.toLowerCase(Locale.ROOT).replace(' ', '_'), count));
    return content;
  }

  /**
   * For a line of text.
   *
   * @return for example {@code 40 good, 20 defective parts: image AUROC 0.9812, …}
   */
  public String words() {
    List<String> found = new ArrayList<>();
    metrics
        .values()
        .forEach(
            (metric, value) ->
                found.add(metric.title() + " " + String.format(Locale.ROOT, "%.4f", value)));
    return count(Label.NORMAL)
        + " good, "
        + count(Label.ANOMALOUS)
        + " defective parts"
        + (found.isEmpty() ? "" : ": " + String.join(", ", found));
  }
}
