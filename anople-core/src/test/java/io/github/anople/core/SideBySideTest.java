package io.github.anople.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SideBySideTest {

  @Test
  void resultsComeInTheOrderOfThePiecesWhoeverIsDoneFirst() {
    try (SideBySide two = new SideBySide(2, "pair")) {
      CountDownLatch last = new CountDownLatch(1);
      List<Integer> squares =
          two.map(
              9,
              piece -> {
                if (piece == 0) {
                  await(last); // held up until the other thread has done all the rest
                } else if (piece == 8) {
                  last.countDown();
                }
                return piece * piece;
              });
      assertEquals(List.of(0, 1, 4, 9, 16, 25, 36, 49, 64), squares);
    }
  }

  @Test
  void theFirstFaultIsToldWhenAllOthersAreDone() {
    try (SideBySide two = new SideBySide(2, "pair")) {
      Set<Integer> done = ConcurrentHashMap.newKeySet();
      IllegalStateException fault =
          assertThrows(
              IllegalStateException.class,
              () ->
                  two.map(
                      6,
                      piece -> {
                        if (piece == 1 || piece == 4) {
                          throw new IllegalStateException("piece " + piece);
                        }
                        return done.add(piece);
                      }));
      assertEquals("piece 1", fault.getMessage());
      assertEquals(Set.of(0, 2, 3, 5), done);
    }
  }

  @Test
  void anErrorStaysAnError() {
    try (SideBySide one = new SideBySide(1, "one")) {
      assertThrows(
          OutOfMemoryError.class,
          () ->
              one.map(
                  1,
                  piece -> {
                    throw new OutOfMemoryError("drawn");
                  }));
    }
  }

  @Test
  void aThreadIsPreparedBeforeItsFirstPiece() {
    ThreadLocal<Boolean> prepared = ThreadLocal.withInitial(() -> false);
    try (SideBySide two =
        new SideBySide(
            2,
            "pair",
            work ->
                () -> {
                  prepared.set(true);
                  work.run();
                })) {
      assertEquals(List.of(true, true, true, true), two.map(4, piece -> prepared.get()));
    }
  }

  @Test
  void afterTheEndTheCallerComputes() {
    SideBySide closed = new SideBySide(2, "pair");
    closed.close();
    assertEquals(
        List.of(Thread.currentThread(), Thread.currentThread()),
        closed.map(2, piece -> Thread.currentThread()));
  }

  @Test
  void anInterruptIsKeptForTheCaller() {
    try (SideBySide two = new SideBySide(2, "pair")) {
      Thread.currentThread().interrupt();
      assertEquals(List.of(0, 1), two.map(2, piece -> piece));
      assertTrue(Thread.interrupted());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
