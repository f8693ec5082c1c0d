package io.github.anople.inspect.report;

import io.github.anople.core.decide.Verdict;
import io.github.anople.inspect.data.Label;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run says of one image, as a row of a table.
 *
 * @param path the image's path as a reader of the table should find it, {@code /} between names
 * @param category what it shows
 * @param defectType the kind of defect that it is known to have, {@code good} or {@code unknown}
 * @param label what is known of it
 * @param score how anomalous the detector finds it, in (0, 1)
 * @param verdict what was decided, where there was a threshold
 */
public record ImageResult(
    String path,
    String category,
    String defectType,
    Label label,
    float score,
    Optional<Verdict> verdict) {

  /**
   * A result.
   *
   * @throws IllegalArgumentException if the score is not a finite number
   */
  public ImageResult {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(defectType, "defectType");
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(verdict, "verdict");
    if (!Float.isFinite(score)) {
      throw new IllegalArgumentException("the score of " + path + " is " + score);
    }
  }
}
