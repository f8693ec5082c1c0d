package io.github.anople.torch.engine;

import io.github.anople.core.PhysicalCores;
import io.github.anople.core.SideBySide;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Threads that take the pieces of a task (pictures, views) one after another, each computing its
 * piece alone.
 *
 * <p>Threads that share every operation wait for each other at its end, hundreds of times a
 * picture; where another program has one of the cores, all of them run at the pace of the one that
 * it holds up. Pieces are waited for once, and a thread that is held up takes fewer of them. They
 * are computed in the same way whoever takes them, so results depend neither on how many threads
 * there are nor on what else runs.
 */
public final class Workers implements AutoCloseable {

  /** How much of a core a further thread is worth that shares every operation. */
  private static final double SHARED = 0.85;

  /** What must be gained for threads to wait for each other. */
  private static final double WORTH = 0.8;

  /** It keeps to the threads of its caller. */
  private static final boolean IN_ONE_DNN = Processor.current().multipliesInOneDnn();

  private final SideBySide threads;
  private final int threadsEach;

  private Workers(int count, int threadsEach) {
    this.threadsEach = threadsEach;
    this.threads =
        new SideBySide(
            count,
            "anople-worker",
            work ->
                () -> {
                  TorchRuntime.setThreadsOfThisThread(threadsEach);
                  work.run();
                });
  }

  /**
   * As many workers as are soonest done with a task's pieces on the processor's cores.
   *
   * @param pieces of a task, at least 1
   * @return workers to close
   */
  public static Workers forPieces(int pieces) {
    TorchRuntime.start();
    int cores = PhysicalCores.count();
    int workers = count(cores, pieces);
    return new Workers(workers, cores / workers);
  }

  /**
   * How many workers share the cores: one a core, since such are not held up by each other; fewer
   * of several threads where most cores would wait for the last pieces.
   */
  static int count(int cores, int pieces) {
    int alone = Math.min(cores, pieces);
    int best = alone;
    for (int workers = 1; workers < alone; workers++) {
      double least = Math.min(rounds(cores, pieces, best), WORTH * rounds(cores, pieces, alone));
      if (rounds(cores, pieces, workers) < least) {
        best = workers;
      }
    }
    return best;
  }

  /** How long a task takes, in pieces computed by one thread. */
  private static double rounds(int cores, int pieces, int workers) {
    int each = cores / workers;
    return Math.ceil((double) pieces / workers) / (1 + SHARED * (each - 1));
  }

  /**
   * The threads that share each operation of a piece.
   *
   * @return at least 1
   */
  public int threadsEach() {
    return threadsEach;
  }

  /**
   * Computes all pieces of a task.
   *
   * @param <T> what becomes of a piece: plain Java, or tensors that somebody owns
   * @param pieces how many
   * @param work computes one, in a {@link TensorScope} of its own; called with 0, 1, … on any of
   *     the threads
   * @return the results in the order of the pieces
   * @throws RuntimeException the first fault of a piece, after all the others are done
   */
  public <T> List<T> map(int pieces, IntFunction<T> work) {
    Supplier<List<T>> all =
        () -> threads.map(pieces, piece -> TensorScope.call(() -> work.apply(piece)));
    return IN_ONE_DNN ? all.get() : BlasThreads.limited(threadsEach, all);
  }

  /** Lets the threads go. */
  @Override
  public void close() {
    threads.close();
  }
}
