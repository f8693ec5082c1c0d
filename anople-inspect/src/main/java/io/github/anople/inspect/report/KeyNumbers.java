package io.github.anople.inspect.report;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The numbers that sum up a test, each in [0, 1]. One that is undefined (no defective image, no
 * mask, no threshold) is absent, and a report shows it as absent.
 *
 * @param imageAuroc area under the images' ROC curve
 * @param imageAp average precision of the images
 * @param imageF1Max the largest F1 that any image threshold reaches
 * @param pixelAuroc area under the pixels' ROC curve
 * @param pixelAp average precision of the pixels
 * @param aupro30 area under the per-region overlap up to a false-positive rate of 0.3, normalised
 * @param aupro05 the same up to 0.05
 * @param falseAlarmRate part of the good images above the image threshold
 * @param missedRate part of the defective images not above it; of two thresholds, the lower
 * @param goodUncertainRate part of the good images between two thresholds; absent with one
 * @param defectiveUncertainRate the same of the defective images
 * @param boxes how well boxes lie on the known defects; empty without a pixel threshold
 */
public record KeyNumbers(
    OptionalDouble imageAuroc,
    OptionalDouble imageAp,
    OptionalDouble imageF1Max,
    OptionalDouble pixelAuroc,
    OptionalDouble pixelAp,
    OptionalDouble aupro30,
    OptionalDouble aupro05,
    OptionalDouble falseAlarmRate,
    OptionalDouble missedRate,
    OptionalDouble goodUncertainRate,
    OptionalDouble defectiveUncertainRate,
    Optional<BoxNumbers> boxes) {

  /**
   * Numbers.
   *
   * @param imageAuroc area under the images' ROC curve
   * @param imageAp average precision of the images
   * @param imageF1Max the largest F1 that any image threshold reaches
   * @param pixelAuroc area under the pixels' ROC curve
   * @param pixelAp average precision of the pixels
   * @param aupro30 area under the per-region overlap up to 0.3
   * @param aupro05 the same up to 0.05
   * @param falseAlarmRate part of the good images above the image threshold
   * @param missedRate part of the defective images not above it
   * @param goodUncertainRate part of the good images between two thresholds
   * @param defectiveUncertainRate the same of the defective images
   * @param boxes how well boxes lie on the known defects
   * @throws IllegalArgumentException if one is outside [0, 1] or not a number
   */
  public KeyNumbers {
    Objects.requireNonNull(boxes, "boxes");
    Shares.check("image AUROC", imageAuroc);
    Shares.check("image AP", imageAp);
    Shares.check("image F1-max", imageF1Max);
    Shares.check("pixel AUROC", pixelAuroc);
    Shares.check("pixel AP", pixelAp);
    Shares.check("AUPRO at 0.3", aupro30);
    Shares.check("AUPRO at 0.05", aupro05);
    Shares.check("false-alarm rate", falseAlarmRate);
    Shares.check("missed rate", missedRate);
    Shares.check("uncertain rate of good images", goodUncertainRate);
    Shares.check("uncertain rate of defective images", defectiveUncertainRate);
  }

  /**
   * Numbers of a test with one threshold of images, or none, and without one of pixels.
   *
   * @param imageAuroc area under the images' ROC curve
   * @param imageAp average precision of the images
   * @param imageF1Max the largest F1 that any image threshold reaches
   * @param pixelAuroc area under the pixels' ROC curve
   * @param pixelAp average precision of the pixels
   * @param aupro30 area under the per-region overlap up to 0.3
   * @param aupro05 the same up to 0.05
   * @param falseAlarmRate part of the good images above the image threshold
   * @param missedRate part of the defective images not above it
   * @throws IllegalArgumentException if one is outside [0, 1] or not a number
   */
  public KeyNumbers(
      OptionalDouble imageAuroc,
      OptionalDouble imageAp,
      OptionalDouble imageF1Max,
      OptionalDouble pixelAuroc,
      OptionalDouble pixelAp,
      OptionalDouble aupro30,
      OptionalDouble aupro05,
      OptionalDouble falseAlarmRate,
      OptionalDouble missedRate) {
    this(
        imageAuroc,
        imageAp,
        imageF1Max,
        pixelAuroc,
        pixelAp,
        aupro30,
        aupro05,
        falseAlarmRate,
        missedRate,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        Optional.empty());
  }
}
