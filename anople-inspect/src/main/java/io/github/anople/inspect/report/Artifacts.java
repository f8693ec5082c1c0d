package io.github.anople.inspect.report;

import java.util.Objects;
import java.util.Optional;

/**
 * What was written and drawn of one image. Files are named by their paths below the folder of
 * results, with {@code /} between names.
 *
 * @param overlay the file of the image with its heat map, where there is one
 * @param map the file of its 16-bit map, where there is one
 * @param thumbnails its small pictures, for a report
 */
public record Artifacts(Optional<String> overlay, Optional<String> map, Thumbnails thumbnails) {

  /** Nothing was. */
  public static final Artifacts NONE =
      new Artifacts(Optional.empty(), Optional.empty(), Thumbnails.NONE);

  public Artifacts {
    Objects.requireNonNull(overlay, "overlay");
    Objects.requireNonNull(map, "map");
    Objects.requireNonNull(thumbnails, "thumbnails");
  }

  /**
   * The same with small pictures.
   *
   * @param drawn the pictures
   * @return new artifacts
   */
  public Artifacts with(Thumbnails drawn) {
    return new Artifacts(overlay, map, drawn);
  }
}
