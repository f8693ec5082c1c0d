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
    NativeWork work = new NativeWork(new NativeWork.Waits(1, 1, LONG, LONG));
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
    NativeWork work = new NativeWork(new NativeWork.Waits(LONG, LONG, LONG, LONG));
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
    NativeWork work = new NativeWork(new NativeWork.Waits(LONG, LONG, 1, LONG));
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
    NativeWork work = new NativeWork(new NativeWork.Waits(LONG, LONG, LONG, LONG));
    work.end();
    assertThrows(IllegalStateException.class, () -> work.within(() -> 1));
  }

  @Test
  void aRefusalSparesWhoHasToFinish() {
    NativeWork.finishing();
    NativeWork.refuse();
    assertFalse(NativeWork.ended());
    NativeWork.finished();
    NativeWork work = new NativeWork(new NativeWork.Waits(1, 1, LONG, LONG));
    work.closeUnlessFinishing();
    assertThrows(IllegalStateException.class, () -> work.within(() -> 1));
  }

  @Test
  void whoSaidSoMayTakeItsTimeToFinish() throws InterruptedException {
    NativeWork work = new NativeWork(new NativeWork.Waits(1, 1, 1, LONG));
    work.count(1);
    Thread ending = new Thread(work::end);
    ending.start();
    while (ending.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    Thread.sleep(20); // More than it waits for the others.
    assertEquals(1, work.within(() -> 1));
    work.count(-1);
    ending.join();
    assertThrows(IllegalStateException.class, () -> work.within(() -> 1));
  }

  @Test
  void whoHasComputedAndLivesIsGivenMoreTime() throws InterruptedException {
    NativeWork work = new NativeWork(new NativeWork.Waits(1, LONG, LONG, LONG));
    CountDownLatch read = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    Thread reading =
        new Thread(
            () -> {
              work.within(done::incrementAndGet);
              await(read);
              work.within(done::incrementAndGet);
            });
    reading.start();
    while (done.get() == 0) {
      Thread.onSpinWait();
    }
    Thread ending = new Thread(work::end);
    ending.start();
    Thread.sleep(20);
    read.countDown();
    ending.join();
    assertEquals(2, done.get());
  }

  @Test
  void workThatFailsIsOver() throws InterruptedException {
    NativeWork work = new NativeWork(new NativeWork.Waits(1, 1, LONG, LONG));
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
