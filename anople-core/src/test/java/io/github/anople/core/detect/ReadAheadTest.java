package io.github.anople.core.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

  private static final List<Integer> SOURCES = IntStream.range(0, 30).boxed().toList();

  private final ExecutorService readers = Waiting.threads(1, "reader");

  @AfterEach
  void stop() {
    readers.shutdownNow();
  }

  private ReadAhead<Integer> ahead(Function<Integer, ReadAhead.Read<Integer>> reader) {
    return new ReadAhead<>(
        SOURCES.iterator(), reader, readers, new ReadAhead.Limits(8, 1_000_000, 2));
  }

  private static ReadAhead.Read<Integer> read(int source) {
    RgbImage image = RgbImage.of(1, 1, new byte[3]);
    return ReadAhead.Read.of(source, new PreparedImage(image), Optional.empty(), image.bytes());
  }

  @Test
  void whoeverWaitsReadsTooAndTheOrderStays() throws InterruptedException {
    Thread caller = Thread.currentThread();
    AtomicInteger own = new AtomicInteger();
    ReadAhead<Integer> ahead =
        ahead(
            source -> {
              if (Thread.currentThread() == caller) {
                own.incrementAndGet();
              } else {
                // Of the first image nothing is known, and nothing else is begun beside it. Later
                // the one reader is busy until its caller has read an image.
                while (source > 0 && own.get() == 0) {
                  Thread.onSpinWait();
                }
              }
              return read(source);
            });
    List<Integer> seen = new ArrayList<>();
    for (List<ReadAhead.Read<Integer>> batch = ahead.next();
        !batch.isEmpty();
        batch = ahead.next()) {
      batch.forEach(read -> seen.add(read.source()));
    }
    assertEquals(SOURCES, seen);
    assertTrue(own.get() > 0);
  }

  @Test
  void anInterruptedCallerIsToldSoAndNoImageIsBlamed() {
    Thread caller = Thread.currentThread();
    ReadAhead<Integer> ahead =
        ahead(
            source -> {
              caller.interrupt();
              return read(source);
            });
    assertThrows(InterruptedException.class, () -> drain(ahead));
    assertFalse(Thread.currentThread().isInterrupted());
  }

  private static void drain(ReadAhead<Integer> ahead) throws InterruptedException {
    while (!ahead.next().isEmpty()) {
      // Until the interrupt.
    }
  }
}
