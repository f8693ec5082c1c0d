package io.github.anople.core;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/**
 * Threads that take the pieces of a task one after another. One that is held up by another program
 * takes fewer of them, and is waited for once, at the end.
 */
public final class SideBySide implements AutoCloseable {

  private static final long IDLE_SECONDS = 30;

  private final ThreadPoolExecutor threads;

  /**
   * Threads that are started when there is work, and end when there has been none for a while.
   *
   * @param count how many, at least 1
   * @param name what they are called
   */
  public SideBySide(int count, String name) {
    this(count, name, UnaryOperator.identity());
  }

  /**
   * The same with something to do first.
   *
   * @param count how many, at least 1
   * @param name what they are called
   * @param prepared what a thread runs, made of what it is to run
   */
  public SideBySide(int count, String name, UnaryOperator<Runnable> prepared) {
    this.threads =
        new ThreadPoolExecutor(
            count,
            count,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(prepared.apply(work), name);
              thread.setDaemon(true);
              return thread;
            },
            (piece, closed) -> piece.run());
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Computes all pieces of a task. It may be called from any number of threads at once, not from a
   * piece.
   *
   * @param <T> what becomes of a piece
   * @param pieces how many
   * @param work computes one; called with 0, 1, … on any of the threads
   * @return the results in the order of the pieces
   * @throws RuntimeException the first fault of a piece, after all the others are done
   */
  public <T> List<T> map(int pieces, IntFunction<T> work) {
    List<Future<T>> futures = new ArrayList<>(pieces);
    for (int piece = 0; piece < pieces; piece++) {
      int number = piece;
      futures.add(threads.submit(() -> work.apply(number)));
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

  /** Pieces use what is their caller's, who may not go on before they are done. */
  private static <T> T uninterrupted(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrapped(e.getCause());
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unwrapped(Throwable fault) {
    if (fault instanceof Error error) {
      throw error;
    }
    return fault instanceof RuntimeException known ? known : new IllegalStateException(fault);
  }

  /** Lets the threads go, after what they have to do; from then on callers compute themselves. */
  @Override
  public void close() {
    threads.shutdown();
  }
}
