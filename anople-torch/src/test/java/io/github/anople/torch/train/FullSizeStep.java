package io.github.anople.torch.train;

import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.loss.AnoPleLoss;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.model.AnoPleModel;
import io.github.anople.torch.portable.PortableTensors;
import io.github.anople.torch.prompt.ClassTexts;
import io.github.anople.torch.prompt.PromptLearner;
import io.github.anople.torch.prompt.PromptShape;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The full-size run's training step: rows and noise by rule, three square masks. */
public final class FullSizeStep {

  private FullSizeStep() {}

  /** The step's terms, in the current scope and autograd graph. */
  public static LossTerms losses(
      ClipModel clip, TrainingConfig config, List<String> classes, Parameters parameters) {
    PromptShape shape = config.promptShape(clip.config());
    AnoPleModel model =
        new AnoPleModel(
            clip,
            new PromptLearner(shape, parameters),
            ClassTexts.of(
                clip.tokenizer(), classes, config.prompts().stateWords(), shape.textRows()),
            Decoder.forTraining(clip.config(), parameters, clip.precision()));
    return new TrainingStep(model, new AnoPleLoss(config.losses().align()))
        .losses(batch(clip, config));
  }

  private static TrainingStep.Batch batch(ClipModel clip, TrainingConfig config) {
    int side = clip.config().vision().imageSize();
    int rows = 2 * config.views().count();
    int joint = clip.config().embedDim();
    Tensor[] views = new Tensor[rows];
    float[] masks = new float[rows * side * side];
    boolean[] abnormal = new boolean[rows];
    for (int row = 0; row < rows; row++) {
      float[] pixels = PortableTensors.values("step.view" + row, 3 * side * side, 0, 2);
      views[row] = Tensors.of(pixels, 1, 3, side, side);
      abnormal[row] = row == 5 || row == 7 || row == 9;
      for (int y = 40; abnormal[row] && y < 100; y++) {
        for (int x = 60; x < 180; x++) {
          masks[(row * side + y) * side + x] = 1;
        }
      }
    }
    float[] noise =
        PortableTensors.values("step.epsilon", config.views().count() * joint, 0, 0.026);
    return new TrainingStep.Batch(
        Tensors.concat(0, views),
        Tensors.of(masks, rows, side, side),
        abnormal,
        Tensors.of(noise, config.views().count(), joint),
        config.views().count());
  }
}
