package io.github.anople.pretrain.train;

import io.github.anople.core.InputException;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.clip.ClipTowers;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A pretraining under way: weights, optimizer, and the thread that draws the next batch. */
final class PretrainRun implements AutoCloseable {

  private final PretrainConfig config;
  private final ClipConfig architecture;
  private final Parameters weights;
  private final AdamW optimizer;
  private final PretrainLoss loss;
  private final Precision precision;
  private final PretrainState from;
  private final SceneStream scenes;
  private final ExecutorService drawing =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "anople-scenes");
            thread.setDaemon(true);
            return thread;
          });
  private CompletableFuture<SceneBatch> next;
  private long steps;

  PretrainRun(
      PretrainConfig config,
      ClipConfig architecture,
      ClipTokenizer tokenizer,
      PretrainState from,
      Precision precision) {
    this.config = config;
    this.architecture = architecture;
    this.from = from;
    this.precision = precision.resolve();
    this.weights = Parameters.of(from.weights(), true);
    this.optimizer = new AdamW(weights, from.first(), from.second());
    this.loss = new PretrainLoss(config, tokenizer, from.scale());
    this.steps = from.steps();
    this.scenes = new SceneStream(config, steps);
    this.next = draw();
  }

  private CompletableFuture<SceneBatch> draw() {
    long step = steps;
    return CompletableFuture.supplyAsync(() -> scenes.next(step), drawing);
  }

  /** Steps done, those of earlier runs included. */
  long steps() {
    return steps;
  }

  /** One step; the next batch is drawn meanwhile. */
  PretrainValues step() {
    SceneBatch batch = next.join();
    long step = steps++;
    next = draw();
    return TensorScope.call(
        () -> {
          try (OwnedTensors ofStep = new OwnedTensors()) {
            optimizer.zeroGradients();
            ClipTowers towers = ClipTowers.of(architecture, weights::get, precision, ofStep);
            PretrainLoss.Terms terms =
                loss.of(
                    towers,
                    batch,
                    RandomPrompts.of(config.seed(), step),
                    config.patches(step),
                    weights.get("logit_scale"));
            PretrainValues values = terms.values();
            if (!Float.isFinite(values.total())) {
              throw new InputException(
                  "pretraining, step " + step, "the loss became " + values, "lower the rate");
            }
            terms.total().backward();
            optimizer.step(step + 1, config.rate(step));
            return values;
          }
        });
  }

  PretrainState state() {
    return new PretrainState(
        steps, weights.values(), optimizer.first(), optimizer.second(), from.scale());
  }

  @Override
  public void close() {
    drawing.shutdownNow();
    optimizer.close();
    weights.close();
  }
}
