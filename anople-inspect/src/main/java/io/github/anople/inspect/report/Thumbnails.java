package io.github.anople.inspect.report;

import java.util.Objects;
import java.util.Optional;

/**
 * What a gallery shows of one image; each may be missing.
 *
 * @param image the image itself
 * @param groundTruth the image with its known defect outlined
 * @param heatMap the image with its map laid over it
 * @param binaryMap where the map is above the pixel threshold: white there, black elsewhere
 */
public record Thumbnails(
    Optional<Thumbnail> image,
    Optional<Thumbnail> groundTruth,
    Optional<Thumbnail> heatMap,
    Optional<Thumbnail> binaryMap) {

  /** Nothing to see. */
  public static final Thumbnails NONE =
      new Thumbnails(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

  public Thumbnails {
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(groundTruth, "groundTruth");
    Objects.requireNonNull(heatMap, "heatMap");
    Objects.requireNonNull(binaryMap, "binaryMap");
  }
}
