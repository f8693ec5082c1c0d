package io.github.anople.core.detect;

import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An image as a detector looks at it: small, whatever the camera delivers. Made by {@link
 * AnomalyDetector#prepare} and of use to that detector alone.
 *
 * @param image the detector's input
 * @param others the same at further sizes, for a detector that looks at several; by their sides in
 *     pixels
 * @param tiles the same in tiles, for a detector that looks at them
 */
public record PreparedImage(
    RgbImage image, Map<Integer, RgbImage> others, Optional<TileCut> tiles) {

  /**
   * A prepared image.
   *
   * @param image the detector's input
   * @param others the same at further sizes
   * @param tiles the same in tiles
   */
  public PreparedImage {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(tiles, "tiles");
    others = Map.copyOf(others);
  }

  /**
   * An image for a detector that looks at the whole of it.
   *
   * @param image the detector's input
   * @param others the same at further sizes
   */
  public PreparedImage(RgbImage image, Map<Integer, RgbImage> others) {
    this(image, others, Optional.empty());
  }

  /**
   * The same with tiles.
   *
   * @param cut the image's tiles
   * @return a new prepared image
   */
  public PreparedImage in(TileCut cut) {
    return new PreparedImage(image, others, Optional.of(cut));
  }

  /**
   * An image for a detector that looks at one size.
   *
   * @param image the detector's input
   */
  public PreparedImage(RgbImage image) {
    this(image, Map.of());
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

  /**
   * The square of a size.
   *
   * @param side its side in pixels
   * @return one of the images that this was made with
   * @throws IllegalArgumentException if it was made without that size
   */
  public RgbImage at(int side) {
    if (image.width() == side) {
      return image;
    }
    RgbImage other = others.get(side);
    if (other == null) {
      throw new IllegalArgumentException("was not prepared at " + side + " pixels");
    }
    return other;
  }

  /**
   * What it holds.
   *
   * @return bytes of all its sizes and tiles
   */
  public long bytes() {
    return image.bytes()
        + others.values().stream().mapToLong(RgbImage::bytes).sum()
        + tiles.map(TileCut::bytes).orElse(0L);
  }
}
