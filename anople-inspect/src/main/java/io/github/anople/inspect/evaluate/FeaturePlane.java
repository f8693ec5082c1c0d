package io.github.anople.inspect.evaluate;

import io.github.anople.core.detect.ImageFeature;
import io.github.anople.core.detect.TextFeatures;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.report.FeaturePlot;
import io.github.anople.inspect.report.FeaturePlot.Kind;
import io.github.anople.inspect.report.FeaturePlot.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
   * @param images test images; those that nobody judged are left out
   * @param features the features of those that have one
   * @param texts t⁺ and t⁻
   * @return the plot; empty without texts, or with fewer than three images
   */
  static Optional<FeaturePlot> plot(
      List<ImageEvaluation> images,
      Map<ImageEvaluation, ImageFeature> features,
      Optional<TextFeatures> texts) {
    List<ImageEvaluation> shown =
        images.stream()
            .filter(image -> image.sample().label() != Label.UNKNOWN)
            .filter(features::containsKey)
            .toList();
    if (texts.isEmpty() || shown.size() < FEWEST) {
      return Optional.empty();
    }
    PrincipalPlane plane = PrincipalPlane.of(shown.stream().map(features::get).toList());
    List<Point> points = new ArrayList<>();
    for (ImageEvaluation image : shown) {
      boolean defective = image.sample().label() == Label.ANOMALOUS;
      points.add(
          point(
              defective ? Kind.DEFECT : Kind.GOOD,
              defective ? image.sample().defectType() : "",
              ImageFiles.slashed(image.sample().image()),
              plane.project(features.get(image))));
    }
    points.add(point(Kind.TEXT_NORMAL, "", "t+", plane.project(texts.get().normal())));
    points.add(point(Kind.TEXT_ANOMALOUS, "", "t−", plane.project(texts.get().anomalous())));
    return Optional.of(new FeaturePlot(points, OptionalDouble.of(plane.explained())));
  }

  private static Point point(Kind kind, String type, String name, double[] at) {
    return new Point(kind, type, name, at[0], at[1]);
  }
}
