package io.github.anople.torch.train;

import io.github.anople.core.Golden;
import io.github.anople.torch.clip.ClipModel;
import io.github.anople.torch.decoder.Decoder;
import io.github.anople.torch.engine.Parameters;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.engine.Workers;
import io.github.anople.torch.loss.AlignMode;
import io.github.anople.torch.loss.AnoPleLoss;
import io.github.anople.torch.loss.LossTerms;
import io.github.anople.torch.model.AnoPleModel;
import io.github.anople.torch.model.DetectionModel;
import io.github.anople.torch.portable.PortableTensors;
import io.github.anople.torch.prompt.ClassTexts;
import io.github.anople.torch.prompt.PromptLearner;
import io.github.anople.torch.prompt.PromptShape;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/** The full-size run's training step: rows and noise by rule, masks alike, as its README tells. */
public final class FullSizeStep {

  private static final String PLACE =
      "masks are 1 on rows ([0-9]+)\\.\\.([0-9]+), columns ([0-9]+)\\.\\.([0-9]+)"
          + " of views ([0-9, ]+ and [0-9]+) and";
  private static final String ROWS =
      "`step\\.view[0-9]+` \\(\\[[0-9,]+\\], offset 0, a = ([0-9.]+)";
  private static final String NOISE = "`step\\.epsilon` \\[[0-9,]+\\], a = ([0-9.]+[0-9])";

  private FullSizeStep() {}

  /** The step's terms, in the current scope; gradients are the parameters'. */
  public static LossTerms losses(
      ClipModel clip, DetectionModel.Recipe recipe, AlignMode align, Parameters parameters) {
    PromptShape shape = recipe.shape();
    AnoPleModel model =
        new AnoPleModel(
            clip,
            new PromptLearner(shape, parameters),
            ClassTexts.of(clip.tokenizer(), recipe.names(), recipe.states(), shape.textRows()),
            Decoder.forTraining(clip.config(), parameters, clip.precision()));
    try (Workers workers = Workers.forPieces(2 * shape.views())) {
      return new TrainingStep(model, new AnoPleLoss(align), Optional.of(workers))
          .gradients(batch(clip, shape.views()));
    }
  }

  private static TrainingStep.Batch batch(ClipModel clip, int normal) {
    Golden golden = Golden.open("full/full_anople.safetensors");
    int side = clip.config().vision().imageSize();
    int rows = 2 * normal;
    int joint = clip.config().embedDim();
    Tensor[] views = new Tensor[rows];
    float[] masks = new float[rows * side * side];
    boolean[] abnormal = new boolean[rows];
    for (String view : golden.told(PLACE, 5).split(", | and ", -1)) {
      abnormal[Integer.parseInt(view)] = true;
    }
    double amplitude = Double.parseDouble(golden.told(ROWS));
    int[] place =
        IntStream.rangeClosed(1, 4).map(i -> Integer.parseInt(golden.told(PLACE, i))).toArray();
    for (int row = 0; row < rows; row++) {
      float[] pixels = PortableTensors.values("step.view" + row, 3 * side * side, 0, amplitude);
      views[row] = Tensors.of(pixels, 1, 3, side, side);
      for (int y = place[0]; abnormal[row] && y <= place[1]; y++) {
        int from = (row * side + y) * side;
        Arrays.fill(masks, from + place[2], from + place[3] + 1, 1);
      }
    }
    double noise = Double.parseDouble(golden.told(NOISE));
    float[] epsilon = PortableTensors.values("step.epsilon", normal * joint, 0, noise);
    return new TrainingStep.Batch(
        Tensors.concat(0, views),
        Tensors.of(masks, rows, side, side),
        abnormal,
        Tensors.of(epsilon, normal, joint),
        normal);
  }
}
