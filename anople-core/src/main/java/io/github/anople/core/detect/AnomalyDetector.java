package io.github.anople.core.detect;

import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import java.util.List;
import java.util.Optional;

/**
 * Scores images. It knows no label and no threshold.
 *
 * <p>A detector may be shared: any number of threads may call it at the same time, and each gets
 * what it would have got alone, whatever images go together in a call. {@link #close} waits for the
 * images that are being scored; after it, {@code detect} throws {@link IllegalStateException}.
 */
public interface AnomalyDetector extends AutoCloseable {

  /**
   * Brings an image to what this detector looks at. It needs the processor and the Java heap alone,
   * so it can be done by the thread that read the image while others are scored: {@link Scoring}
   * does.
   *
   * @param image an image of any size; it is resized to {@link #imageSize()} on both sides,
   *     whatever its proportions, unless the detector says otherwise
   * @return the detector's input, for {@link #detectPrepared} of this detector
   */
  PreparedImage prepare(RgbImage image);

  /**
   * Scores prepared images, each on its own.
   *
   * @param images what {@link #prepare} made
   * @return a detection an image, in their order; the maps have the side {@link #imageSize()}, or
   *     are of a picture's shape where it is looked at in tiles
   * @throws IllegalStateException if the detector is closed
   */
  List<Detection> detectPrepared(List<PreparedImage> images);

  /**
   * Scores images, each on its own.
   *
   * @param images images of any size
   * @return a detection an image, in their order; the maps have the side {@link #imageSize()}, or
   *     are of a picture's shape where it is looked at in tiles
   * @throws IllegalStateException if the detector is closed
   */
  default List<Detection> detect(List<RgbImage> images) {
    return detectPrepared(images.stream().map(this::prepare).toList());
  }

  /**
   * Scores one image.
   *
   * @param image an image of any size
   * @return its detection
   * @throws IllegalStateException if the detector is closed
   */
  default Detection detect(RgbImage image) {
    return detect(List.of(image)).get(0);
  }

  /**
   * The side of the square that the detector looks at, S.
   *
   * @return pixels
   */
  int imageSize();

  /**
   * The texts that images are compared with. A detector that has them tells the {@link
   * Detection#feature} of each image too.
   *
   * @return the two texts; empty for a detector that has none, or does not tell
   */
  default Optional<TextFeatures> textFeatures() {
    return Optional.empty();
  }

  /**
   * Which part of pictures the detector looks at. What it ignores has no influence on anything that
   * it says, and its maps are 0 there.
   *
   * @return the region; empty for a detector that looks at whole pictures
   */
  default Optional<Region> region() {
    return Optional.empty();
  }

  /** Gives back what the detector holds outside the Java heap; a second call does nothing. */
  @Override
  void close();
}
