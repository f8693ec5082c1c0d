package io.github.anople.core.bundle;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ImageEncoder;
import io.github.anople.core.image.ImageReader;
import io.github.anople.core.image.RgbImage;

/**
 * A small image and the score that the detector gave it when it was made: an installation that
 * scores it otherwise computes something else, and is noticed when the detector is opened.
 *
 * @param png the image, encoded
 * @param score its score
 */
public record GoldenImage(byte[] png, double score) {

  /** How far rounding may move the score. */
  public enum Rounding {
    /** Computed in the number format that it was made in. */
    SAME_FORMAT(1e-3),
    /** Computed in another number format. */
    OTHER_FORMAT(0.05);

    private final double allowed;

    Rounding(double allowed) {
      this.allowed = allowed;
    }
  }

  /**
   * Encodes an image.
   *
   * @param image the image
   * @param score its score
   * @return both
   */
  public static GoldenImage of(RgbImage image, double score) {
    return new GoldenImage(ImageEncoder.png(image.toBufferedImage()), score);
  }

  /**
   * Decodes the image.
   *
   * @param where the detector, for messages
   * @return its pixels
   * @throws InputException if they cannot be decoded
   */
  public RgbImage image(String where) {
    return new ImageReader().read(png, where + ", golden image");
  }

  /**
   * Refuses an installation that scores the image otherwise.
   *
   * @param here its score on this installation
   * @param rounding how far the two may differ
   * @param where the detector, for the message
   * @param made how the stored score came about, such as {@code trained}
   * @param remedy what to do
   * @throws InputException if the two scores differ by more, or one is not a number
   */
  public void check(double here, Rounding rounding, String where, String made, String remedy) {
    if (!(Math.abs(here - score) <= rounding.allowed)) {
      throw new InputException(
          where,
          "scores its golden image " + here + " here, and " + score + " where it was " + made,
          remedy);
    }
  }
}
