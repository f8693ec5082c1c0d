package io.github.anople.torch.engine;

import io.github.anople.core.PhysicalCores;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

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

  private final ExecutorService threads;
  private final int count;
  private final int threadsEach;

  private Workers(int count, int threadsEach) {
    this.count = count;
    this.threadsEach = threadsEach;
    this.threads =
        Executors.newFixedThreadPool(
            count,
            work -> {
              Thread thread = new Thread(() -> runWith(threadsEach, work), "anople-worker");
              thread.setDaemon(true);
              return thread;
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
   * How many workers share the cores. With as many pieces as cores or more it is one a core; where
   * that would leave many cores idle (most in the last round), fewer workers of several threads.
   */
  static int count(int cores, int pieces) {
    int best = 1;
    for (int workers = 1; workers <= Math.min(cores, pieces); workers++) {
      if (rounds(cores, pieces, workers) <= rounds(cores, pieces, best)) {
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

  private static void runWith(int threadsEach, Runnable work) {
    TorchRuntime.setThreadsOfThisThread(threadsEach);
    work.run();
  }

  /**
   * The number of pieces that are computed at a time.
   *
   * @return at least 1
   */
  public int count() {
    return count;
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
    List<Future<T>> futures = new ArrayList<>(pieces);
    for (int piece = 0; piece < pieces; piece++) {
      int number = piece;
      futures.add(threads.submit(() -> TensorScope.call(() -> work.apply(number))));
    }
    List<T> results = new ArrayList<>(pieces);
    RuntimeException fault = null;
    for (Future<T> future : futures) {
      try {
        results.add(uninterrupted(future));
      } catch (RuntimeException e) {
        fault = fault == null ? e : fault;
      }
    }
    if (fault != null) {
      throw fault;
    }
    return results;
  }

  /** Pieces use tensors of their caller, who may not go on before they are done. */
  private static <T> T uninterrupted(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          if (e.getCause() instanceof Error error) {
            throw error;
          }
          throw e.getCause() instanceof RuntimeException known
              ? known
              : new IllegalStateException(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** Lets the threads go. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
