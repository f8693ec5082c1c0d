package io.github.anople.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NativeWorkTest {

  private static final long LONG = 600_000;

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void theEndWaitsForWhatIsRunning() throws InterruptedException {
    NativeWork work = new NativeWork(1, LONG);
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    Thread computing =
        new Thread(
            () ->
                work.within(
                    () -> {
                      begun.countDown();
                      await(goOn);
                      return work.within(done::incrementAndGet); // nested: let in whatever ends
                    }));
    computing.start();
    await(begun);
    Thread ending = new Thread(work::end);
    ending.start();
    while (ending.getState() != Thread.State.WAITING
        && ending.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertEquals(0, done.get());
    goOn.countDown();
    ending.join();
    assertEquals(1, done.get());
    computing.join();
    assertThrows(IllegalStateException.class, () -> work.within(() -> 1));
  }

  @Test
  void whoFinishesWhatItBeganIsLetIn() throws InterruptedException {
    NativeWork work = new NativeWork(LONG, LONG);
    work.within(() -> 1);
    Thread ending = new Thread(work::end);
    ending.start();
    while (ending.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    assertEquals(1, work.within(() -> 1));
    ending.interrupt();
    ending.join();
    assertThrows(IllegalStateException.class, () -> work.within(() -> 1));
  }

  @Test
  void aLoopThatNobodyStopsIsRefusedInTheEnd() throws InterruptedException {
    NativeWork work = new NativeWork(LONG, 1);
    AtomicInteger rounds = new AtomicInteger();
    Thread endless =
        new Thread(
            () -> {
              try {
                while (true) {
                  work.within(rounds::incrementAndGet);
                }
              } catch (IllegalStateException e) {
                rounds.set(-1);
              }
            });
    endless.start();
    while (rounds.get() == 0) {
      Thread.onSpinWait();
    }
    work.end();
    endless.join();
    assertEquals(-1, rounds.get());
  }

  @Test
  void theEndOfAnIdleProcessDoesNotWait() {
    NativeWork work = new NativeWork(LONG, LONG);
    work.end();
    assertThrows(IllegalStateException.class, () -> work.within(() -> 1));
  }

  @Test
  void aRefusalSparesWhoHasToFinish() {
    NativeWork.finishing();
    NativeWork.refuse();
    assertFalse(NativeWork.ended());
    NativeWork.finished();
    NativeWork work = new NativeWork(1, LONG);
    work.closeUnlessFinishing();
    assertThrows(IllegalStateException.class, () -> work.within(() -> 1));
  }

  @Test
  void workThatFailsIsOver() throws InterruptedException {
    NativeWork work = new NativeWork(1, LONG);
    assertThrows(
        ArithmeticException.class,
        () ->
            work.within(
                () -> {
                  throw new ArithmeticException();
                }));
    work.end();
    assertFalse(NativeWork.ended());
    assertTrue(NativeWork.call(() -> true));
  }
}
