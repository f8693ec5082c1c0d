package io.github.anople.inspect.report.html;

import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.Inspection;
import java.util.List;

/** The scores of images. */
final class Scores {

  private Scores() {}

  /** Those of one label, ascending. */
  static double[] of(List<Inspection> images, Label label) {
    return images.stream()
        .filter(image -> image.sample().label() == label)
        .mapToDouble(image -> image.score())
        .sorted()
        .toArray();
  }
}
