package io.github.anople.core.drift;

import java.util.Arrays;

/**
 * The two-sample rank test of Mann and Whitney (1947), exact for any numbers of values and any
 * distribution: if all orders of the pooled values are equally likely, P(p ≤ a) ≤ a for every a.
 * Equal values count for the order that tells less, so that ties only make p larger.
 */
final class RankSum {

  private final int reference;
  private final int window;

  /** P(U ≤ u). */
  private final double[] cumulative;

  /** A test of samples of these sizes. */
  RankSum(int reference, int window) {
    this.reference = reference;
    this.window = window;
    this.cumulative = table(reference, window);
  }

  /**
   * How likely it is, by chance alone, that one sample lies so far to one side of the other.
   *
   * @param good as many values as the reference has
   * @param seen as many as the window has
   * @return p of both sides, in (0, 1]
   */
  double p(double[] good, double[] seen) {
    int above = 0;
    int below = 0;
    double[] sorted = good.clone();
    Arrays.sort(sorted);
    for (double value : seen) {
      int less = 0;
      while (less < sorted.length && sorted[less] < value) {
        less++;
      }
      int most = less;
      while (most < sorted.length && sorted[most] == value) {
        most++;
      }
      above += less;
      below += sorted.length - most;
    }
    int all = reference * window;
    // As many pairs tell the other way or not at all.
    return Math.min(1, 2 * cumulative[all - Math.max(above, below)]);
  }

  /** The smallest p that so many values can give: two of all ways to choose the window. */
  static double smallest(int reference, int window) {
    double share = 2;
    for (int i = 1; i <= window; i++) {
      share *= (double) i / (reference + i);
    }
    return Math.min(1, share);
  }

  /**
   * The distribution of U by the largest value's origin: P(u; m, k) = k/(m+k) · P(u − m; m, k − 1)
   * + m/(m+k) · P(u; m − 1, k). All terms are positive, so that nothing cancels.
   */
  private static double[] table(int reference, int window) {
    double[][] row = new double[window + 1][]; // of m reference values, by k
    for (int k = 0; k <= window; k++) {
      row[k] = new double[] {1};
    }
    for (int m = 1; m <= reference; m++) {
      double[][] next = new double[window + 1][];
      next[0] = new double[] {1};
      for (int k = 1; k <= window; k++) {
        double[] all = new double[m * k + 1];
        double ofWindow = (double) k / (m + k);
        double ofReference = (double) m / (m + k);
        for (int u = 0; u < next[k - 1].length; u++) {
          all[u + m] += ofWindow * next[k - 1][u];
        }
        for (int u = 0; u < row[k].length; u++) {
          all[u] += ofReference * row[k][u];
        }
        next[k] = all;
      }
      row = next;
    }
    double[] cumulative = row[window];
    for (int u = 1; u < cumulative.length; u++) {
      cumulative[u] += cumulative[u - 1];
    }
    return cumulative;
  }
}
