package io.github.anople.benchmark.baseline;

import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.train.Sgd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * How PromptAD's contexts are learned: SGD, an epoch a step, all shots at once. Both towers are
 * frozen, so the shots' features stay what they are and only prompts are encoded again.
 *
 * <p>The graph of one text through the tower is large, and fifteen objects have some 800. More than
 * a few are therefore encoded in parts: first without a graph, for the losses and their gradients
 * at the features, then part by part once more, to carry those to the contexts.
 *
 * @param prompts what is encoded
 * @param losses what teaches
 * @param schedule how fast
 * @param atOnce how many texts have a graph at a time, at least 1
 */
record PromptAdTraining(
    PromptAdPrompts prompts, PromptAdLosses losses, Schedule schedule, int atOnce) {

  /** Those of one object of the usual data sets, of which none has more than 63. */
  private static final int USUAL_TEXTS = 64;

  /** A training that has as many graphs at a time as one object needs. */
  PromptAdTraining(PromptAdPrompts prompts, PromptAdLosses losses, Schedule schedule) {
    this(prompts, losses, schedule, USUAL_TEXTS);
  }

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
    boolean whole = prompts.texts().size() <= atOnce;
    Tensor features =
        whole
            ? prompts.encoded(prompts.texts(), contexts)
            : withoutGraph(contexts).set_requires_grad(true);
    PromptAdLosses.Terms terms = losses.of(seen, prompts.parted(features));
    terms.total().backward();
    if (!whole) {
      carry(features.grad(), contexts);
    }
    sgd.step(name -> schedule.at(epoch));
    return terms;
  }

  /** The features of all texts, {@code [texts, d]}, of the current scope. */
  private Tensor withoutGraph(Parameters contexts) {
    return Rows.of(parts(), part -> List.of(prompts.encoded(part, contexts))).get(0);
  }

  /**
   * Adds to the contexts' gradients what these of the features, {@code [texts, d]}, make of them.
   */
  private void carry(Tensor gradients, Parameters contexts) {
    long first = 0;
    for (List<int[]> part : parts()) {
      Tensor own = gradients.narrow(0, first, part.size());
      // The gradient of this product is that of the features, whatever they are computed from.
      TensorScope.run(() -> prompts.encoded(part, contexts).mul(own).sum().backward());
      first += part.size();
    }
  }

  private List<List<int[]>> parts() {
    List<int[]> all = prompts.texts();
    List<List<int[]>> parts = new ArrayList<>();
    for (int first = 0; first < all.size(); first += atOnce) {
      parts.add(all.subList(first, Math.min(first + atOnce, all.size())));
    }
    return parts;
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
      return TensorScope.inference(
          () -> owner.keep(prompts.parted(withoutGraph(contexts)).prototypes()));
    }
  }
}
