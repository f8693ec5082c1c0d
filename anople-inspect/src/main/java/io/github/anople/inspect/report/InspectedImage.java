package io.github.anople.inspect.report;

import java.util.Objects;

/**
 * An image of a report: what a run says of it, and what there is to see.
 *
 * @param result its row in the table
 * @param thumbnails its pictures
 */
public record InspectedImage(ImageResult result, Thumbnails thumbnails) {

  public InspectedImage {
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(thumbnails, "thumbnails");
  }
}
