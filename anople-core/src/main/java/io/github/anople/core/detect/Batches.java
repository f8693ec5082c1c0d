package io.github.anople.core.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Many pictures, a few at a time. */
public final class Batches {

  private Batches() {}

  /**
   * Detects in batches, one after the other.
   *
   * @param images any number
   * @param size the most pictures of a batch, at least 1
   * @param detect what a batch gets, one detection a picture, in order
   * @return one detection a picture, in order
   */
  public static List<Detection> detect(
      List<PreparedImage> images, int size, Function<List<PreparedImage>, List<Detection>> detect) {
    List<Detection> detections = new ArrayList<>();
    for (int from = 0; from < images.size(); from += size) {
      int to = Math.min(images.size(), from + size);
      detections.addAll(detect.apply(images.subList(from, to)));
    }
    return detections;
  }
}
