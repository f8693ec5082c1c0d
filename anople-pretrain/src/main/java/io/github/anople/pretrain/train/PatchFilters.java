package io.github.anople.pretrain.train;

import java.util.ArrayList;
import java.util.List;

/**
 * The filter bank that mini's first block computes: linear functions of a 16×16 patch, and the
 * statistic that the magnitudes of each are added to.
 *
 * <p>Statistics 0 to 2 are the means of brightness, red-green and blue-yellow; 3 to 5 how much each
 * varies within the patch; then gradients in 4 directions in 2×2 cells (16); then Gabor filters of
 * σ 1.5, 3 and 5 pixels at 4 angles (12), at several places and two phases each.
 */
final class PatchFilters {

  static final int SIDE = MiniArchitecture.PATCH;

  /** The sizes of the groups of statistics, in order. */
  static final int[] GROUPS = {3, 3, 16, 12};

  /** How many statistics there are. */
  static final int STATISTICS = 34;

  /** Brightness, red-green, blue-yellow as sums of red, green, blue. */
  static final double[][] COLOURS = {{0.299, 0.587, 0.114}, {0.5, -0.5, 0}, {0.25, 0.25, -0.5}};

  private static final double ASPECT = 0.6;

  /**
   * A linear function of a patch.
   *
   * @param colour index in {@link #COLOURS}
   * @param weights {@code [SIDE, SIDE]}
   * @param statistic what it counts for
   * @param isMagnitude whether its absolute value counts, not its value
   */
  record Filter(int colour, double[] weights, int statistic, boolean isMagnitude) {}

  private final List<Filter> filters = new ArrayList<>();

  private PatchFilters() {}

  /** The whole bank. */
  static List<Filter> all() {
    PatchFilters bank = new PatchFilters();
    bank.means();
    bank.deviations();
    bank.gradients();
    bank.gabors();
    return List.copyOf(bank.filters);
  }

  private void means() {
    for (int colour = 0; colour < COLOURS.length; colour++) {
      filters.add(new Filter(colour, box(0, 0, SIDE), colour, false));
    }
  }

  /** Small boxes against the mean of the patch. */
  private void deviations() {
    double[] mean = box(0, 0, SIDE);
    for (int colour = 0; colour < COLOURS.length; colour++) {
      int side = colour == 0 ? 2 : 4;
      for (int at = 0; at < SIDE * SIDE / (side * side); at++) {
        double[] part = box(at / (SIDE / side) * side, at % (SIDE / side) * side, side);
        filters.add(new Filter(colour, minus(part, mean), 3 + colour, true));
      }
    }
  }

  /** 2×2 boxes against their neighbours to the right, below, and on both diagonals. */
  private void gradients() {
    int[][] steps = {{0, 2}, {2, 2}, {2, 0}, {2, -2}};
    for (int cell = 0; cell < 4; cell++) {
      for (int direction = 0; direction < steps.length; direction++) {
        int statistic = 6 + 4 * cell + direction;
        for (int at = 0; at < 16; at++) {
          int y = cell / 2 * 8 + at / 4 * 2;
          int x = cell % 2 * 8 + at % 4 * 2;
          int below = y + steps[direction][0];
          int beside = x + steps[direction][1];
          if (below < SIDE && beside >= 0 && beside < SIDE) {
            filters.add(new Filter(0, minus(box(below, beside, 2), box(y, x, 2)), statistic, true));
          }
        }
      }
    }
  }

  private void gabors() {
    double[] sigmas = {1.5, 3, 5};
    double[][] places = {{3, 7.5, 12}, {4.5, 10.5}, {7.5}};
    for (int scale = 0; scale < sigmas.length; scale++) {
      for (int angle = 0; angle < 4; angle++) {
        for (double y : places[scale]) {
          for (double x : places[scale]) {
            for (int phase = 0; phase < 2; phase++) {
              double[] weights = gabor(sigmas[scale], angle * Math.PI / 4, y, x, phase);
              filters.add(new Filter(0, weights, 22 + 4 * scale + angle, true));
            }
          }
        }
      }
    }
  }

  private static double[] box(int top, int left, int side) {
    double[] weights = new double[SIDE * SIDE];
    for (int y = top; y < top + side; y++) {
      for (int x = left; x < left + side; x++) {
        weights[y * SIDE + x] = 1.0 / (side * side);
      }
    }
    return weights;
  }

  private static double[] minus(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  /** Wavelength 2.5σ, no answer to an even patch, unit length. */
  private static double[] gabor(double sigma, double angle, double cy, double cx, int phase) {
    double[] weights = new double[SIDE * SIDE];
    double[] hump = new double[SIDE * SIDE];
    double sum = 0;
    double humps = 0;
    for (int i = 0; i < weights.length; i++) {
      int row = i / SIDE;
      double y = row - cy;
      double x = i % SIDE - cx;
      double along = x * Math.cos(angle) + y * Math.sin(angle);
      double beside = ASPECT * (y * Math.cos(angle) - x * Math.sin(angle));
      hump[i] = Math.exp(-(along * along + beside * beside) / (2 * sigma * sigma));
      double wave = 2 * Math.PI * along / (2.5 * sigma);
      weights[i] = hump[i] * (phase == 0 ? Math.cos(wave) : Math.sin(wave));
      sum += weights[i];
      humps += hump[i];
    }
    double energy = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] -= sum / humps * hump[i];
      energy += weights[i] * weights[i];
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= Math.sqrt(energy);
    }
    return weights;
  }
}
