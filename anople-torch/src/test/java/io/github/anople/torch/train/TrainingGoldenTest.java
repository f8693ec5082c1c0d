package io.github.anople.torch.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.Golden;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.loss.AnoPleLoss;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.prompt.Interaction;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrainingGoldenTest {

  // The reference run's settings, as the golden README tells them.
  private static final TrainingConfig CONFIG =
      TrainingConfig.mvtec()
          .with("optimizer.momentum", "0.9")
          .with("optimizer.weight_decay", "0.01")
          .with("optimizer.prompt_rate", "0.02")
          .with("optimizer.decoder_rate", "0.004");
  private static final int WARMUP_STEPS = 3;

  private final Golden training = Golden.open("training.safetensors");

  @Test
  void fiveStepsEndWhereTheReferenceEnds() {
    int steps = (int) training.shape("loss/total")[0];
    float[][] losses = new float[6][steps];
    float[] rates = new float[steps];
    try (GoldenModel golden = new GoldenModel(Interaction.BIDIRECTIONAL);
        Sgd sgd =
            new Sgd(
                golden.parameters(),
                golden.parameters().zerosLike(),
                CONFIG.optimizer().momentum(),
                CONFIG.optimizer().weightDecay())) {
      Map<String, FloatTensor> before = golden.parameters().values();
      TrainingStep step = new TrainingStep(golden.model(), new AnoPleLoss(AlignMode.WEIGHTED));
      for (int k = 0; k < steps; k++) {
        Rates rate = Rates.at(CONFIG, k, WARMUP_STEPS);
        rates[k] = (float) rate.prompts();
        record(losses, k, step(step, golden, sgd, k, rate));
        if (training.contains("after_" + (k + 1) + "/text_context")) {
          check("after_" + (k + 1) + "/", golden.parameters(), before);
        }
      }
    }
    training.check("rate", rates);
    training.check("loss/dice", losses[0]);
    training.check("loss/focal", losses[1]);
    training.check("loss/ce_pixel", losses[2]);
    training.check("loss/ce_latent", losses[3]);
    training.check("loss/align", losses[4]);
    training.check("loss/total", losses[5]);
  }

  private static float[] step(TrainingStep step, GoldenModel golden, Sgd sgd, int k, Rates rates) {
    return TensorScope.call(
        () -> {
          sgd.zeroGradients();
          LossTerms terms = step.losses(GoldenSteps.batch(golden, k));
          terms.total().backward();
          sgd.step(rates);
          return new float[] {
            terms.dice().item_float(),
            terms.focal().item_float(),
            terms.cePixel().item_float(),
            terms.ceLatent().item_float(),
            terms.align().item_float(),
            terms.total().item_float()
          };
        });
  }

  private static void record(float[][] losses, int k, float[] terms) {
    for (int term = 0; term < terms.length; term++) {
      losses[term][k] = terms[term];
    }
  }

  /** The parameters themselves, and that they moved as far as the reference's did. */
  private void check(String prefix, Parameters now, Map<String, FloatTensor> before) {
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
  }
}
