package io.github.anople.inspect.predict;

import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.drift.DriftMonitor;
import io.github.anople.core.drift.DriftReference;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.report.Artifacts;
import io.github.anople.inspect.report.Inspection;
import io.github.anople.inspect.report.PartRule;
import io.github.anople.inspect.report.PixelTruth;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run is told besides its pictures.
 *
 * @param category what the pictures show, for the tables
 * @param threshold the largest score that is good enough, of two thresholds both, and the limits of
 *     the scene check; empty where nobody decided yet
 * @param reader reads the pictures, as it read what the detector was made from
 * @param defects what of a map is a defect; empty where there is no pixel threshold
 * @param drift the pictures of the calibration, which they are compared with; empty for none
 * @param parts which pictures show views of one part; empty where each is judged alone
 */
public record PredictionSettings(
    String category,
    Optional<Threshold> threshold,
    ImageReader reader,
    Optional<DefectRule> defects,
    Optional<DriftReference> drift,
    Optional<PartRule> parts) {

  /**
   * Settings.
   *
   * @throws IllegalArgumentException if the category is blank
   */
  public PredictionSettings {
    if (category.isBlank()) {
      throw new IllegalArgumentException("the category of the pictures is blank");
    }
    Objects.requireNonNull(threshold, "threshold");
    Objects.requireNonNull(reader, "reader");
    Objects.requireNonNull(defects, "defects");
    Objects.requireNonNull(drift, "drift");
    Objects.requireNonNull(parts, "parts");
  }

  /**
   * Settings of a run that judges each picture alone.
   *
   * @param category what the pictures show
   * @param threshold the largest score that is good enough
   * @param reader reads the pictures
   * @param defects what of a map is a defect
   * @param drift the pictures of the calibration
   * @throws IllegalArgumentException if the category is blank
   */
  public PredictionSettings(
      String category,
      Optional<Threshold> threshold,
      ImageReader reader,
      Optional<DefectRule> defects,
      Optional<DriftReference> drift) {
    this(category, threshold, reader, defects, drift, Optional.empty());
  }

  /**
   * The same with parts of several views.
   *
   * @param rule which pictures belong together
   * @return new settings
   */
  public PredictionSettings with(PartRule rule) {
    return new PredictionSettings(category, threshold, reader, defects, drift, Optional.of(rule));
  }

  /**
   * Settings of a run that does not look for drift.
   *
   * @param category what the pictures show
   * @param threshold the largest score that is good enough
   * @param reader reads the pictures
   * @param defects what of a map is a defect
   * @throws IllegalArgumentException if the category is blank
   */
  public PredictionSettings(
      String category,
      Optional<Threshold> threshold,
      ImageReader reader,
      Optional<DefectRule> defects) {
    this(category, threshold, reader, defects, Optional.empty());
  }

  /**
   * Settings of a run that looks neither for defects nor for drift.
   *
   * @param category what the pictures show
   * @param threshold the largest score that is good enough
   * @param reader reads the pictures
   * @throws IllegalArgumentException if the category is blank
   */
  public PredictionSettings(String category, Optional<Threshold> threshold, ImageReader reader) {
    this(category, threshold, reader, Optional.empty(), Optional.empty());
  }

  /**
   * Settings of a run that reads as is usual.
   *
   * @param category what the pictures show
   * @param threshold the largest score that is good enough
   * @throws IllegalArgumentException if the category is blank
   */
  public PredictionSettings(String category, Optional<Threshold> threshold) {
    this(category, threshold, new ImageReader());
  }

  /** The defects of a picture of that size, where there is a rule. */
  Optional<Defects> defects(Detection detection, NotedReading.Read read) {
    return defects.map(rule -> rule.find(detection.map(), read.width(), read.height()));
  }

  /** Who looks for drift; empty where nobody does. */
  Optional<DriftMonitor> monitor() {
    return drift.map(DriftMonitor::new);
  }

  /** A picture of which only the score, and perhaps the scene, is known. */
  Inspection inspection(Path image, float score, Optional<Scene> scene) {
    Inspection inspection =
        new Inspection(
            Sample.unknown(image, category),
            score,
            threshold.map(least -> least.judge(score, scene)),
            Optional.empty(),
            PixelTruth.UNKNOWN,
            Artifacts.NONE,
            scene);
    return inspection.withPart(parts.map(rule -> rule.part(inspection.path())));
  }
}
