package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.torch.synth.Draws;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The steps of a training in their order, each with its inputs, which are made on other threads
 * while the step before runs. Inputs follow from the seed, the epoch and the step, so they are the
 * same however many are made at a time.
 */
final class StepsAhead implements AutoCloseable {

  private final StepInputs.Recipe recipe;
  private final List<Shot> shots;
  private final int threads;
  private final ExecutorService preparation;
  private final Queue<Prepared> ahead = new ArrayDeque<>();

  /** The step to be prepared next, counted from 0 over the whole training. */
  private final long end; // the number behind the last step

  private long number;

  /** The order of its epoch. */
  private int[] order;

  /**
   * A step.
   *
   * @param shot which of the shots it looks at
   * @param inputs what it looks at
   */
  record Step(int shot, StepInputs inputs) {}

  private record Prepared(int shot, CompletableFuture<StepInputs> inputs) {}

  /**
   * Steps from the start of an epoch to the end of the training.
   *
   * @param recipe how inputs are made
   * @param shots each of which an epoch looks at once
   * @param firstEpoch counted from 0
   * @param epochs of the whole training
   * @param threads how many steps are prepared at a time
   */
  StepsAhead(StepInputs.Recipe recipe, List<Shot> shots, int firstEpoch, int epochs, int threads) {
    this.recipe = recipe;
    this.shots = shots;
    this.number = (long) firstEpoch * shots.size();
    this.end = (long) epochs * shots.size();
    this.threads = threads;
    this.preparation = Executors.newFixedThreadPool(threads, StepsAhead::daemon);
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "anople-step-preparation");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * The next step; while it runs, those after it are prepared.
   *
   * @throws InputException if its inputs cannot be made
   * @throws java.util.NoSuchElementException after the last one
   */
  Step next() {
    prepare(1);
    Prepared next = ahead.remove();
    prepare(threads);
    try {
      return new Step(next.shot(), next.inputs().join());
    } catch (CompletionException e) {
      if (e.getCause() instanceof InputException fault) {
        throw fault;
      }
      throw e;
    }
  }

  private void prepare(int steps) {
    for (; ahead.size() < steps && number < end; number++) {
      int epoch = (int) (number / shots.size());
      int place = (int) (number % shots.size());
      if (place == 0) {
        order =
            Draws.permutation(Draws.of(recipe.config().seed(), "order", epoch, 0), shots.size());
      }
      int shot = order[place];
      ahead.add(
          new Prepared(
              shot,
              CompletableFuture.supplyAsync(
                  () -> recipe.make(inEpoch(shot, epoch), epoch, place), preparation)));
    }
  }

  private Shot inEpoch(int shot, int epoch) {
    return shots.get(shot).in(recipe.config().seed(), shot, epoch);
  }

  @Override
  public void close() {
    preparation.shutdownNow();
  }
}
