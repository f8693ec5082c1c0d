package io.github.anople.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends a command in good order when the process is asked to end (Ctrl-C, a service manager's
 * SIGTERM): tells it to stop, and lets it finish what it is doing.
 */
final class StopOnExit {

  /** A service manager kills after some 90 seconds; a picture takes a few. */
  private static final long PATIENCE_SECONDS = 60;

  /** Of all commands in this process: a process has one, a test has several. */
  private static final AtomicInteger OPEN = new AtomicInteger();

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  StopOnExit(Runnable stop) {
    hook = new Thread(() -> stopAndWait(stop), "anople-stop");
    OPEN.incrementAndGet();
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether a command has something to finish, should the process end. */
  static boolean isAwaited() {
    return OPEN.get() > 0;
  }

  private void stopAndWait(Runnable stop) {
    stop.run();
    try {
      done.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The command is done: the process may end. */
  void finished() {
    done.countDown();
    OPEN.decrementAndGet();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs already.
    }
  }
}
