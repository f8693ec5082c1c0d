package io.github.anople.core.detect;

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
}
