package io.github.anople.inspect.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One image and what is known of it. The image is not opened here.
 *
 * @param image the image's file
 * @param mask the picture of its defect's pixels (not zero where defective), or a folder of several
 *     that together mark them; only an anomalous image has a mask
 * @param label what is known of the image
 * @param category the kind of object shown, for example {@code metal_nut}
 * @param defectType the kind of defect, {@value #GOOD} for a normal image, {@value #UNKNOWN} for
 *     one that nobody judged
 * @param style how the mask is drawn
 */
public record Sample(
    Path image,
    Optional<Path> mask,
    Label label,
    String category,
    String defectType,
    MaskStyle style) {

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
    Objects.requireNonNull(style, "style");
    if (category.isBlank() || defectType.isBlank()) {
      throw new IllegalArgumentException("category or defect type is blank for " + image);
    }
    if (mask.isPresent() && label != Label.ANOMALOUS) {
      throw new IllegalArgumentException("only an anomalous image has a mask, not " + image);
    }
  }

  /**
   * A sample whose mask, if it has one, is drawn as usual.
   *
   * @param image the image's file
   * @param mask the picture of its defect's pixels, or a folder of several
   * @param label what is known of the image
   * @param category the kind of object shown
   * @param defectType the kind of defect
   * @throws IllegalArgumentException if the category or defect type is blank, or a mask is given
   *     for an image that is not anomalous
   */
  public Sample(Path image, Optional<Path> mask, Label label, String category, String defectType) {
    this(image, mask, label, category, defectType, MaskStyle.USUAL);
  }

  /**
   * The files of the mask.
   *
   * @return one, or those in the mask's folder; none where there is no mask
   */
  public List<Path> maskFiles() {
    List<Path> files = new ArrayList<>();
    if (mask.isPresent()) {
      if (Files.isDirectory(mask.get())) {
        files.addAll(ImageFiles.in(mask.get(), new Listing()));
      } else {
        files.add(mask.get());
      }
    }
    return List.copyOf(files);
  }

  Sample over(MaskStyle.Pixels pixels) {
    return new Sample(image, mask, label, category, defectType, style.over(pixels));
  }

  static Sample normal(Path image, String category) {
    return new Sample(image, Optional.empty(), Label.NORMAL, category, GOOD);
  }

  /**
   * The same image for whoever does not see its defect.
   *
   * @return a sample of a good image, without a mask
   */
  public Sample asGood() {
    return normal(image, category);
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
