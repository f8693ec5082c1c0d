package io.github.anople.core.detect;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * Lets any number of threads use what a detector stands on, and frees it when nobody does. What is
 * freed lies outside the Java heap: freed in use, or twice, it would end the process.
 */
public final class SharedUse {

  /** Fair: else those who detect without a pause would keep those who close waiting for ever. */
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock(true);

  private boolean closed;

  /** Nobody uses it yet. */
  public SharedUse() {}

  /**
   * Uses it, beside others.
   *
   * @param <T> what comes of it
   * @param work must not call this object
   * @return what comes of it
   * @throws IllegalStateException if it is freed already
   */
  public <T> T call(Supplier<T> work) {
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the detector is closed");
      }
      return work.get();
    } finally {
      lock.readLock().unlock();
    }
  }

  /**
   * Frees it once, after those who use it; further calls do nothing.
   *
   * @param free frees it
   */
  public void close(Runnable free) {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        free.run();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }
}
