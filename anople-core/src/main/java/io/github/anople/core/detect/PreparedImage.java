package io.github.anople.core.detect;

import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.util.Objects;

/**
 * An image as a detector looks at it: small, whatever the camera delivers. Made by {@link
 * AnomalyDetector#prepare} and of use to that detector alone.
 *
 * @param image the detector's input
 */
public record PreparedImage(RgbImage image) {

  /**
   * A prepared image.
   *
   * @param image the detector's input
   */
  public PreparedImage {
    Objects.requireNonNull(image, "image");
  }

  /**
   * The whole image as a square, as CLIP and its relatives look at one: the shorter side is
   * stretched.
   *
   * @param image the image, of any size
   * @param side rows and columns of the outcome
   * @return {@code [side, side]}
   */
  public static PreparedImage square(RgbImage image, int side) {
    return new PreparedImage(Resampler.resize(image, side, side));
  }
}
