package io.github.anople.inspect.report;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How well one type of defect is found, against all good images.
 *
 * @param defectType the type's name
 * @param images how many images show it
 * @param imageAuroc area under the ROC curve of these images and the good ones
 * @param pixelAuroc the same for pixels
 * @param aupro30 area under the per-region overlap up to a false-positive rate of 0.3, normalised
 * @param missed how many of the images are not above the image threshold, where there is one
 * @param boxes how well boxes lie on its masks; empty without a pixel threshold
 */
public record DefectRow(
    String defectType,
    int images,
    OptionalDouble imageAuroc,
    OptionalDouble pixelAuroc,
    OptionalDouble aupro30,
    OptionalInt missed,
    Optional<BoxNumbers> boxes) {

  /**
   * A row.
   *
   * @param defectType the type's name
   * @param images how many images show it
   * @param imageAuroc area under the ROC curve of these images and the good ones
   * @param pixelAuroc the same for pixels
   * @param aupro30 area under the per-region overlap up to 0.3
   * @param missed how many of the images are not above the image threshold
   * @param boxes how well boxes lie on its masks
   * @throws IllegalArgumentException if a number is out of range
   */
  public DefectRow {
    Objects.requireNonNull(boxes, "boxes");
    Objects.requireNonNull(defectType, "defectType");
    if (images < 0 || missed.orElse(0) < 0 || missed.orElse(0) > images) {
      throw new IllegalArgumentException(missed + " missed of " + images + " images");
    }
    Shares.check("image AUROC", imageAuroc);
    Shares.check("pixel AUROC", pixelAuroc);
    Shares.check("AUPRO at 0.3", aupro30);
  }

  /**
   * A row of a test without a pixel threshold.
   *
   * @param defectType the type's name
   * @param images how many images show it
   * @param imageAuroc area under the ROC curve of these images and the good ones
   * @param pixelAuroc the same for pixels
   * @param aupro30 area under the per-region overlap up to 0.3
   * @param missed how many of the images are not above the image threshold
   * @throws IllegalArgumentException if a number is out of range
   */
  public DefectRow(
      String defectType,
      int images,
      OptionalDouble imageAuroc,
      OptionalDouble pixelAuroc,
      OptionalDouble aupro30,
      OptionalInt missed) {
    this(defectType, images, imageAuroc, pixelAuroc, aupro30, missed, Optional.empty());
  }
}
