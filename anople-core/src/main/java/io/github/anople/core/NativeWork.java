package io.github.anople.core;

import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Keeps the process from ending under native code. Whatever computes outside of Java (ONNX Runtime,
 * libtorch) does so in here; when the JVM shuts down, a hook waits until it is done. Native
 * libraries free what they stand on when a process exits, and one that still computed would end it
 * with a fault (SIGSEGV), its result lost.
 *
 * <p>A shutdown has other hooks too, and they may want to finish what they began: work that begins
 * while the JVM is shutting down is let in until there has been none for a moment (for a second,
 * where a thread that computed before still lives: it may be reading its next picture), or for some
 * seconds at most. After that it is refused. Who needs longer says so with {@link #finishing}
 * before, and with {@link #finished} when all is written: a shutdown waits a minute for it.
 */
public final class NativeWork {

  private static final NativeWork OF_PROCESS = new NativeWork(Waits.OF_PROCESS);

  static {
    OF_PROCESS.watchProcess();
  }

  private final ThreadLocal<Integer> depth = ThreadLocal.withInitial(() -> 0);
  private final Set<Thread> computed = Collections.newSetFromMap(new WeakHashMap<>());
  private final Waits waits;
  private int running;
  private int unfinished;
  private long lastLeft;
  private boolean closed;

  /**
   * How long a shutdown waits, in milliseconds.
   *
   * @param quiet without any work, where all who computed before are gone
   * @param pause the same, where some still live
   * @param most for work that goes on and on: a loop that nobody stops must not keep the process
   * @param finish for those who said that they have work to finish
   */
  record Waits(long quiet, long pause, long most, long finish) {

    static final Waits OF_PROCESS = new Waits(200, 1_000, 3_000, 60_000);
  }

  NativeWork(Waits waits) {
    this.waits = waits;
    this.lastLeft = System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(waits.pause);
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

  /**
   * Somebody has work that is to be finished should the process end, until {@link #finished}: a
   * shutdown lets all work in until then, for a minute at most.
   */
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
    computed.add(Thread.currentThread());
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

  synchronized void count(int more) {
    unfinished += more;
    notifyAll();
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
    long begun = System.nanoTime();
    try {
      while (!closed && millisSince(begun) < (unfinished > 0 ? waits.finish : waits.most)) {
        long left = (isAnyoneLeft() ? waits.pause : waits.quiet) - millisSince(lastLeft);
        boolean busy = running > 0 || unfinished > 0;
        if (!busy && left <= 0) {
          break;
        }
        wait(Math.max(1, busy ? waits.quiet : Math.min(left, waits.quiet)));
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

  private static long millisSince(long nanoTime) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - nanoTime);
  }

  private boolean isAnyoneLeft() {
    return computed.stream().anyMatch(thread -> thread.isAlive() && !hasAskedForTheEnd(thread));
  }

  /** Who called {@link System#exit} waits in there, and computes no more. */
  private static boolean hasAskedForTheEnd(Thread thread) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(frame -> frame.getClassName().equals("java.lang.Shutdown"));
  }
}
