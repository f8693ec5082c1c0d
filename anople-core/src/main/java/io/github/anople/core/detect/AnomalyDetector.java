package io.github.anople.core.detect;

import io.github.anople.core.image.RgbImage;
import java.util.List;
import java.util.Optional;

/**
 * Scores pictures. It knows no label and no threshold.
 *
 * <p>A detector may be shared: any number of threads may call {@link #detect} at the same time, and
 * each gets what it would have got alone, whatever pictures go together in a call. {@link #close}
 * waits for the pictures that are being scored; after it, {@code detect} throws {@link
 * IllegalStateException}.
 */
public interface AnomalyDetector extends AutoCloseable {

  /**
   * Scores pictures, each on its own.
   *
   * @param images pictures of any size; each is resized to {@link #imageSize()} on both sides,
   *     whatever its proportions
   * @return a detection a picture, in their order; the maps have the side {@link #imageSize()}
   * @throws IllegalStateException if the detector is closed
   */
  List<Detection> detect(List<RgbImage> images);

  /**
   * Scores one picture.
   *
   * @param image a picture of any size
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
   * The texts that pictures are compared with. A detector that has them tells the {@link
   * Detection#feature} of each picture too.
   *
   * @return the two texts; empty for a detector that has none, or does not tell
   */
  default Optional<TextFeatures> textFeatures() {
    return Optional.empty();
  }

  /** Gives back what the detector holds outside the Java heap; a second call does nothing. */
  @Override
  void close();
}
