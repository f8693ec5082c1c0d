package io.github.anople.torch.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import org.bytedeco.openblas.global.openblas_full;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkersTest {

  @ParameterizedTest
  @CsvSource({"1, 10, 1", "2, 10, 2", "4, 10, 4", "2, 1, 1", "8, 1, 1", "10, 10, 10", "3, 8, 3"})
  void eachCoreTakesPiecesAsLongAsThereAreEnough(int cores, int pieces, int workers) {
    assertEquals(workers, Workers.count(cores, pieces));
  }

  @Test
  void fewerOfSeveralThreadsWhereMostWouldWaitForTheLast() {
    int workers = Workers.count(8, 10);

    assertTrue(workers < 8, () -> workers + " of 8 cores, two of them with a second piece");
  }

  @Test
  void aWorkersThreadsAreItsOwn() {
    int before = TorchRuntime.threads();
    try (Workers workers = Workers.forPieces(64)) {
      List<Integer> seen = workers.map(8, piece -> torch.get_num_threads());

      assertEquals(Collections.nCopies(8, workers.threadsEach()), seen);
    }
    assertEquals(before, TorchRuntime.threads());
    assertEquals(before, threadsOfANewThread());
  }

  @Test
  void openBlasHasFewerThreadsAsLongAsSomebodyComputesSideBySide() {
    TorchRuntime.start();
    int before = openblas_full.openblas_get_num_threads();
    int inner =
        BlasThreads.limited(
            1, () -> BlasThreads.limited(7, openblas_full::openblas_get_num_threads));

    assertEquals(1, inner);
    assertEquals(before, openblas_full.openblas_get_num_threads());
  }

  private static int threadsOfANewThread() {
    int[] threads = new int[1];
    Thread fresh = new Thread(() -> threads[0] = torch.get_num_threads());
    fresh.start();
    try {
      fresh.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return threads[0];
  }
}
