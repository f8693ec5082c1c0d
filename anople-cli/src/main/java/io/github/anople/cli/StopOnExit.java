package io.github.anople.cli;

import io.github.anople.core.NativeWork;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends a command in good order when the process is asked to end (Ctrl-C, a service manager's
 * SIGTERM): tells it to stop, and lets it finish what it is doing.
 */
final class StopOnExit {

  /** A service manager kills after some 90 seconds; a picture takes a few. */
  private static final long PATIENCE_SECONDS = 60;

  private final CountDownLatch done = new CountDownLatch(1);
  private final Thread hook;

  /** If the process is ending already, it tells the command to stop at once. */
  StopOnExit(Runnable stop) {
    hook = new Thread(() -> stopAndWait(stop), "anople-stop");
    NativeWork.finishing();
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      stop.run();
    }
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
    NativeWork.finished();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook runs already.
    }
  }
}
