package io.github.anople.torch.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/**
 * Keeps libgomp's idle threads from burning the cores that OpenBLAS wants.
 *
 * <p>Where matrix products run on OpenBLAS's threads and everything else on libgomp's, the latter
 * spin between two operations and take half of the processor from the former: a small encode took
 * ten times as long, a full-size one twice. libgomp reads its waiting policy from the environment
 * before Java could set it, but it spins briefly when it manages more threads than there are
 * processors. One parked thread that has used a team of its own makes it so.
 */
final class SpinThrottle {

  /** Elements enough for libtorch to share the work among threads. */
  private static final long PARALLEL = 1 << 20;

  private SpinThrottle() {}

  static void start() {
    CountDownLatch ready = new CountDownLatch(1);
    Thread parked =
        new Thread(
            () -> {
              useTeam();
              ready.countDown();
              while (true) {
                LockSupport.park();
              }
            },
            "anople-spin-throttle");
    parked.setDaemon(true);
    parked.start();
    try {
      ready.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @SuppressWarnings("try") // The scope works by being open.
  private static void useTeam() {
    try (PointerScope scope = new PointerScope()) {
      torch.ones(PARALLEL).add_(torch.ones(PARALLEL));
    }
  }
}
