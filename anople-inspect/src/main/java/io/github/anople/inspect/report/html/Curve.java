package io.github.anople.inspect.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * A curve over all thresholds. Images with the same score go over a threshold together, so that the
 * curve does not depend on their order.
 *
 * @param points by falling threshold; empty where one of the two kinds of images is missing
 */
record Curve(List<Point> points) {

  /**
   * One point.
   *
   * @param x where
   * @param y how high
   * @param threshold the score that is just called defective here; infinite at the beginning
   */
  record Point(double x, double y, double threshold) {}

  Curve {
    points = List.copyOf(points);
  }

  /**
   * x is the false-alarm rate, y the part of the defective images that is found; straight lines
   * between the points, from (0, 0) to (1, 1).
   *
   * @param good scores of good images, ascending
   * @param bad scores of defective images, ascending
   */
  static Curve roc(double[] good, double[] bad) {
    return sweep(
        good,
        bad,
        (falseAlarms, found) -> new double[] {falseAlarms / good.length, found / bad.length});
  }

  /**
   * x is recall, y precision. Between two recalls the precision is that of the larger one, as the
   * step sum of the average precision has it; the first point only says where the first step
   * begins.
   *
   * @param good scores of good images, ascending
   * @param bad scores of defective images, ascending
   */
  static Curve precisionRecall(double[] good, double[] bad) {
    Curve swept =
        sweep(
            good,
            bad,
            (falseAlarms, found) ->
                new double[] {found / bad.length, found / (found + falseAlarms)});
    if (swept.points.isEmpty()) {
      return swept;
    }
    List<Point> points = new ArrayList<>(swept.points);
    points.set(0, new Point(0, points.get(1).y(), Double.POSITIVE_INFINITY));
    return new Curve(points);
  }

  /** A point from how many images of each kind are called defective. */
  @FunctionalInterface
  private interface At {
    double[] of(double falseAlarms, double found);
  }

  private static Curve sweep(double[] good, double[] bad, At at) {
    List<Point> points = new ArrayList<>();
    if (good.length == 0 || bad.length == 0) {
      return new Curve(points);
    }
    points.add(point(at.of(0, 0), Double.POSITIVE_INFINITY));
    int g = good.length;
    int b = bad.length;
    while (g > 0 || b > 0) {
      double threshold =
          Math.max(
              g > 0 ? good[g - 1] : Double.NEGATIVE_INFINITY,
              b > 0 ? bad[b - 1] : Double.NEGATIVE_INFINITY);
      while (g > 0 && good[g - 1] >= threshold) {
        g--;
      }
      while (b > 0 && bad[b - 1] >= threshold) {
        b--;
      }
      points.add(point(at.of(good.length - g, bad.length - b), threshold));
    }
    return new Curve(points);
  }

  private static Point point(double[] xy, double threshold) {
    return new Point(xy[0], xy[1], threshold);
  }
}
