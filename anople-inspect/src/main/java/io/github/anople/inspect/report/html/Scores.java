package io.github.anople.inspect.report.html;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.InspectedImage;
import java.util.List;

/** The scores of images. */
final class Scores {

  private Scores() {}

  /** Those of one label, ascending. */
  static double[] of(List<InspectedImage> images, Label label) {
    return images.stream()
        .filter(image -> image.result().label() == label)
        .mapToDouble(image -> image.result().score())
        .sorted()
        .toArray();
  }
}
