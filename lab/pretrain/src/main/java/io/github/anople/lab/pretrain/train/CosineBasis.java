package io.github.anople.lab.pretrain.train;

import java.util.Arrays;

/** The two-dimensional cosine transform of a patch, coarse waves first. */
final class CosineBasis {

  private static final int SIDE = MiniArchitecture.PATCH;

  private CosineBasis() {}

  /**
   * The first waves.
   *
   * @param count how many
   * @return {@code [count, SIDE · SIDE]}, orthonormal; the first is the even patch
   */
  static double[][] of(int count) {
    int[][] pairs = new int[SIDE * SIDE][];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = new int[] {i / SIDE, i % SIDE};
    }
    Arrays.sort(
        pairs, (a, b) -> Integer.compare(a[0] * a[0] + a[1] * a[1], b[0] * b[0] + b[1] * b[1]));
    double[][] waves = new double[count][SIDE * SIDE];
    for (int k = 0; k < count; k++) {
      for (int i = 0; i < SIDE * SIDE; i++) {
        waves[k][i] = wave(pairs[k][0], i / SIDE) * wave(pairs[k][1], i % SIDE);
      }
    }
    return waves;
  }

  private static double wave(int frequency, int at) {
    double norm = Math.sqrt((frequency == 0 ? 1.0 : 2.0) / SIDE);
    return norm * Math.cos(Math.PI * (at + 0.5) * frequency / SIDE);
  }
}
