package io.github.anople.app.export;

import io.github.anople.onnx.OnnxInput;
import io.github.anople.onnx.OnnxMetadata;
import java.util.Objects;

/**
 * What an exported graph is to be.
 *
 * @param precision its number format
 * @param withResize whether it takes pictures of any size and resizes them itself
 * @param thresholds the defaults of its thresholds
 * @param int8Error the largest relative error with which a map may be computed in 8 bits; those
 *     that lose more stay in floating point
 * @param input the type in which it takes pictures
 */
public record ExportSettings(
    OnnxPrecision precision,
    boolean withResize,
    OnnxMetadata.Thresholds thresholds,
    double int8Error,
    OnnxInput input) {

  /** The usual limit of {@link #int8Error}. */
  public static final double INT8_ERROR = 0.1;

  /**
   * Settings.
   *
   * @param precision its number format
   * @param withResize whether it resizes
   * @param thresholds the defaults of its thresholds
   * @param int8Error the largest relative error of a map in 8 bits
   * @param input the type in which it takes pictures
   * @throws IllegalArgumentException if the error is negative or not a number
   */
  public ExportSettings {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(precision, "precision");
    Objects.requireNonNull(thresholds, "thresholds");
    if (!(int8Error >= 0)) {
      throw new IllegalArgumentException("the largest error of 8 bits is " + int8Error);
    }
  }

  /**
   * Settings of a graph that takes bytes.
   *
   * @param precision its number format
   * @param withResize whether it resizes
   * @param thresholds the defaults of its thresholds
   * @param int8Error the largest relative error of a map in 8 bits
   * @throws IllegalArgumentException if the error is negative or not a number
   */
  public ExportSettings(
      OnnxPrecision precision,
      boolean withResize,
      OnnxMetadata.Thresholds thresholds,
      double int8Error) {
    this(precision, withResize, thresholds, int8Error, OnnxInput.UINT8);
  }

  /**
   * A graph for resized pictures, without thresholds.
   *
   * @param precision its number format
   * @return settings
   */
  public static ExportSettings of(OnnxPrecision precision) {
    return new ExportSettings(precision, false, OnnxMetadata.Thresholds.NONE, INT8_ERROR);
  }

  /**
   * The same for another type of pictures.
   *
   * @param taken the type in which the graph takes pictures
   * @return new settings
   */
  public ExportSettings with(OnnxInput taken) {
    return new ExportSettings(precision, withResize, thresholds, int8Error, taken);
  }
}
