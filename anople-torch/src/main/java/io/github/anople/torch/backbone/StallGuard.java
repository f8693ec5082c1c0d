package io.github.anople.torch.backbone;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;

/**
 * Closes a stream on which nothing arrives any more: reading the body of an HTTP answer has no
 * timeout of its own.
 */
final class StallGuard implements AutoCloseable {

  private final InputStream stream;
  private final long limitNanos;
  private final Thread thread;
  private volatile long lastNanos = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream stream, Duration limit) {
    this.stream = stream;
    this.limitNanos = limit.toNanos();
    this.thread = new Thread(this::watch, "anople-download-stall-guard");
    thread.setDaemon(true);
    thread.start();
  }

  /** Something has arrived. */
  void touch() {
    lastNanos = System.nanoTime();
  }

  /** Whether the stream was closed because nothing arrived. */
  boolean stalled() {
    return stalled;
  }

  private void watch() {
    try {
      while (true) {
        long left = limitNanos - (System.nanoTime() - lastNanos);
        if (left <= 0) {
          break;
        }
        Thread.sleep(left / 1_000_000 + 1);
      }
      stalled = true;
      stream.close();
    } catch (InterruptedException e) {
      // The download is over: so is this thread.
      return;
    } catch (IOException e) {
      // The reader meets the same failure and reports it.
      return;
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
