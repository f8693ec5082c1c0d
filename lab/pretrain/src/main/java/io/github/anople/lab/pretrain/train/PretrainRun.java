package io.github.anople.lab.pretrain.train;

import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.clip.ClipTokenizer;
import io.github.anople.torch.clip.ClipTowers;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.engine.TensorScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.bytedeco.pytorch.Tensor;

/** A pretraining under way: weights, optimizer, and the thread that draws the next batch. */
final class PretrainRun implements AutoCloseable {

  private final PretrainConfig config;
  private final ClipConfig architecture;
  private final Parameters learned;
  private final Parameters built;
  private final Set<String> learnedNames;
  private final AdamW optimizer;
  private final PretrainLoss loss;
  private final Precision precision;
  private final ComputeDevice device;
  private final SceneStream scenes;
  private final AdversePrompts adverse;
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
      Precision precision,
      ComputeDevice device) {
    this.config = config;
    this.architecture = architecture;
    this.device = device;
    this.precision = precision.resolve(device);
    Map<String, FloatTensor> rest = new LinkedHashMap<>(from.weights());
    Map<String, FloatTensor> open = from.learned();
    rest.keySet().removeAll(open.keySet());
    this.learned = Parameters.of(open, true, device);
    this.built = Parameters.of(rest, false, device);
    this.learnedNames = Set.copyOf(open.keySet());
    this.optimizer = new AdamW(learned, from.first(), from.second(), device);
    this.loss = new PretrainLoss(config, tokenizer);
    this.adverse = new AdversePrompts(config.seed(), device);
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
            ClipTowers towers = ClipTowers.of(architecture, this::weight, precision, ofStep);
            AdversePrompts.Rows climbing = config.adverse() ? adverse.of(step) : null;
            PretrainLoss.Terms terms =
                loss.of(
                    towers,
                    batch,
                    config.adverse() ? climbing : RandomPrompts.of(config.seed(), step, device),
                    config.patches(step),
                    learned.get("logit_scale"));
            if (climbing != null) {
              climbing.climb(terms.descriptors());
            }
            terms.total().backward();
            optimizer.step(step + 1, config.rate(step));
            // Read at the end, when a card has work to the last: reading waits for it.
            PretrainValues values = terms.values();
            if (!Float.isFinite(values.total())) {
              throw new InputException(
                  "pretraining, step " + step, "the loss became " + values, "lower the rate");
            }
            return values;
          }
        });
  }

  PretrainState state() {
    Map<String, FloatTensor> weights = new LinkedHashMap<>();
    Map<String, FloatTensor> open = learned.values();
    Map<String, FloatTensor> fixed = built.values();
    ClipTensorNames.shapes(architecture)
        .keySet()
        .forEach(name -> weights.put(name, open.getOrDefault(name, fixed.get(name))));
    return new PretrainState(steps, weights, optimizer.first(), optimizer.second());
  }

  private Tensor weight(String name) {
    return (learnedNames.contains(name) ? learned : built).get(name);
  }

  @Override
  public void close() {
    drawing.shutdownNow();
    optimizer.close();
    learned.close();
    built.close();
  }
}
