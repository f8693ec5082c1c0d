package io.github.anople.core.drift;

import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a picture looks, in a few numbers that follow lamp, lens and camera rather than the part
 * (section 14 of the method's page). A darker lamp changes the brightness alone; the others are
 * ratios.
 *
 * @param brightness ln(m + 1), m the mean luminance in levels of 255
 * @param contrast ln((d + 1) / (m + 1)), d the mean distance of luminance from m
 * @param sharpness ln((l + ¼) / (g + ¼)), l and g the mean sizes of luminance's Laplacian and
 *     gradient
 * @param red (r − g) / (m + 1) of the channels' means
 * @param blue (b − g) / (m + 1)
 * @param places the same of brightness and sharpness place by place, where they are kept
 */
public record Look(
    float brightness,
    float contrast,
    float sharpness,
    float red,
    float blue,
    Optional<Places> places) {

  /** The numbers' names in files, in their order. */
  public static final List<String> NAMES =
      List.of("brightness", "contrast", "sharpness", "red", "blue");

  /**
   * A look.
   *
   * @throws IllegalArgumentException if a number is not finite
   */
  public Look {
    Objects.requireNonNull(places, "places");
    for (float value : new float[] {brightness, contrast, sharpness, red, blue}) {
      if (!Float.isFinite(value)) {
        throw new IllegalArgumentException("a look is made of finite numbers, not " + value);
      }
    }
  }

  /**
   * How a picture looks.
   *
   * @param image the picture, of any size
   * @return all numbers, and the places
   */
  public static Look of(RgbImage image) {
    return of(image, Optional.empty());
  }

  /**
   * How a part of a picture looks.
   *
   * @param image the picture, of any size
   * @param region which part counts; a place that does not is as the whole is
   * @return all numbers, and the places
   */
  public static Look of(RgbImage image, Optional<Region> region) {
    return Luminance.of(image).look(region);
  }

  /**
   * The same without places.
   *
   * @return five numbers
   */
  public Look whole() {
    return places.isEmpty()
        ? this
        : new Look(brightness, contrast, sharpness, red, blue, Optional.empty());
  }

  /**
   * The numbers.
   *
   * @return in the order of {@link #NAMES}
   */
  public List<Float> values() {
    return List.of(brightness, contrast, sharpness, red, blue);
  }

  /**
   * A look of numbers.
   *
   * @param values in the order of {@link #NAMES}
   * @param places what is known of the places
   * @return the look
   * @throws IllegalArgumentException if there are not five, or one is not finite
   */
  public static Look of(List<Float> values, Optional<Places> places) {
    if (values.size() != NAMES.size()) {
      throw new IllegalArgumentException(
          "a look of " + values.size() + " numbers, not " + NAMES.size());
    }
    return new Look(
        values.get(0), values.get(1), values.get(2), values.get(3), values.get(4), places);
  }
}
