package io.github.anople.inspect.evaluate;

import io.github.anople.core.drift.DriftSummary;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.predict.Failure;
import io.github.anople.inspect.report.BoxNumbers;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.PartRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How good a detector is on the test images of a category.
 *
 * @param category the category's name
 * @param images the images that were scored, in the test set's order
 * @param overall the metrics over all of them, and their number
 * @param defectTypes each kind of defect against all good images, sorted by name
 * @param failures images that could not be scored, and masks that could not be read
 * @param notes what a reader of the metrics should know, a line each
 * @param elapsed how long scoring took, reading and whatever the listener did included
 * @param parts the same by part, where several images show one
 * @param drift what came of comparing the good images with those of the calibration; empty where
 *     the detector kept none
 */
public record Evaluation(
    String category,
    List<Inspection> images,
    Part overall,
    List<Part> defectTypes,
    List<Failure> failures,
    List<String> notes,
    Duration elapsed,
    Optional<PartQuality> parts,
    Optional<DriftSummary> drift) {

  public Evaluation {
    images = List.copyOf(images);
    defectTypes = List.copyOf(defectTypes);
    failures = List.copyOf(failures);
    notes = List.copyOf(notes);
    Objects.requireNonNull(elapsed, "elapsed");
    Objects.requireNonNull(parts, "parts");
    Objects.requireNonNull(drift, "drift");
  }

  /**
   * An evaluation of images of which each is judged alone, and which were not compared with those
   * of a calibration.
   *
   * @param category the category's name
   * @param images the images that were scored
   * @param overall the metrics over all of them
   * @param defectTypes each kind of defect against all good images
   * @param failures images that could not be scored, and masks that could not be read
   * @param notes what a reader of the metrics should know
   * @param elapsed how long scoring took
   */
  public Evaluation(
      String category,
      List<Inspection> images,
      Part overall,
      List<Part> defectTypes,
      List<Failure> failures,
      List<String> notes,
      Duration elapsed) {
    this(
        category,
        images,
        overall,
        defectTypes,
        failures,
        notes,
        elapsed,
        Optional.empty(),
        Optional.empty());
  }

  /**
   * The same by part, too.
   *
   * @param rule which images show views of one part
   * @return a new evaluation, with the parts' AUROC among the metrics over all images; without
   *     parts where no two images belong together
   */
  public Evaluation withParts(PartRule rule) {
    Optional<PartQuality> measured = PartQuality.of(images, rule);
    List<Inspection> named =
        measured.isEmpty()
            ? images
            : images.stream()
                .map(image -> image.withPart(Optional.of(rule.part(image.path()))))
                .toList();
    Part all = measured.map(overall::withAurocOf).orElse(overall);
    return new Evaluation(
        category, named, all, defectTypes, failures, notes, elapsed, measured, drift);
  }

  /**
   * The metrics of one or all kinds of defect against all good images.
   *
   * @param name the kind of defect, or the category
   * @param metrics those that are defined
   * @param good good images that were scored
   * @param defective defective images of this part that were scored
   * @param masked how many of these have a mask, and so count in the pixel metrics
   * @param regions how many defects the masks show: 8-connected regions at the map's size
   * @param boxes how well the boxes of defects lie on those of the masks; empty without a pixel
   *     threshold
   */
  public record Part(
      String name,
      MetricTable metrics,
      int good,
      int defective,
      int masked,
      long regions,
      Optional<BoxNumbers> boxes) {

    public Part {
      Objects.requireNonNull(boxes, "boxes");
    }

    /**
     * A part without a pixel threshold.
     *
     * @param name the kind of defect, or the category
     * @param metrics those that are defined
     * @param good good images that were scored
     * @param defective defective images of this part that were scored
     * @param masked how many of these have a mask
     * @param regions how many defects the masks show
     */
    public Part(
        String name, MetricTable metrics, int good, int defective, int masked, long regions) {
      this(name, metrics, good, defective, masked, regions, Optional.empty());
    }

    private Part withAurocOf(PartQuality parts) {
      MetricTable all = metrics.with(Metric.PART_AUROC, parts.metrics().get(Metric.IMAGE_AUROC));
      return new Part(name, all, good, defective, masked, regions, boxes);
    }
  }

  /**
   * The same with something more to know.
   *
   * @param note a line
   * @return a new evaluation, with the note before the others
   */
  public Evaluation withNote(String note) {
    List<String> all = new ArrayList<>(List.of(note));
    all.addAll(notes);
    return new Evaluation(
        category, images, overall, defectTypes, failures, all, elapsed, parts, drift);
  }

  /**
   * The mean of each metric over categories, as the tables of papers have it. A metric is averaged
   * over the categories that have it.
   *
   * @param evaluations the categories
   * @return the means, without the thresholds
   */
  public static MetricTable mean(List<Evaluation> evaluations) {
    return MetricTable.mean(evaluations.stream().map(one -> one.overall().metrics()).toList());
  }

  /**
   * What a reader of {@link #mean} should know: which metrics are averaged over a part of the
   * categories, and which those lack them.
   *
   * @param evaluations the categories
   * @return a line for each set of categories that lacks something
   */
  public static List<String> lackingInMean(List<Evaluation> evaluations) {
    Map<List<String>, List<String>> metrics = new LinkedHashMap<>();
    MetricTable means = mean(evaluations);
    for (Metric metric : Metric.values()) {
      if (means.get(metric).isEmpty()) {
        continue; // no category has it: the mean has none either
      }
      List<String> lacking =
          evaluations.stream()
              .filter(one -> one.overall().metrics().get(metric).isEmpty())
              .map(Evaluation::category)
              .toList();
      if (!lacking.isEmpty()) {
        metrics.computeIfAbsent(lacking, key -> new ArrayList<>()).add(metric.title());
      }
    }
    return metrics.entrySet().stream()
        .map(
            entry ->
                "the mean of %s is over %d of %d categories: not defined for %s"
                    .formatted(
                        String.join(", ", entry.getValue()),
                        evaluations.size() - entry.getKey().size(),
                        evaluations.size(),
                        String.join(", ", entry.getKey())))
        .toList();
  }
}
