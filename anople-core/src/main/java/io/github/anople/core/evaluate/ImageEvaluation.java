package io.github.anople.core.evaluate;

import io.github.anople.core.data.ImageFiles;
import io.github.anople.core.data.Sample;
import io.github.anople.core.report.ImageResult;
import java.util.Objects;
import java.util.Optional;

/**
 * A test image that was scored.
 *
 * @param sample the image, and what is known of it
 * @param score how anomalous the detector finds it, in (0, 1)
 * @param truth what is known of its pixels
 */
public record ImageEvaluation(Sample sample, float score, PixelTruth truth) {

  /**
   * An evaluation of one image.
   *
   * @param sample the image
   * @param score how anomalous the detector finds it
   * @param truth what is known of its pixels
   */
  public ImageEvaluation {
    Objects.requireNonNull(sample, "sample");
    Objects.requireNonNull(truth, "truth");
  }

  /**
   * Its row of a table.
   *
   * @return path, category, defect type, label and score; no verdict, since metrics need no
   *     threshold
   */
  public ImageResult row() {
    return new ImageResult(
        ImageFiles.slashed(sample.image()),
        sample.category(),
        sample.defectType(),
        sample.label(),
        score,
        Optional.empty());
  }
}
