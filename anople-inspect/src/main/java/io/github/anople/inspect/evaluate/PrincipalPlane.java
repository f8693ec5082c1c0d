package io.github.anople.inspect.evaluate;

import io.github.anople.core.detect.ImageFeature;
import java.util.List;

/**
 * The plane in which features differ most: their mean and their first two principal components, by
 * orthogonal iteration on the covariance, which is never formed.
 *
 * @param mean the features' mean, {@code [d]}
 * @param first the first component, of unit length; 0 where all features are one
 * @param second the second, of unit length and orthogonal to it; 0 where they lie on a line
 * @param explained part of the variance in the plane, in [0, 1]; 1 without any variance
 */
record PrincipalPlane(double[] mean, double[] first, double[] second, double explained) {

  private static final int MOST_STEPS = 2000;
  private static final double CONVERGED = 1e-10;

  /** Below this part of the variance a component is rounding. */
  private static final double NOTHING = 1e-12;

  /** Of at least one feature; all have the same size. */
  static PrincipalPlane of(List<ImageFeature> features) {
    int width = features.get(0).size();
    double[] mean = new double[width];
    for (ImageFeature feature : features) {
      for (int i = 0; i < width; i++) {
        mean[i] += feature.at(i) / features.size();
      }
    }
    double[][] rows = features.stream().map(one -> centred(one, mean)).toArray(double[][]::new);
    double total = 0;
    for (double[] row : rows) {
      total += dot(row, row);
    }
    double[] first = component(rows, new double[width], total);
    double[] second = component(rows, first, total);
    double inside = total == 0 ? 1 : (variance(rows, first) + variance(rows, second)) / total;
    return new PrincipalPlane(mean, first, second, Math.min(1, inside));
  }

  /** Where a feature lies: its two components. */
  double[] project(ImageFeature feature) {
    double[] row = centred(feature, mean);
    return new double[] {dot(row, first), dot(row, second)};
  }

  private static double[] centred(ImageFeature feature, double[] mean) {
    double[] row = new double[mean.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = feature.at(i) - mean[i];
    }
    return row;
  }

  /** The direction of most variance that is orthogonal to another one. */
  private static double[] component(double[][] rows, double[] other, double total) {
    double[] start = other.clone();
    double longest = 0;
    // The longest row is no worse a start than a random one, and the same every time.
    for (double[] row : rows) {
      double[] rest = without(row, other);
      if (dot(rest, rest) > longest) {
        longest = dot(rest, rest);
        start = rest;
      }
    }
    if (longest <= NOTHING * total) {
      return new double[other.length];
    }
    double[] direction = unit(start);
    for (int step = 0; step < MOST_STEPS; step++) {
      double[] next = unit(without(covariance(rows, direction), other));
      double moved = 1 - Math.abs(dot(next, direction));
      direction = next;
      if (moved < CONVERGED) {
        break;
      }
    }
    return direction;
  }

  private static double[] covariance(double[][] rows, double[] direction) {
    double[] sum = new double[direction.length];
    for (double[] row : rows) {
      double along = dot(row, direction);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += along * row[i];
      }
    }
    return sum;
  }

  private static double[] without(double[] row, double[] direction) {
    double along = dot(row, direction);
    double[] rest = row.clone();
    for (int i = 0; i < rest.length; i++) {
      rest[i] -= along * direction[i];
    }
    return rest;
  }

  private static double[] unit(double[] row) {
    double length = Math.sqrt(dot(row, row));
    double[] unit = row.clone();
    for (int i = 0; i < unit.length; i++) {
      unit[i] /= length;
    }
    return unit;
  }

  private static double variance(double[][] rows, double[] direction) {
    double sum = 0;
    for (double[] row : rows) {
      double along = dot(row, direction);
      sum += along * along;
    }
    return sum;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
