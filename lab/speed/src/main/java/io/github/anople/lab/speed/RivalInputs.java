package io.github.anople.lab.speed;

import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.pretrained.OpenClipWeights;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** What a rival's process computes with, on disk. */
final class RivalInputs {

  private RivalInputs() {}

  /**
   * Writes pictures and context rows to a file.
   *
   * @param prompts of the whole view
   * @param images {@code [largest batch, 3, S, S]}, normalised
   * @param batches sizes to time
   * @return the arguments of a rival: weights file, inputs file, layers, heads, warm-ups, most
   *     repetitions, seconds, batches
   */
  static List<String> write(
      Workbench workbench, PromptRows prompts, float[] images, List<Integer> batches) {
    ClipConfig.Vision vision = workbench.config().vision();
    long side = vision.imageSize();
    Tensor[] layers = new Tensor[prompts.depth()];
    for (int layer = 0; layer < layers.length; layer++) {
      layers[layer] = prompts.rows(layer); // [1, rows, width]
    }
    Path file = workbench.folder("rival").resolve("inputs.safetensors");
    SafetensorsFile.write(
        file,
        Map.of(),
        List.of(
            TensorSource.of(
                "images", List.of(images.length / (3 * side * side), 3L, side, side), images),
            TensorSource.of(
                "prompts",
                List.of((long) prompts.depth(), (long) prompts.count(), (long) vision.width()),
                Tensors.floats(Tensors.concat(0, layers)))));
    Repetitions repetitions = workbench.repetitions();
    List<String> arguments = new ArrayList<>();
    arguments.add(OpenClipWeights.open(workbench.backboneFolder()).weightsFile().toString());
    arguments.add(file.toString());
    for (int number :
        new int[] {
          vision.layers(),
          vision.heads(),
          repetitions.warmUps(),
          repetitions.counted(),
          (int) Math.ceil(repetitions.seconds())
        }) {
      arguments.add(Integer.toString(number));
    }
    arguments.add(String.join(",", batches.stream().map(String::valueOf).toList()));
    return arguments;
  }
}
