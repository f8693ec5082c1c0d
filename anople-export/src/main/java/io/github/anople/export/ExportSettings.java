package io.github.anople.export;

import io.github.anople.onnx.OnnxMetadata;
import java.util.Objects;

/**
 * What an exported graph is to be.
 *
 * @param precision its number format
 * @param withResize whether it takes pictures of any size and resizes them itself
 * @param thresholds the defaults of its thresholds
 */
public record ExportSettings(
    OnnxPrecision precision, boolean withResize, OnnxMetadata.Thresholds thresholds) {

  /**
   * Settings.
   *
   * @param precision its number format
   * @param withResize whether it resizes
   * @param thresholds the defaults of its thresholds
   */
  public ExportSettings {
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(thresholds, "thresholds");
  }

  /**
   * A graph for resized pictures, without thresholds.
   *
   * @param precision its number format
   * @return settings
   */
  public static ExportSettings of(OnnxPrecision precision) {
    return new ExportSettings(precision, false, OnnxMetadata.Thresholds.NONE);
  }
}
