package io.github.anople.lab.speed;

import java.util.ArrayList;
import java.util.List;

/**
 * How often something is done.
 *
 * @param warmUps times that are not counted
 * @param counted times that are counted, at most
 * @param seconds no further repetition begins after that many, once three are there
 */
record Repetitions(int warmUps, int counted, double seconds) {

  private static final int FEWEST = 3;

  /** A few minutes for everything. */
  static final Repetitions QUICK = new Repetitions(1, 5, 4);

  /** Medians to publish. */
  static final Repetitions THOROUGH = new Repetitions(3, 31, 30);

  /** Does something, and takes the time of each counted repetition. */
  Samples time(Runnable task) {
    for (int i = 0; i < warmUps; i++) {
      task.run();
    }
    List<Double> taken = new ArrayList<>();
    long start = System.nanoTime();
    while (taken.size() < counted && (taken.size() < FEWEST || since(start) < seconds)) {
      long before = System.nanoTime();
      task.run();
      taken.add(since(before));
    }
    return new Samples(taken.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The same in fewer repetitions, for what takes long. */
  Repetitions atMost(int most) {
    return new Repetitions(Math.min(warmUps, most), Math.min(counted, most), seconds);
  }

  private static double since(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }
}
