package io.github.anople.torch.train;

import io.github.anople.torch.loss.AnoPleLoss;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.model.AnoPleModel;
import io.github.anople.torch.prompt.Contexts;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;

/**
 * One step of the method, from views to losses. Read this first.
 *
 * @param model what is trained
 * @param loss the objective
 */
record TrainingStep(AnoPleModel model, AnoPleLoss loss) {

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
      Tensor views, Tensor masks, boolean[] abnormal, Tensor latentNoise, int viewsPerImage) {}

  /** Views → encode (with prompts) → decode → losses, in the current scope and autograd graph. */
  LossTerms losses(Batch batch) {
    long[] signals =
        LongStream.range(0, batch.views().size(0))
            .map(row -> row % batch.viewsPerImage())
            .toArray();
    Contexts contexts = model.prompts().contexts();
    Tensor texts = model.textFeatures(contexts);
    AnoPleModel.Output seen = model.forward(batch.views(), contexts.forViews(signals), texts);
    return loss.of(
        new AnoPleLoss.Outputs(
            seen.features(), texts, seen.dense(), seen.logits(), model.clip().logitScale()),
        new AnoPleLoss.Targets(batch.masks(), batch.abnormal(), batch.latentNoise()));
  }
}
