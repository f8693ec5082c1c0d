package io.github.anople.torch.clip;

import java.util.Arrays;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The merges of a byte-pair vocabulary, applied to one piece of text.
 *
 * <p>Symbols are token ids: 0..255 the bytes in CLIP's order, 256..511 the same at the end of a
 * piece, 512 + r what merge r makes.
 */
final class BytePairMerges {

  /** Byte to symbol. */
  private static final int[] BYTE_IDS = byteIds();

  private static final int END_OF_PIECE = 256;
  private static final int FIRST_MERGE = 512;

  private final Map<Long, Integer> ranks;

  /**
   * Takes merges by {@link #pair}. No symbol is made twice or used before the merge that makes it,
   * so that a merge only ever opens the way to later ones; the reader checks it.
   */
  BytePairMerges(Map<Long, Integer> ranks) {
    this.ranks = ranks;
  }

  /** The number of merges. */
  int size() {
    return ranks.size();
  }

  /** The key of two neighbouring symbols. */
  static long pair(int left, int right) {
    return ((long) left << 32) | right;
  }

  /** The character that stands for symbol {@code id} (0..255) in a vocabulary file. */
  static char character(int id) {
    if (id < 94) {
      return (char) (33 + id);
    }
    if (id < 106) {
      return (char) (161 + id - 94);
    }
    return (char) (id < 188 ? 174 + id - 106 : 256 + id - 188);
  }

  /** The characters up to U+00FF stand for themselves, in order; the other bytes follow. */
  private static int[] byteIds() {
    int[] ids = new int[256];
    Arrays.fill(ids, -1);
    for (int id = 0; id < 188; id++) {
      ids[character(id)] = id;
    }
    int next = 188;
    for (int b = 0; b < 256; b++) {
      if (ids[b] < 0) {
        ids[b] = next++;
      }
    }
    return ids;
  }

  /**
   * The tokens of a piece's bytes: the neighbours of lowest rank are merged, leftmost first, until
   * none is left. In n log n for n bytes: candidates wait in a queue, and stale ones are skipped.
   */
  int[] encode(byte[] piece) {
    return piece.length == 0 ? new int[0] : new Row(piece).merge();
  }

  /** One piece while it is being merged: a list of symbols linked both ways. */
  private final class Row {

    private final int[] symbol;
    private final int[] previous;
    private final int[] next;

    /** Candidates as rank and position of the left symbol. */
    private final PriorityQueue<Long> candidates = new PriorityQueue<>();

    Row(byte[] piece) {
      int n = piece.length;
      symbol = new int[n];
      previous = new int[n];
      next = new int[n];
      for (int i = 0; i < n; i++) {
        symbol[i] = BYTE_IDS[Byte.toUnsignedInt(piece[i])];
        previous[i] = i - 1;
        next[i] = i + 1;
      }
      symbol[n - 1] += END_OF_PIECE;
    }

    int[] merge() {
      for (int i = 0; i + 1 < symbol.length; i++) {
        offer(i);
      }
      while (!candidates.isEmpty()) {
        long candidate = candidates.remove();
        int rank = (int) (candidate >>> 32);
        int left = (int) candidate;
        if (rank == rank(left)) {
          join(left, FIRST_MERGE + rank);
        }
      }
      int[] tokens = new int[symbol.length];
      int count = 0;
      for (int i = 0; i < symbol.length; i = next[i]) {
        tokens[count++] = symbol[i];
      }
      return Arrays.copyOf(tokens, count);
    }

    private void join(int left, int merged) {
      int right = next[left];
      symbol[left] = merged;
      symbol[right] = -1;
      next[left] = next[right];
      if (next[left] < symbol.length) {
        previous[next[left]] = left;
      }
      offer(left);
      if (previous[left] >= 0) {
        offer(previous[left]);
      }
    }

    private void offer(int left) {
      int rank = rank(left);
      if (rank >= 0) {
        candidates.add(((long) rank << 32) | left);
      }
    }

    /** The rank of the symbol at a position and its right neighbour, or -1. */
    private int rank(int left) {
      if (symbol[left] < 0 || next[left] >= symbol.length) {
        return -1;
      }
      return ranks.getOrDefault(pair(symbol[left], symbol[next[left]]), -1);
    }
  }
}
