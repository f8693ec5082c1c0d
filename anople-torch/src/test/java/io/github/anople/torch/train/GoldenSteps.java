package io.github.anople.torch.train;

import io.github.anople.core.Golden;
import io.github.anople.torch.GoldenModel;
import org.bytedeco.pytorch.Tensor;

/** The reference run's training steps. */
final class GoldenSteps {

  private GoldenSteps() {}

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
