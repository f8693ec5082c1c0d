package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Golden;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.engine.Workers;
import io.github.anople.torch.loss.AnoPleLoss;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.loss.LossValues;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TrainingGoldenTest {

  private final Golden training = Golden.open("training.safetensors");
  private final TrainingConfig config =
      TrainingConfig.mvtec()
          .with("prompts.interaction", training.told("learnables.safetensors, `([a-z-]+)`"))
          .with("losses.align", training.setting("align"))
          .with("optimizer.momentum", training.told("momentum ([0-9.e-]*[0-9])"))
          .with("optimizer.weight_decay", training.setting("decay"))
          .with("optimizer.prompt_rate", training.setting("lr_prompt"))
          .with("optimizer.decoder_rate", training.setting("lr_decoder"));
  private final int warmupSteps = Integer.parseInt(training.setting("warmup"));
  private final int firstStep = Integer.parseInt(training.told("steps ([0-9]+)\\.\\."));

  @Test
  void everyStepAndItsEndAreTheReferences() {
    int steps = (int) training.shape("loss/total")[0];
    List<LossValues> losses = new ArrayList<>();
    float[] rates = new float[steps];
    Set<String> compared = new HashSet<>();
    try (GoldenModel golden = new GoldenModel(config.prompts().interaction());
        Sgd sgd =
            new Sgd(
                golden.parameters(),
                Parameters.of(TrainingState.initial(golden.learned()).velocities(), false),
                config.optimizer().momentum(),
                config.optimizer().weightDecay());
        Workers workers = Workers.forPieces(2 * golden.views())) {
      Map<String, FloatTensor> before = golden.parameters().values();
      TrainingStep step =
          new TrainingStep(
              golden.model(), new AnoPleLoss(config.losses().align()), Optional.of(workers));
      for (int k = 0; k < steps; k++) {
        Rates rate = Rates.at(config, k, warmupSteps);
        rates[k] = (float) rate.prompts();
        losses.add(step(step, golden, sgd, firstStep + k, rate));
        String prefix = "after_" + (k + 1) + "/";
        if (training.names().stream().anyMatch(name -> name.startsWith(prefix))) {
          compared.addAll(check(prefix, golden.parameters(), before));
        }
      }
    }
    training.check("rate", rates);
    check("loss/dice", losses, LossValues::dice);
    check("loss/focal", losses, LossValues::focal);
    check("loss/ce_pixel", losses, LossValues::cePixel);
    check("loss/ce_latent", losses, LossValues::ceLatent);
    check("loss/align", losses, LossValues::align);
    check("loss/total", losses, LossValues::total);
    assertEquals(stored(), compared);
  }

  private static LossValues step(
      TrainingStep step, GoldenModel golden, Sgd sgd, int stored, Rates rates) {
    return TensorScope.call(
        () -> {
          sgd.zeroGradients();
          LossTerms terms = step.gradients(GoldenSteps.batch(golden, stored));
          sgd.step(rates);
          return terms.values();
        });
  }

  /** A term that is off is in neither. */
  private void check(String name, List<LossValues> losses, ToDoubleFunction<LossValues> term) {
    float[] values = new float[losses.size()];
    for (int k = 0; k < values.length; k++) {
      values[k] = (float) term.applyAsDouble(losses.get(k));
    }
    if (training.contains(name)) {
      training.check(name, values);
    } else {
      assertTrue(Float.isNaN(values[0]), () -> name + " is not in the file");
    }
  }

  private Set<String> stored() {
    return training.names().stream()
        .filter(name -> name.startsWith("after_"))
        .collect(Collectors.toSet());
  }

  /** The parameters themselves, and that they moved as far as the reference's did. */
  private List<String> check(String prefix, Parameters now, Map<String, FloatTensor> before) {
    for (String name : now.names()) {
      float[] values = TensorScope.call(() -> Tensors.floats(now.get(name)));
      training.check(prefix + name, values);
      float[] start = before.get(name).values();
      float[] end = training.floats(prefix + name);
      double moved = 0;
      double missed = 0;
      for (int i = 0; i < values.length; i++) {
        moved = Math.max(moved, Math.abs(end[i] - start[i]));
        missed = Math.max(missed, Math.abs(values[i] - end[i]));
      }
      assertEquals(0, missed / moved, 0.02, () -> prefix + name + " moved differently");
    }
    return now.names().stream().map(prefix::concat).toList();
  }
}
