package io.github.anople.core;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps the process from ending under native code. Whatever computes outside of Java (ONNX Runtime,
 * libtorch) does so in here; when the JVM shuts down, a hook waits until it is done. Native
 * libraries free what they stand on when a process exits, and one that still computed would end it
 * with a fault (SIGSEGV), its result lost.
 *
 * <p>A shutdown has other hooks too, and they may want to finish what they began: work that begins
 * while the JVM is shutting down is let in until there has been none for a moment, or for some
 * seconds at most. After that it is refused.
 */
public final class NativeWork {

  /** Between the pictures of somebody who finishes a batch. */
  private static final long QUIET_MILLIS = 200;

  /** A loop that nobody stops must not keep the process. */
  private static final long MOST_MILLIS = 3_000;

  private static final NativeWork OF_PROCESS = new NativeWork(QUIET_MILLIS, MOST_MILLIS);

  static {
    OF_PROCESS.watchProcess();
  }

  private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
  private final long quiet;
  private final long most;
  private int running;
  private int unfinished;
  private long lastLeft;
  private boolean closed;

  NativeWork(long quietMillis, long mostMillis) {
    this.quiet = quietMillis;
    this.most = mostMillis;
    this.lastLeft = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(quietMillis);
  }

  private void watchProcess() {
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(this::end, "anople-native-work"));
    } catch (IllegalStateException e) {
      close(); // The process was ending before anything was computed.
    }
  }

  /**
   * Computes. Calls may be nested, and come from any number of threads.
   *
   * @param <T> what comes of it
   * @param work runs native code
   * @return what comes of it
   * @throws IllegalStateException if the process is ending
   */
  public static <T> T call(Supplier<T> work) {
    return OF_PROCESS.within(work);
  }

  /** Somebody has work that is to be finished should the process end, until {@link #finished}. */
  public static void finishing() {
    OF_PROCESS.count(1);
  }

  /** The counterpart of {@link #finishing}. */
  public static void finished() {
    OF_PROCESS.count(-1);
  }

  /** Refuses all work that has not begun, unless somebody has work to finish. */
  public static void refuse() {
    OF_PROCESS.closeUnlessFinishing();
  }

  /**
   * Whether work is refused since the process is ending.
   *
   * @return true from then on
   */
  public static boolean ended() {
    return OF_PROCESS.isClosed();
  }

  <T> T within(Supplier<T> work) {
    enter();
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  private void enter() {
    int outer = depth.get();
    if (outer == 0) {
      begin();
    }
    depth.set(outer + 1);
  }

  private synchronized void begin() {
    if (closed) {
      throw new IllegalStateException("the process is ending");
    }
    running++;
  }

  private void leave() {
    int inner = depth.get() - 1;
    if (inner > 0) {
      depth.set(inner);
      return;
    }
    depth.remove();
    synchronized (this) {
      running--;
      lastLeft = System.nanoTime();
      notifyAll();
    }
  }

  private synchronized void count(int more) {
    unfinished += more;
  }

  synchronized void closeUnlessFinishing() {
    if (unfinished == 0) {
      close();
    }
  }

  private synchronized void close() {
    closed = true;
    notifyAll();
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  /** Waits until nothing runs and nothing begins any more, and lets nothing in afterwards. */
  synchronized void end() {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(most);
    try {
      while (!closed && System.nanoTime() < deadline) {
        long left = quiet - TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastLeft);
        if (running == 0 && left <= 0) {
          break;
        }
        wait(Math.max(1, running > 0 ? quiet : left));
      }
      closed = true;
      while (running > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closed = true;
  }
}
