package io.github.anople.core.image;

import java.util.List;
import java.util.Objects;

/**
 * A picture with what its reader has to say of its file.
 *
 * @param image its pixels
 * @param notes what a person should know, in the order in which it was found; mostly none
 */
public record NotedImage(RgbImage image, List<PictureNote> notes) {

  /**
   * A picture with its notes.
   *
   * @param image its pixels
   * @param notes what a person should know
   */
  public NotedImage {
    Objects.requireNonNull(image, "image");
    notes = List.copyOf(notes);
  }
}
