package io.github.anople.torch.train;

import io.github.anople.core.InputException;
import io.github.anople.core.PhysicalCores;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Workers;
import io.github.anople.torch.loss.AnoPleLoss;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.loss.LossValues;
import io.github.anople.torch.model.AnoPleModel;
import io.github.anople.torch.prompt.ClassTexts;
import io.github.anople.torch.prompt.PromptLearner;
import io.github.anople.torch.prompt.PromptShape;
import io.github.anople.torch.view.MultiScaleViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A training under way: parameters, optimizer, and the steps to come. */
final class TrainingRun implements AutoCloseable {

  /** Each holds the inputs of a step, about 9 MB at full size. */
  private static final int MOST_PREPARERS = 8;

  private final TrainingConfig config;
  private final TrainingListener listener;
  private final TrainingFiles files;
  private final List<Shot> shots;
  private final Parameters parameters;
  private final Sgd sgd;
  private final Optional<Workers> workers;
  private final TrainingStep step;
  private final MultiScaleViews views;
  private final StepsAhead steps;
  private final List<TrainingState.Row> history;
  private int epochsDone;

  TrainingRun(
      Trainer trainer, ClipModel clip, Shots shots, TrainingState from, TrainingFiles files) {
    this.config = trainer.config();
    this.listener = trainer.listener();
    this.files = files;
    this.shots = shots.all();
    this.history = new ArrayList<>(from.history());
    this.epochsDone = from.epochsDone();
    this.parameters = Parameters.of(from.learned(), true, clip.device());
    this.sgd =
        new Sgd(
            parameters,
            Parameters.of(from.velocities(), false, clip.device()),
            config.optimizer().momentum(),
            config.optimizer().weightDecay());
    this.workers = workers(clip.device(), config);
    this.step = step(clip, shots.classNames());
    ClipConfig backbone = clip.config();
    this.views = new MultiScaleViews(backbone.vision().imageSize(), config.views().subImages());
    StepInputs.Recipe recipe =
        new StepInputs.Recipe(
            config, views, trainer.source(), backbone.normalization(), backbone.embedDim());
    int epochs = config.optimizer().passes(shots.mostOfClass());
    this.steps = new StepsAhead(recipe, this.shots, epochsDone, epochs, preparers(clip.device()));
  }

  /**
   * How many steps are prepared at a time: one where libtorch computes on the same cores, as many
   * as there are idle cores where a card computes, which is done with a step sooner than one core
   * with the inputs of the next.
   */
  private static int preparers(ComputeDevice device) {
    return device.kind() == ComputeDevice.Kind.CUDA
        ? Math.max(1, Math.min(PhysicalCores.count() - 1, MOST_PREPARERS))
        : 1;
  }

  /** A card computes all rows at once. */
  private static Optional<Workers> workers(ComputeDevice device, TrainingConfig config) {
    if (device.kind() != ComputeDevice.Kind.CPU) {
      return Optional.empty();
    }
    int views = config.views().count();
    return Optional.of(Workers.forPieces(config.anomalies().pixel() ? 2 * views : views));
  }

  private TrainingStep step(ClipModel clip, List<String> names) {
    PromptShape shape = config.promptShape(clip.config());
    ClassTexts texts =
        ClassTexts.of(
            clip.tokenizer(),
            config.prompts().textNames(names),
            config.prompts().states(),
            shape.textRows());
    AnoPleModel model =
        new AnoPleModel(
            clip,
            new PromptLearner(shape, parameters),
            texts,
            Decoder.forTraining(clip.config(), parameters, clip.precision()));
    return new TrainingStep(
        model, new AnoPleLoss(config.losses().align(), config.losses().pixel()), workers);
  }

  /**
   * Trains on every shot once, in an order that the seed and the epoch fix.
   *
   * @param epoch counted from 0, the one after the last that was done
   * @return mean of the steps' total losses
   * @throws java.util.concurrent.CancellationException if the listener cancels
   */
  double epoch(int epoch) {
    double sum = 0;
    for (int i = 0; i < shots.size(); i++) {
      Trainer.requireGoingOn(listener);
      StepsAhead.Step next = steps.next();
      sum += step(epoch, i, next.shot(), next.inputs()).total();
    }
    epochsDone = epoch + 1;
    return sum / shots.size();
  }

  private LossValues step(int epoch, int i, int shot, StepInputs now) {
    long number = (long) epoch * shots.size() + i;
    Rates rates = rates(number);
    LossValues losses =
        TensorScope.call(
            () -> {
              sgd.zeroGradients();
              LossTerms terms = step.gradients(now.toBatch(step.model().clip().device(), views));
              sgd.step(rates);
              // Read at the end, when a card has work to the last: reading waits for it.
              LossValues values = terms.values();
              requireFinite(values, epoch);
              return values;
            });
    history.add(new TrainingState.Row(epoch + 1, number + 1, shot, losses));
    listener.stepDone(
        new TrainingListener.StepEvent(
            epoch + 1, number + 1, shots.get(shot).origin().name(), rates.prompts(), losses));
    return losses;
  }

  /**
   * The learning rates of a step.
   *
   * @param step counted from 0 over the whole training
   */
  Rates rates(long step) {
    return Rates.at(config, step, (long) config.optimizer().warmupEpochs() * shots.size());
  }

  /**
   * Where the training stands, after an epoch.
   *
   * @throws InputException if a parameter is no longer a finite number: a NaN must not reach the
   *     checkpoint, which keeps the last good state
   */
  TrainingState state() {
    Map<String, FloatTensor> learned = parameters.values();
    requireFinite(learned);
    return new TrainingState(epochsDone, learned, sgd.velocities().values(), history);
  }

  private void requireFinite(LossValues losses, int epoch) {
    if (!Float.isFinite(losses.total())) {
      throw diverged(
          "the loss became "
              + losses.total()
              + " (dice %s, focal %s, ce_pixel %s, ce_latent %s, align %s)"
                  .formatted(
                      losses.dice(),
                      losses.focal(),
                      losses.cePixel(),
                      losses.ceLatent(),
                      losses.align()),
          epoch);
    }
  }

  private void requireFinite(Map<String, FloatTensor> learned) {
    learned.forEach(
        (name, tensor) -> {
          for (float value : tensor.values()) {
            if (!Float.isFinite(value)) {
              throw diverged(name + " became " + value, epochsDone - 1);
            }
          }
        });
  }

  private InputException diverged(String problem, int epoch) {
    String kept =
        files
            .checkpoint()
            .filter(file -> epoch > 0)
            .map(file -> "; the state after epoch " + epoch + " is kept in " + file)
            .orElse("");
    return new InputException(
        "training, epoch " + (epoch + 1),
        problem,
        "lower the learning rates (now "
            + config.optimizer().promptRate()
            + " and "
            + config.optimizer().decoderRate()
            + ")"
            + kept);
  }

  @Override
  public void close() {
    steps.close();
    workers.ifPresent(Workers::close);
    sgd.close();
    parameters.close();
  }
}
