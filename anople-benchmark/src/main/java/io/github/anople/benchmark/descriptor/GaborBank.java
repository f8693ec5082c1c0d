package io.github.anople.benchmark.descriptor;

import java.util.Arrays;

/**
 * Twelve Gabor filters: σ of 1.5, 3 and 5 pixels, four directions, wavelength 2.5σ, aspect 0.6.
 * Each is a pair in quadrature; the energy is the pair's length, which does not depend on the phase
 * of the pattern.
 *
 * <p>Coarse filters are evaluated at every second or fourth pixel alone: their energy varies as
 * slowly as they are wide.
 */
final class GaborBank {

  static final int FILTERS = 12;

  private static final double[] SIGMAS = {1.5, 3, 5};
  private static final int[] STEPS = {1, 2, 4};
  private static final int DIRECTIONS = 4;
  private static final double WAVELENGTH = 2.5;
  private static final double ASPECT = 0.6;

  /** Where the envelope falls below this share of its peak, the filter ends. */
  private static final double NEGLIGIBLE = 0.01;

  private GaborBank() {}

  /**
   * Energies of one filter.
   *
   * @param step distance of neighbours, in pixels
   * @param columns values in a row; the first is at pixel 0
   * @param values {@code [rows, columns]}
   */
  record Energy(int step, int columns, float[] values) {

    /** The mean over a square patch whose corner is at (x, y). */
    float mean(int x, int y, int side) {
      double sum = 0;
      int count = 0;
      for (int row = above(y); row * step < y + side; row++) {
        for (int column = above(x); column * step < x + side; column++) {
          sum += values[row * columns + column];
          count++;
        }
      }
      return (float) (sum / count);
    }

    private int above(int pixel) {
      return (pixel + step - 1) / step;
    }
  }

  /** All filters' energies, scale by scale, of a plane {@code [height, width]}. */
  static Energy[] energies(float[] plane, int width, int height) {
    Energy[] energies = new Energy[FILTERS];
    for (int scale = 0; scale < SIGMAS.length; scale++) {
      Phases phases = Phases.of(plane, width, height, radius(SIGMAS[scale]), STEPS[scale]);
      for (int direction = 0; direction < DIRECTIONS; direction++) {
        double angle = Math.PI * direction / DIRECTIONS;
        energies[scale * DIRECTIONS + direction] = energy(phases, SIGMAS[scale], angle);
      }
    }
    return energies;
  }

  /** The envelope is longest across the wave, by 1 / aspect. */
  private static int radius(double sigma) {
    return (int) Math.ceil(sigma / ASPECT * Math.sqrt(-2 * Math.log(NEGLIGIBLE)));
  }

  private static Energy energy(Phases image, double sigma, double angle) {
    float[][] pair = kernels(sigma, angle, image.radius());
    int side = 2 * image.radius() + 1;
    float[] values = new float[image.rows() * image.columns()];
    float[] even = new float[image.columns()];
    float[] odd = new float[image.columns()];
    for (int row = 0; row < image.rows(); row++) {
      Arrays.fill(even, 0);
      Arrays.fill(odd, 0);
      for (int i = 0; i < pair[0].length; i++) {
        if (pair[0][i] != 0 || pair[1][i] != 0) {
          image.addTo(even, odd, row, i / side, i % side, pair[0][i], pair[1][i]);
        }
      }
      for (int column = 0; column < even.length; column++) {
        values[row * even.length + column] =
            (float) Math.sqrt(even[column] * even[column] + odd[column] * odd[column]);
      }
    }
    return new Energy(image.step(), image.columns(), values);
  }

  /** The filter's two phases, {@code [side, side]} each; their sums of weights are zero. */
  private static float[][] kernels(double sigma, double angle, int radius) {
    int side = 2 * radius + 1;
    double[] envelope = new double[side * side];
    double[] wave = new double[side * side];
    double mass = 0;
    double level = 0;
    for (int i = 0; i < envelope.length; i++) {
      double along = (i % side - radius) * Math.cos(angle) + (i / side - radius) * Math.sin(angle);
      double across = (i / side - radius) * Math.cos(angle) - (i % side - radius) * Math.sin(angle);
      double squared = along * along + ASPECT * ASPECT * across * across;
      double weight = Math.exp(-squared / (2 * sigma * sigma));
      envelope[i] = weight < NEGLIGIBLE ? 0 : weight;
      wave[i] = 2 * Math.PI * along / (WAVELENGTH * sigma);
      mass += envelope[i];
      level += envelope[i] * Math.cos(wave[i]);
    }
    float[][] pair = new float[2][side * side];
    for (int i = 0; i < envelope.length; i++) {
      // Without its level the filter sees texture alone, not how bright the place is.
      pair[0][i] = (float) (envelope[i] * (Math.cos(wave[i]) - level / mass) / mass);
      pair[1][i] = (float) (envelope[i] * Math.sin(wave[i]) / mass);
    }
    return pair;
  }

  /**
   * A plane with mirrored borders, its columns dealt out by their number modulo the step, so that
   * what one filter weight meets along a row lies side by side.
   */
  private record Phases(int step, int radius, int rows, int columns, float[][] planes, int stride) {

    static Phases of(float[] plane, int width, int height, int radius, int step) {
      int columns = (width + step - 1) / step;
      int stride = columns + (2 * radius + step) / step;
      int tall = height + 2 * radius;
      float[][] planes = new float[step][tall * stride];
      for (int y = 0; y < tall; y++) {
        int from = mirrored(y - radius, height) * width;
        for (int x = 0; x < stride * step; x++) {
          planes[x % step][y * stride + x / step] = plane[from + mirrored(x - radius, width)];
        }
      }
      return new Phases(step, radius, (height + step - 1) / step, columns, planes, stride);
    }

    void addTo(float[] even, float[] odd, int row, int down, int right, float evenBy, float oddBy) {
      float[] plane = planes[right % step];
      int from = (row * step + down) * stride + right / step;
      for (int column = 0; column < even.length; column++) {
        float value = plane[from + column];
        even[column] += evenBy * value;
        odd[column] += oddBy * value;
      }
    }

    private static int mirrored(int index, int size) {
      int folded = Math.floorMod(index, 2 * size);
      return folded < size ? folded : 2 * size - 1 - folded;
    }
  }
}
