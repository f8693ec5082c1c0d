package io.github.anople.torch.train;

import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Workers;
import io.github.anople.torch.loss.AnoPleLoss;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.model.AnoPleModel;
import io.github.anople.torch.prompt.Contexts;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * One step of the method, from views to losses and gradients. Read this first.
 *
 * <p>Each term is a mean over rows, so rows can be computed one by one: what is made of one is let
 * go before the next, and workers share them.
 *
 * @param model what is trained
 * @param loss the objective
 * @param workers take a row each; empty where all rows are computed at once, as a card does
 */
record TrainingStep(AnoPleModel model, AnoPleLoss loss, Optional<Workers> workers) {

  /**
   * What a step looks at.
   *
   * @param views {@code [rows, 3, S, S]}, normalised RGB: the normal views, then the simulated ones
   *     if any
   * @param masks {@code [rows, S, S]}, 0 or 1
   * @param abnormal whether each row's mask has a pixel
   * @param latentNoise ε, {@code [normal views, d]}, or null
   * @param viewsPerImage N + 1
   */
  record Batch(
      Tensor views, Tensor masks, boolean[] abnormal, Tensor latentNoise, int viewsPerImage) {

    int rows() {
      return abnormal.length;
    }

    /** Row of the view signal for each of some rows. */
    long[] signals(int first, int count) {
      return LongStream.range(first, first + count).map(row -> row % viewsPerImage).toArray();
    }

    AnoPleLoss.Targets targets(int first, int count) {
      return new AnoPleLoss.Targets(
          masks.narrow(0, first, count),
          Arrays.copyOfRange(abnormal, first, first + count),
          latentNoise(first, count));
    }

    /** ε of those among some rows that are normal views. */
    private Tensor latentNoise(int first, int count) {
      if (latentNoise == null || first >= latentNoise.size(0)) {
        return null;
      }
      return latentNoise.narrow(0, first, Math.min(count, latentNoise.size(0) - first));
    }
  }

  /**
   * What some rows come to.
   *
   * @param losses what they add to each term
   * @param gradients those of the seam, see {@link StepSeam#gradients}
   */
  private record Part(LossTerms losses, List<Tensor> gradients) {}

  /**
   * Views → encode (with prompts) → decode → losses, and back: gradients are added to those of the
   * parameters.
   *
   * @return the terms, without a graph, in the current scope
   */
  LossTerms gradients(Batch batch) {
    Contexts contexts = model.prompts().contexts();
    StepSeam seam =
        new StepSeam(contexts, model.textFeatures(contexts), model.decoder().parameters());
    AnoPleLoss.Counts counts = batch.targets(0, batch.rows()).counts();
    int size = workers.isPresent() ? 1 : batch.rows();
    int parts = batch.rows() / size;
    List<OwnedTensors> owners = Stream.generate(OwnedTensors::new).limit(parts).toList();
    IntFunction<Part> compute = i -> part(batch, i * size, size, counts, seam, owners.get(i));
    try {
      List<Part> done =
          workers.isPresent()
              ? workers.get().map(parts, compute)
              : List.of(TensorScope.call(() -> compute.apply(0)));
      seam.backward(done.stream().map(Part::gradients).toList());
      return done.stream().map(Part::losses).reduce(LossTerms::plus).orElseThrow().detached();
    } finally {
      owners.forEach(OwnedTensors::close);
    }
  }

  private Part part(
      Batch batch,
      int first,
      int size,
      AnoPleLoss.Counts counts,
      StepSeam seam,
      OwnedTensors owner) {
    StepSeam own = seam.twins();
    AnoPleModel.Output seen =
        model
            .with(model.decoder().over(own.decoder()))
            .forward(
                batch.views().narrow(0, first, size),
                own.contexts().forViews(batch.signals(first, size)),
                own.texts());
    LossTerms terms =
        loss.of(
            new AnoPleLoss.Outputs(
                seen.features(),
                own.texts(),
                seen.dense(),
                seen.logits(),
                model.clip().logitScale()),
            batch.targets(first, size),
            counts);
    terms.total().backward();
    return new Part(
        terms.detached().keptBy(owner), own.gradients().stream().map(owner::keep).toList());
  }
}
