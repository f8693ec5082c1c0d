package io.github.anople.inspect.predict;

import io.github.anople.core.decide.DefectRule;
import io.github.anople.core.decide.Defects;
import io.github.anople.core.decide.Threshold;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.image.ImageReader;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.report.Artifacts;
import io.github.anople.inspect.report.Inspection;
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
 */
public record PredictionSettings(
    String category,
    Optional<Threshold> threshold,
    ImageReader reader,
    Optional<DefectRule> defects) {

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
  }

  /**
   * Settings of a run that looks for no defects.
   *
   * @param category what the pictures show
   * @param threshold the largest score that is good enough
   * @param reader reads the pictures
   * @throws IllegalArgumentException if the category is blank
   */
  public PredictionSettings(String category, Optional<Threshold> threshold, ImageReader reader) {
    this(category, threshold, reader, Optional.empty());
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
  Optional<Defects> defects(Detection detection, NotedReading.Size size) {
    return defects.map(rule -> rule.find(detection.map(), size.width(), size.height()));
  }

  /** A picture of which only the score, and perhaps the scene, is known. */
  Inspection inspection(Path image, float score, Optional<Scene> scene) {
    return new Inspection(
        Sample.unknown(image, category),
        score,
        threshold.map(least -> least.judge(score, scene)),
        Optional.empty(),
        PixelTruth.UNKNOWN,
        Artifacts.NONE,
        scene);
  }
}
