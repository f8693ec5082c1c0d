package io.github.anople.torch.synth;

import java.util.random.RandomGenerator;

/**
 * Shuffles a picture's 8×8 grid of tiles; what a side that 8 does not divide leaves over stays in
 * place.
 */
final class TileShuffle {

  static final int GRID = 8;

  private TileShuffle() {}

  /** A shuffled copy of a planar picture {@code [3, side, side]}. */
  static float[] shuffle(float[] image, int side, RandomGenerator random) {
    int[] order = Draws.permutation(random, GRID * GRID);
    int tile = side / GRID;
    float[] shuffled = image.clone();
    for (int to = 0; to < order.length; to++) {
      int from = order[to];
      for (int channel = 0; channel < 3; channel++) {
        for (int row = 0; row < tile; row++) {
          System.arraycopy(
              image,
              offset(channel, from, row, tile, side),
              shuffled,
              offset(channel, to, row, tile, side),
              tile);
        }
      }
    }
    return shuffled;
  }

  private static int offset(int channel, int index, int row, int tile, int side) {
    int y = index / GRID * tile + row;
    int x = index % GRID * tile;
    return (channel * side + y) * side + x;
  }
}
