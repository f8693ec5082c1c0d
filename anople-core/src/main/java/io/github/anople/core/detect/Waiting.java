package io.github.anople.core.detect;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Threads of a run, and waiting for them. */
public final class Waiting {

  private Waiting() {}

  /**
   * Threads of a pool. Daemons: a program that ends does not wait for images that nobody wants any
   * more.
   *
   * @param count how many
   * @param name what each is called
   * @return a pool to shut down
   */
  public static ExecutorService threads(int count, String name) {
    return Executors.newFixedThreadPool(
        count,
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * A task's result; what it threw is thrown as it is.
   *
   * @param <T> what it makes
   * @param task the task
   * @return what it made
   * @throws InterruptedException if the calling thread is interrupted
   */
  public static <T> T get(Future<T> task) throws InterruptedException {
    try {
      return task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException fault) {
        throw fault;
      }
      if (e.getCause() instanceof Error fault) {
        throw fault;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Lets what was begun come to its end, and remembers an interrupt for later. */
  static void finish(ExecutorService threads) {
    threads.shutdown();
    boolean interrupted = false;
    while (!threads.isTerminated()) {
      try {
        threads.awaitTermination(1, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
