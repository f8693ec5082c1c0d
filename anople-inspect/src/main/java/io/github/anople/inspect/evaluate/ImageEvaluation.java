package io.github.anople.inspect.evaluate;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Sample;
import io.github.anople.inspect.report.ImageResult;
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

  public ImageEvaluation {
    Objects.requireNonNull(sample, "sample");
    Objects.requireNonNull(truth, "truth");
  }

  /**
   * Its row of a table.
   *
   * @param verdict what a threshold makes of the score, where there is one
   * @return path, category, defect type, label, score and verdict
   */
  public ImageResult row(Optional<Verdict> verdict) {
    return new ImageResult(
        ImageFiles.slashed(sample.image()),
        sample.category(),
        sample.defectType(),
        sample.label(),
        score,
        verdict);
  }
}
