package io.github.anople.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SharedUseTest {

  @Test
  void whatIsFreedIsNeverInUseAndFreedOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    for (int round = 0; round < 50; round++) {
      SharedUse use = new SharedUse();
      AtomicBoolean freed = new AtomicBoolean();
      AtomicInteger times = new AtomicInteger();
      CountDownLatch used = new CountDownLatch(4);
      List<Future<?>> ends = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        ends.add(threads.submit(() -> useUntilClosed(use, freed, used)));
      }
      used.await();
      for (int thread = 0; thread < 2; thread++) {
        ends.add(
            threads.submit(
                () ->
                    use.close(
                        () -> {
                          freed.set(true);
                          times.incrementAndGet();
                        })));
      }
      for (Future<?> end : ends) {
        end.get();
      }
      assertEquals(1, times.get());
    }
    threads.shutdown();
  }

  private static void useUntilClosed(SharedUse use, AtomicBoolean freed, CountDownLatch used) {
    IllegalStateException end =
        assertThrows(
            IllegalStateException.class,
            () -> {
              while (true) {
                assertEquals(false, use.call(freed::get));
                used.countDown();
              }
            });
    assertEquals("the detector is closed", end.getMessage());
  }

  @Test
  void aFaultOfTheWorkLeavesItUsable() {
    SharedUse use = new SharedUse();
    assertThrows(
        IllegalArgumentException.class,
        () ->
            use.call(
                () -> {
                  throw new IllegalArgumentException("no picture");
                }));
    assertEquals(7, use.call(() -> 7));
    use.close(() -> {});
    assertThrows(IllegalStateException.class, () -> use.call(() -> 7));
  }
}
