package io.github.anople.inspect.evaluate;

import io.github.anople.inspect.metric.PixelScores;
import io.github.anople.inspect.report.BoxNumbers;
import java.util.ArrayList;
import java.util.List;

/** The good images, or those of one kind of defect, as they come in. */
final class Group {

  private final String name;
  private final List<Float> scores = new ArrayList<>();
  private final PixelScores pixels = new PixelScores();
  private final List<String> unmasked = new ArrayList<>();
  private int masked;
  private BoxNumbers boxes = BoxNumbers.NONE;

  Group(String name) {
    this.name = name;
  }

  String name() {
    return name;
  }

  PixelScores pixels() {
    return pixels;
  }

  void score(float score) {
    scores.add(score);
  }

  void masked() {
    masked++;
  }

  void unmasked(String image) {
    unmasked.add(image);
  }

  void boxes(BoxNumbers further) {
    boxes = boxes.plus(further);
  }

  BoxNumbers boxes() {
    return boxes;
  }

  int images() {
    return scores.size();
  }

  int maskedImages() {
    return masked;
  }

  /** Images whose pixels do not count. */
  List<String> unmaskedImages() {
    return unmasked;
  }

  static double[] scores(List<Group> groups) {
    return groups.stream()
        .flatMap(group -> group.scores.stream())
        .mapToDouble(Float::doubleValue)
        .toArray();
  }
}
