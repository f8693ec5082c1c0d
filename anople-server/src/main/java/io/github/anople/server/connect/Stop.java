package io.github.anople.server.connect;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Whether something is to end; whoever waits for anything else hears of it at once. */
final class Stop {

  private final CompletableFuture<Void> asked = new CompletableFuture<>();

  void ask() {
    asked.complete(null);
  }

  boolean isAsked() {
    return asked.isDone();
  }

  /** Waits so long, or until it is to end. */
  void await(Duration most) throws InterruptedException {
    try {
      asked.get(most.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // Time to go on.
      return;
    }
  }

  /**
   * An answer.
   *
   * @throws TimeoutException if there is none so long
   * @throws DeliveryException if it is to end before
   * @throws ExecutionException if there is a fault instead
   */
  <T> T answer(CompletableFuture<T> answer, Duration most)
      throws InterruptedException, ExecutionException, TimeoutException, DeliveryException {
    CompletableFuture.anyOf(answer, asked).get(most.toMillis(), TimeUnit.MILLISECONDS);
    if (!answer.isDone()) {
      throw new DeliveryException("the server was stopped meanwhile", null);
    }
    return answer.get();
  }
}
