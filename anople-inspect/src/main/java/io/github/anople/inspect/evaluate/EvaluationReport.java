package io.github.anople.inspect.evaluate;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import io.github.anople.inspect.report.ColourScale;
import io.github.anople.inspect.report.DefectRow;
import io.github.anople.inspect.report.FeaturePlot;
import io.github.anople.inspect.report.InspectionReport;
import io.github.anople.inspect.report.KeyNumbers;
import io.github.anople.inspect.report.ReportThreshold;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** What the report of a category's test tells. */
final class EvaluationReport {

  private static final String PROVENANCE = "provenance";

  private EvaluationReport() {}

  /**
   * What there is to see besides the images.
   *
   * @param scale the colours of the heat maps
   * @param features the images among the detector's texts
   * @param ignores whether the detector looks at a part of the images alone
   */
  record Sights(ColourScale scale, Optional<FeaturePlot> features, boolean ignores) {}

  /**
   * The report's content.
   *
   * @param evaluation what was measured
   * @param sights what there is to see besides its images
   * @param calibration the detector's thresholds, if it has some
   * @param config the run's settings; its {@code provenance} apart
   */
  static InspectionReport of(
      Evaluation evaluation, Sights sights, Optional<Calibration> calibration, JsonNode config) {
    Optional<ThresholdQuality> quality =
        calibration.map(known -> ThresholdQuality.of(known, evaluation));
    return new InspectionReport(
        heading(evaluation, config),
        numbers(evaluation.overall(), quality),
        threshold(calibration, EvaluationReport::ofImages),
        threshold(calibration, EvaluationReport::ofPixels),
        sights.scale(),
        evaluation.images(),
        evaluation.defectTypes().stream()
            .map(type -> row(type, missed(evaluation, type.name())))
            .toList(),
        sights.features(),
        background(evaluation, config),
        sights.ignores(),
        evaluation.parts().map(EvaluationReport::parts));
  }

  private static InspectionReport.PartSummary parts(PartQuality quality) {
    Map<String, List<Integer>> decisions = new LinkedHashMap<>();
    Map<String, Label> rows = new LinkedHashMap<>();
    rows.put("Good", Label.NORMAL);
    rows.put("Defective", Label.ANOMALOUS);
    rows.put("Unknown", Label.UNKNOWN);
    rows.forEach(
        (name, label) -> {
          Map<String, Integer> counts = quality.decisions(label);
          if (!counts.isEmpty()) {
            decisions.put(name, List.copyOf(counts.values()));
          }
        });
    Map<String, String> kinds = new LinkedHashMap<>();
    quality.parts().forEach(part -> part.text().ifPresent(text -> kinds.put(part.name(), text)));
    return new InspectionReport.PartSummary(
        quality.metrics().get(Metric.IMAGE_AUROC),
        quality.metrics().get(Metric.IMAGE_AP),
        quality.metrics().get(Metric.IMAGE_F1_MAX),
        decisions.isEmpty() ? List.of() : PartQuality.VERDICTS,
        decisions,
        kinds);
  }

  private static ReportThreshold threshold(
      Optional<Calibration> calibration, Function<Calibration, ReportThreshold> threshold) {
    return calibration
        .map(threshold)
        .orElse(
            ReportThreshold.none("No threshold has been set: metrics need none, a verdict does."));
  }

  private static ReportThreshold ofImages(Calibration known) {
    return new ReportThreshold(
        OptionalDouble.of(known.imageThreshold()),
        origin(known.kind()),
        known.statement(),
        known
            .uncertain()
            .map(lower -> OptionalDouble.of(lower.threshold()))
            .orElse(OptionalDouble.empty()));
  }

  /** Only the threshold of images is set by hand: the other one stays as it was. */
  private static ReportThreshold ofPixels(Calibration known) {
    OptionalDouble value = OptionalDouble.of(known.pixelThreshold());
    return known.kind() == Calibration.Kind.MANUAL
        ? new ReportThreshold(
            value,
            ReportThreshold.Origin.EARLIER,
            "As it was calibrated, before the image threshold was set by hand.")
        : new ReportThreshold(value, origin(known.kind()), known.statement());
  }

  private static ReportThreshold.Origin origin(Calibration.Kind kind) {
    return switch (kind) {
      case CONFORMAL -> ReportThreshold.Origin.CALIBRATED;
      case ESTIMATE -> ReportThreshold.Origin.ESTIMATE;
      case MANUAL -> ReportThreshold.Origin.MANUAL;
    };
  }

  private static InspectionReport.Heading heading(Evaluation evaluation, JsonNode config) {
    return new InspectionReport.Heading(
        "Test of " + evaluation.category(),
        evaluation.category(),
        Instant.now(),
        "AnoPLe " + config.path("anople_version").asText(),
        verdict(evaluation.overall()));
  }

  private static String verdict(Evaluation.Part overall) {
    OptionalDouble auroc = overall.metrics().get(Metric.IMAGE_AUROC);
    if (auroc.isEmpty()) {
      return ("Nothing can be said about how well it tells good from defective: there are %d good "
              + "and %d defective pictures.")
          .formatted(overall.good(), overall.defective());
    }
    return String.format(
        Locale.ROOT,
        "A defective picture scores higher than a good one in %.1f %% of all pairs (%d good, %d "
            + "defective).",
        100 * auroc.getAsDouble(),
        overall.good(),
        overall.defective());
  }

  private static KeyNumbers numbers(Evaluation.Part overall, Optional<ThresholdQuality> quality) {
    MetricTable metrics = overall.metrics();
    return new KeyNumbers(
        metrics.get(Metric.IMAGE_AUROC),
        metrics.get(Metric.IMAGE_AP),
        metrics.get(Metric.IMAGE_F1_MAX),
        metrics.get(Metric.PIXEL_AUROC),
        metrics.get(Metric.PIXEL_AP),
        metrics.get(Metric.AUPRO),
        metrics.get(Metric.AUPRO_05),
        quality.map(ThresholdQuality::falseAlarmRate).orElse(OptionalDouble.empty()),
        quality.map(ThresholdQuality::missedRate).orElse(OptionalDouble.empty()),
        doubted(quality, ThresholdQuality::normalUncertainRate),
        doubted(quality, ThresholdQuality::anomalousUncertainRate),
        overall.boxes());
  }

  /** A share between two thresholds; empty where there is one. */
  private static OptionalDouble doubted(
      Optional<ThresholdQuality> quality, Function<ThresholdQuality, OptionalDouble> share) {
    return quality
        .filter(known -> known.calibration().uncertain().isPresent())
        .map(share)
        .orElse(OptionalDouble.empty());
  }

  /** How many defects of a type the threshold lets pass; empty where there was none. */
  private static OptionalInt missed(Evaluation evaluation, String type) {
    List<Verdict> verdicts =
        evaluation.images().stream()
            .filter(image -> image.sample().label() == Label.ANOMALOUS)
            .filter(image -> image.sample().defectType().equals(type))
            .flatMap(image -> image.verdict().stream())
            .toList();
    return verdicts.isEmpty()
        ? OptionalInt.empty()
        : OptionalInt.of((int) verdicts.stream().filter(Verdict::ok).count());
  }

  private static DefectRow row(Evaluation.Part type, OptionalInt missed) {
    return new DefectRow(
        type.name(),
        type.defective(),
        type.metrics().get(Metric.IMAGE_AUROC),
        type.metrics().get(Metric.PIXEL_AUROC),
        type.metrics().get(Metric.AUPRO),
        missed,
        type.boxes());
  }

  private static InspectionReport.Background background(Evaluation evaluation, JsonNode config) {
    Map<String, String> configuration = new LinkedHashMap<>();
    config.properties().stream()
        .filter(field -> !field.getKey().equals(PROVENANCE))
        .forEach(field -> flatten(field.getKey(), field.getValue(), configuration));
    Map<String, String> provenance = new LinkedHashMap<>();
    config
        .path(PROVENANCE)
        .properties()
        .forEach(field -> flatten(field.getKey(), field.getValue(), provenance));
    List<String> faults = new ArrayList<>(evaluation.notes());
    evaluation.failures().forEach(failure -> faults.add(failure.reason()));
    double seconds = evaluation.elapsed().toMillis() / 1000.0;
    String scoring =
        String.format(Locale.ROOT, "%.1f s, images: %d", seconds, evaluation.images().size());
    return new InspectionReport.Background(
        configuration, provenance, Map.of("reading, scoring, writing", scoring), faults);
  }

  /** A tree's leaves, each under its path with dots; a list of plain values is one text. */
  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      node.properties()
          .forEach(field -> flatten(path + "." + field.getKey(), field.getValue(), into));
    } else if (node.isArray() && node.size() > 0 && node.get(0).isObject()) {
      for (int i = 0; i < node.size(); i++) {
        flatten(path + "." + (i + 1), node.get(i), into);
      }
    } else if (node.isArray()) {
      List<String> values = new ArrayList<>();
      node.forEach(value -> values.add(value.asText()));
      into.put(path, String.join(", ", values));
    } else {
      into.put(path, node.asText());
    }
  }
}
