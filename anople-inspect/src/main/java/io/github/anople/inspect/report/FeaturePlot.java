package io.github.anople.inspect.report;

import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Features of images and texts on a plane (the paper's Figure 4): their first two principal
 * components.
 *
 * @param points the features
 * @param explained part of the features' variance that lies in the plane, in [0, 1], where known
 */
public record FeaturePlot(List<Point> points, OptionalDouble explained) {

  /** What a point stands for. */
  public enum Kind {
    /** A good image that the detector was trained on. */
    SHOT,
    /** A good image of the test. */
    GOOD,
    /** A defective image of the test. */
    DEFECT,
    /** The text feature of a good object, t+. */
    TEXT_NORMAL,
    /** The text feature of an anomalous object, t-. */
    TEXT_ANOMALOUS
  }

  /**
   * One feature.
   *
   * @param kind what it stands for
   * @param defectType the type of defect, for {@link Kind#DEFECT}; else empty text
   * @param name the image's path or the text, for a reader
   * @param x the first component
   * @param y the second component
   */
  public record Point(Kind kind, String defectType, String name, double x, double y) {

    /**
     * A feature.
     *
     * @throws IllegalArgumentException if a component is not finite, or a type is given for
     *     something else than a defect
     */
    public Point {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(name, "name");
      if (!Double.isFinite(x) || !Double.isFinite(y)) {
        throw new IllegalArgumentException("the feature of " + name + " is " + x + ", " + y);
      }
      if (kind != Kind.DEFECT && !defectType.isEmpty()) {
        throw new IllegalArgumentException(name + " is " + kind + " with a type of defect");
      }
    }
  }

  /**
   * A plot.
   *
   * @throws IllegalArgumentException if the part is outside [0, 1]
   */
  public FeaturePlot {
    points = List.copyOf(points);
    Shares.check("explained variance", explained);
  }
}
