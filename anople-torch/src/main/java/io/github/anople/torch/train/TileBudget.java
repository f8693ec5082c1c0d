package io.github.anople.torch.train;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.synth.Draws;
import java.util.Arrays;
import java.util.List;

/**
 * How many patches of tiles a memory takes: tiles are many, and patches of all their views would
 * fill any memory. Each tile may give the same number; the patches of a tile as it is go first, and
 * those of its turned and moved copies share what is left. Which of them is drawn by the seed.
 *
 * @param perTile rows of an encoder that a tile may give
 * @param copies of each tile besides the tile as it is
 * @param seed of the draws
 */
record TileBudget(long perTile, long copies, long seed) {

  /** Rows of an encoder that a training takes of tiles: some tens of megabytes. */
  static final int MOST = 1 << 16;

  /** Rows that a further picture may add. */
  static final int MOST_ADDED = MOST / 4;

  /** A budget for shots without tiles, which give all. */
  static TileBudget unbounded() {
    return new TileBudget(Long.MAX_VALUE, 0, 0);
  }

  /** What each tile of some shots may give; at least a row. */
  static TileBudget of(List<Shot> shots, long most, long copies, long seed) {
    long tiles =
        shots.stream().mapToLong(shot -> shot.tiles().orElseThrow().remembered().size()).sum();
    return new TileBudget(Math.max(1, most / tiles), copies, seed);
  }

  /** How many of the rows of a tile as it is are taken. */
  long plain(long rows) {
    return Math.min(rows, perTile);
  }

  /** How many of the rows of each of its copies. */
  long ofCopy(long rows) {
    return copies == 0 ? rows : Math.min(rows, (perTile - plain(rows)) / copies);
  }

  /** Some of a table's rows, in their order. */
  FloatTensor thinned(FloatTensor table, long count, long shot, long number) {
    int rows = Math.toIntExact(table.shape().get(0));
    if (count >= rows) {
      return table;
    }
    int[] drawn = Draws.permutation(Draws.of(seed, "tile rows", shot, number), rows);
    int[] kept = Arrays.copyOf(drawn, (int) count);
    Arrays.sort(kept);
    int width = Math.toIntExact(table.shape().get(1));
    float[] values = new float[kept.length * width];
    for (int i = 0; i < kept.length; i++) {
      System.arraycopy(table.values(), kept[i] * width, values, i * width, width);
    }
    return new FloatTensor(List.of(count, (long) width), values);
  }
}
