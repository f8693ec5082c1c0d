package io.github.anople.benchmark.baseline;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.train.Sgd;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * How PromptAD's contexts are learned: SGD, an epoch a step, all shots at once. Both towers are
 * frozen, so the shots' features stay what they are and only prompts are encoded again.
 *
 * @param prompts what is encoded
 * @param losses what teaches
 * @param schedule how fast
 */
record PromptAdTraining(PromptAdPrompts prompts, PromptAdLosses losses, Schedule schedule) {

  /**
   * How fast contexts learn.
   *
   * @param rate of the first epoch
   * @param leastRate what a cosine brings it down to
   * @param momentum μ
   * @param decay weight decay
   * @param epochs how many
   */
  record Schedule(double rate, double leastRate, double momentum, double decay, int epochs) {

    /** The rate of an epoch, counted from 0. */
    double at(int epoch) {
      return leastRate + (rate - leastRate) * (1 + Math.cos(Math.PI * epoch / (double) epochs)) / 2;
    }
  }

  /** An optimizer at rest for contexts of these first values; to close. */
  Sgd optimizer(Parameters contexts, Map<String, FloatTensor> first) {
    Map<String, FloatTensor> still = new LinkedHashMap<>();
    first.forEach(
        (name, values) ->
            still.put(name, new FloatTensor(values.shape(), new float[values.values().length])));
    return new Sgd(
        contexts,
        Parameters.of(still, false, prompts.clip().device()),
        schedule.momentum(),
        schedule.decay());
  }

  /**
   * One epoch.
   *
   * @param seen features of the shots, see {@link PromptAdLosses#of}
   * @param epoch counted from 0
   * @return the terms before the update, of the current scope
   */
  PromptAdLosses.Terms step(Tensor seen, Parameters contexts, Sgd sgd, int epoch) {
    sgd.zeroGradients();
    PromptAdLosses.Terms terms = losses.of(seen, prompts.features(contexts));
    terms.total().backward();
    sgd.step(name -> schedule.at(epoch));
    return terms;
  }

  /**
   * Learns from first values to the last epoch.
   *
   * @param seen features of the shots
   * @param first of P and A
   * @param goingOn called before each epoch; what it throws ends the training
   * @param owner keeps the result
   * @return t⁺ and t⁻, {@code [2, d]} of unit length
   */
  Tensor prototypes(
      Tensor seen, Map<String, FloatTensor> first, Runnable goingOn, OwnedTensors owner) {
    try (Parameters contexts = Parameters.of(first, true, prompts.clip().device());
        Sgd sgd = optimizer(contexts, first)) {
      for (int epoch = 0; epoch < schedule.epochs(); epoch++) {
        int now = epoch;
        goingOn.run();
        TensorScope.run(() -> step(seen, contexts, sgd, now));
      }
      return TensorScope.inference(() -> owner.keep(prompts.features(contexts).prototypes()));
    }
  }
}
