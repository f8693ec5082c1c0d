package io.github.anople.lab.pretrain.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The filter bank that mini's first block computes: linear functions of a 16×16 patch, some of them
 * reaching into the four patches beside it, and the statistics that the magnitude of each is added
 * to.
 *
 * <p>Statistics 0 to 2 are the means of brightness, red-green and blue-yellow; 3 to 5 how much each
 * varies within the patch; then gradients by orientation in 2×2 cells (4·4); then Gabor filters of
 * σ 1.5, 3 and 5 pixels at 4 angles (12), at several places and two phases each.
 *
 * <p>An orientation's share of a gradient (a, b) is max(|a|, |b|) − |b|: nil for what runs more
 * along than across. It needs no second nonlinearity, since max(|a|, |b|) = (|a + b| + |a − b|) /
 * 2, and those are the magnitudes at the two orientations beside.
 */
final class PatchFilters {

  static final int SIDE = MiniArchitecture.PATCH;

  /** The sizes of the groups of statistics, in order. */
  static final int[] GROUPS = {3, 3, 16, 12};

  /** How many statistics there are. */
  static final int STATISTICS = 34;

  /** How many filters reach beyond the patch. */
  static final int WIDE = 40;

  /** The patches beside a patch, as rows and columns to go. */
  static final int[][] BESIDE = {{-1, 0}, {1, 0}, {0, -1}, {0, 1}};

  /** Brightness, red-green, blue-yellow as sums of red, green, blue. */
  static final double[][] COLOURS = {{0.299, 0.587, 0.114}, {0.5, -0.5, 0}, {0.25, 0.25, -0.5}};

  private static final int PIXELS = SIDE * SIDE;
  private static final int ORIENTATIONS = 4;
  private static final double[] SIGMAS = {1.5, 3, 5};
  private static final double[][] PLACES = {{1.5, 5.5, 9.5, 13.5}, {4, 11}, {7.5}};
  private static final double ASPECT = 0.6;

  /**
   * A linear function of a patch, and of what lies beside it.
   *
   * @param colour index in {@link #COLOURS}
   * @param weights {@code [SIDE, SIDE]}
   * @param beside {@code [4][SIDE, SIDE]} in the order of {@link #BESIDE}, or empty
   * @param shares what it counts for, {@code [STATISTICS]}
   * @param isMagnitude whether its absolute value counts, not its value
   */
  record Filter(
      int colour, double[] weights, double[][] beside, double[] shares, boolean isMagnitude) {

    boolean isWide() {
      return beside.length > 0;
    }
  }

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

  private void add(int colour, double[] weights, double[] shares, boolean isMagnitude) {
    filters.add(new Filter(colour, weights, new double[0][], shares, isMagnitude));
  }

  private static double[] only(int statistic) {
    double[] shares = new double[STATISTICS];
    shares[statistic] = 1;
    return shares;
  }

  private void means() {
    for (int colour = 0; colour < COLOURS.length; colour++) {
      add(colour, box(0, 0, SIDE), only(colour), false);
    }
  }

  /** One pixel of each 2×2 box against the mean of the patch; for colours, 4×4 boxes. */
  private void deviations() {
    double[] mean = box(0, 0, SIDE);
    for (int y = 0; y < SIDE; y += 2) {
      for (int x = 0; x < SIDE; x += 2) { // another corner of the box each time
        add(0, minus(box(y + x / 2 % 2, x + y / 2 % 2, 1), mean), only(3), true);
      }
    }
    for (int colour = 1; colour < COLOURS.length; colour++) {
      for (int at = 0; at < 16; at++) {
        add(colour, minus(box(at / 4 * 4, at % 4 * 4, 4), mean), only(3 + colour), true);
      }
    }
  }

  /** Central differences at eight places of each cell, as a quincunx. */
  private void gradients() {
    for (int cell = 0; cell < 4; cell++) {
      for (int at = 0; at < 8; at++) {
        int y = cell / 2 * 8 + at / 2 * 2;
        int x = cell % 2 * 8 + at % 2 * 4 + at / 2 % 2 * 2;
        double[] across = slope(y, Math.max(x - 1, 0), y, x + 1);
        double[] down = slope(Math.max(y - 1, 0), x, y + 1, x);
        for (int k = 0; k < ORIENTATIONS; k++) {
          double[] shares = new double[STATISTICS];
          int first = 6 + ORIENTATIONS * cell;
          shares[first + (k + 1) % ORIENTATIONS] = Math.sqrt(0.5);
          shares[first + (k + 3) % ORIENTATIONS] = Math.sqrt(0.5);
          shares[first + (k + 2) % ORIENTATIONS] = -1;
          add(0, turned(across, down, k * Math.PI / ORIENTATIONS), shares, true);
        }
      }
    }
  }

  private void gabors() {
    for (int scale = 0; scale < SIGMAS.length; scale++) {
      for (int angle = 0; angle < ORIENTATIONS; angle++) {
        double[] shares = only(22 + ORIENTATIONS * scale + angle);
        for (double y : PLACES[scale]) {
          for (double x : PLACES[scale]) {
            for (int phase = 0; phase < 2; phase++) {
              Gabor gabor = new Gabor(SIGMAS[scale], angle * Math.PI / ORIENTATIONS, y, x, phase);
              double[][] parts = gabor.parts(scale > 0);
              double[][] beside = scale > 0 ? Arrays.copyOfRange(parts, 1, 5) : new double[0][];
              filters.add(new Filter(0, parts[0], beside, shares, true));
            }
          }
        }
      }
    }
  }

  private static double[] box(int top, int left, int side) {
    double[] weights = new double[PIXELS];
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

  /** Brightness at the second place less that at the first, a pixel. */
  private static double[] slope(int y0, int x0, int y1, int x1) {
    double[] weights = new double[PIXELS];
    double distance = y1 - y0 + x1 - x0;
    weights[y1 * SIDE + x1] = 1 / distance;
    weights[y0 * SIDE + x0] = -1 / distance;
    return weights;
  }

  private static double[] turned(double[] across, double[] down, double angle) {
    double[] weights = new double[PIXELS];
    for (int i = 0; i < PIXELS; i++) {
      weights[i] = Math.cos(angle) * across[i] + Math.sin(angle) * down[i];
    }
    return weights;
  }

  /** A wave of length 2.5σ under a hump: no answer to an even picture, unit length. */
  private record Gabor(double sigma, double angle, double cy, double cx, int phase) {

    /** On the patch and, if wide, on those {@link #BESIDE}: {@code [5][SIDE, SIDE]}. */
    double[][] parts(boolean isWide) {
      double[][] humps = new double[5][PIXELS];
      double[][] weights = new double[5][PIXELS];
      double sum = 0;
      double area = 0;
      for (int part = 0; part < (isWide ? 5 : 1); part++) {
        int top = part == 0 ? 0 : BESIDE[part - 1][0] * SIDE;
        int left = part == 0 ? 0 : BESIDE[part - 1][1] * SIDE;
        for (int i = 0; i < PIXELS; i++) {
          double y = top + i / SIDE - cy;
          double x = left + i % SIDE - cx;
          humps[part][i] = hump(y, x);
          weights[part][i] = humps[part][i] * wave(y, x);
          sum += weights[part][i];
          area += humps[part][i];
        }
      }
      double energy = 0;
      for (int i = 0; i < 5 * PIXELS; i++) {
        double weight =
            weights[i / PIXELS][i % PIXELS] - sum / area * humps[i / PIXELS][i % PIXELS];
        weights[i / PIXELS][i % PIXELS] = weight;
        energy += weight * weight;
      }
      for (int i = 0; i < 5 * PIXELS; i++) {
        weights[i / PIXELS][i % PIXELS] /= Math.sqrt(energy);
      }
      return weights;
    }

    private double hump(double y, double x) {
      double along = x * Math.cos(angle) + y * Math.sin(angle);
      double beside = ASPECT * (y * Math.cos(angle) - x * Math.sin(angle));
      return Math.exp(-(along * along + beside * beside) / (2 * sigma * sigma));
    }

    private double wave(double y, double x) {
      double turn = 2 * Math.PI * (x * Math.cos(angle) + y * Math.sin(angle)) / (2.5 * sigma);
      return phase == 0 ? Math.cos(turn) : Math.sin(turn);
    }
  }
}
