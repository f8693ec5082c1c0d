package io.github.anople.inspect.evaluate;

import io.github.anople.core.detect.TextFeatures;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.FeaturePlot;
import io.github.anople.inspect.report.FeaturePlot.Kind;
import io.github.anople.inspect.report.FeaturePlot.Point;
import io.github.anople.inspect.report.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Test images and the detector's texts on the plane in which the images differ most. */
final class FeaturePlane {

  /** A plane through fewer is no news. */
  private static final int FEWEST = 3;

  private FeaturePlane() {}

  /**
   * The plot of features, as in the paper's Figure 4.
   *
   * @param images test images; those that nobody judged or that have no feature are left out
   * @param texts t⁺ and t⁻
   * @return the plot; empty without texts, or with fewer than three images
   */
  static Optional<FeaturePlot> plot(List<Inspection> images, Optional<TextFeatures> texts) {
    List<Inspection> shown =
        images.stream()
            .filter(image -> image.sample().label() != Label.UNKNOWN)
            .filter(image -> image.feature().isPresent())
            .toList();
    if (texts.isEmpty() || shown.size() < FEWEST) {
      return Optional.empty();
    }
    PrincipalPlane plane =
        PrincipalPlane.of(shown.stream().map(image -> image.feature().orElseThrow()).toList());
    List<Point> points = new ArrayList<>();
    for (Inspection image : shown) {
      boolean defective = image.sample().label() == Label.ANOMALOUS;
      points.add(
          point(
              defective ? Kind.DEFECT : Kind.GOOD,
              defective ? image.sample().defectType() : "",
              image.path(),
              plane.project(image.feature().orElseThrow())));
    }
    points.add(point(Kind.TEXT_NORMAL, "", "t+", plane.project(texts.get().normal())));
    points.add(point(Kind.TEXT_ANOMALOUS, "", "t−", plane.project(texts.get().anomalous())));
    return Optional.of(new FeaturePlot(points, OptionalDouble.of(plane.explained())));
  }

  private static Point point(Kind kind, String type, String name, double[] at) {
    return new Point(kind, type, name, at[0], at[1]);
  }
}
