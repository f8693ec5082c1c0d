package io.github.anople.torch.train;

import io.github.anople.core.Golden;
import io.github.anople.torch.GoldenModel;
import io.github.anople.torch.engine.Workers;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.loss.AnoPleLoss;
import io.github.anople.torch.loss.LossTerms;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** The reference run's training steps. */
final class GoldenSteps {

  private GoldenSteps() {}

  /** All rows at once, as a card computes them, and row by row on threads of their own. */
  static List<Function<TrainingStep.Batch, LossTerms>> bothWays(
      GoldenModel golden, AlignMode align, Workers workers) {
    return Stream.of(Optional.<Workers>empty(), Optional.of(workers))
        .map(way -> new TrainingStep(golden.model(), new AnoPleLoss(align), way))
        .<Function<TrainingStep.Batch, LossTerms>>map(step -> step::gradients)
        .toList();
  }

  /** A step's rows as stored, in the current scope. */
  static TrainingStep.Batch batch(GoldenModel golden, int step) {
    Golden steps = Golden.open("steps.safetensors");
    Tensor masks = GoldenModel.mask(steps, "masks").select(0, step);
    boolean[] abnormal = new boolean[(int) masks.size(0)];
    for (int row = 0; row < abnormal.length; row++) {
      abnormal[row] = masks.select(0, row).sum().item_float() > 0;
    }
    return new TrainingStep.Batch(
        GoldenModel.slice(steps, "views", step),
        masks,
        abnormal,
        GoldenModel.slice(steps, "epsilon", step),
        golden.views());
  }
}
