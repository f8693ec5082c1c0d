package io.github.anople.inspect.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * One image and what is known of it. The image is not opened here.
 *
 * @param image the image's file
 * @param mask the picture of its defect's pixels (not zero where defective), where there is one;
 *     only an anomalous image has a mask
 * @param label what is known of the image
 * @param category the kind of object shown, for example {@code metal_nut}
 * @param defectType the kind of defect, {@value #GOOD} for a normal image, {@value #UNKNOWN} for
 *     one that nobody judged
 */
public record Sample(
    Path image, Optional<Path> mask, Label label, String category, String defectType) {

  /** The defect type of a normal image. */
  public static final String GOOD = "good";

  /** The defect type of an image that nobody judged. */
  public static final String UNKNOWN = "unknown";

  /**
   * A sample.
   *
   * @throws IllegalArgumentException if the category or defect type is blank, or a mask is given
   *     for an image that is not anomalous
   */
  public Sample {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(label, "label");
    if (category.isBlank() || defectType.isBlank()) {
      throw new IllegalArgumentException("category or defect type is blank for " + image);
    }
    if (mask.isPresent() && label != Label.ANOMALOUS) {
      throw new IllegalArgumentException("only an anomalous image has a mask, not " + image);
    }
  }

  static Sample normal(Path image, String category) {
    return new Sample(image, Optional.empty(), Label.NORMAL, category, GOOD);
  }

  /**
   * An image that nobody judged.
   *
   * @param image the image's file
   * @param category the kind of object shown
   * @return a sample without label and mask
   * @throws IllegalArgumentException if the category is blank
   */
  public static Sample unknown(Path image, String category) {
    return new Sample(image, Optional.empty(), Label.UNKNOWN, category, UNKNOWN);
  }
}
