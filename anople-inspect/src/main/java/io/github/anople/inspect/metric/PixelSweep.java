package io.github.anople.inspect.metric;

import java.util.Arrays;
import java.util.List;

/** Lowers a threshold over the pixels of some groups together. */
final class PixelSweep {

  private final List<PixelScores> groups;

  PixelSweep(List<PixelScores> groups) {
    this.groups = List.copyOf(groups);
  }

  /** Normal pixels in a run, from the highest score down. */
  private static final class Cursor {

    private final int[] run;
    private int next;

    Cursor(int[] run) {
      this.run = run;
      this.next = run.length - 1;
    }

    /** Passes all that are at least the key, and says how many. */
    int pass(int least) {
      int before = next;
      while (next >= 0 && run[next] >= least) {
        next--;
      }
      return before - next;
    }
  }

  long normals() {
    return groups.stream().mapToLong(PixelScores::normalPixels).sum();
  }

  long anomalies() {
    return groups.stream().mapToLong(PixelScores::anomalousPixels).sum();
  }

  long regions() {
    return groups.stream().mapToLong(PixelScores::regions).sum();
  }

  /** Whether there are pixels of both kinds. */
  boolean isDefined() {
    return normals() > 0 && anomalies() > 0;
  }

  void run(List<? extends Tally> tallies) {
    List<Cursor> cursors =
        groups.stream().flatMap(group -> group.normalRuns().stream()).map(Cursor::new).toList();
    long[] anomalous = sortedAnomalous();
    long above = 0;
    int end = anomalous.length;
    while (end > 0) {
      int key = key(anomalous[end - 1]);
      int count = 0;
      double overlap = 0;
      while (end > 0 && key(anomalous[end - 1]) == key) {
        end--;
        count++;
        overlap += 1.0 / (int) anomalous[end];
      }
      // No key is Integer.MAX_VALUE: that would be a NaN's.
      above += pass(cursors, key + 1);
      long equal = pass(cursors, key);
      for (Tally tally : tallies) {
        tally.at(Keys.value(key), above, equal, count, overlap);
      }
      above += equal;
    }
  }

  private static long pass(List<Cursor> cursors, int least) {
    long passed = 0;
    for (Cursor cursor : cursors) {
      passed += cursor.pass(least);
    }
    return passed;
  }

  private long[] sortedAnomalous() {
    long[] all = new long[Math.toIntExact(anomalies())];
    int at = 0;
    for (PixelScores group : groups) {
      for (long[] some : group.anomalous()) {
        System.arraycopy(some, 0, all, at, some.length);
        at += some.length;
      }
    }
    Arrays.sort(all);
    return all;
  }

  private static int key(long anomalous) {
    return (int) (anomalous >> Integer.SIZE);
  }
}
