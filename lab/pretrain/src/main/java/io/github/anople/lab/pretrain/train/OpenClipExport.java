package io.github.anople.lab.pretrain.train;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipStem;
import io.github.anople.torch.clip.ClipTensorNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Weights and vocabulary as an OpenCLIP folder, in half precision. */
final class OpenClipExport {

  private static final String MERGES = "merges.txt";
  private static final String WEIGHTS = "open_clip_model.safetensors";

  private OpenClipExport() {}

  /**
   * The merges of a folder that an earlier run wrote.
   *
   * @throws InputException if they cannot be read
   */
  static List<String> readVocabulary(Path folder) {
    Path file = folder.resolve(MERGES);
    try {
      return Files.readAllLines(file).stream().skip(1).toList();
    } catch (IOException e) {
      throw new InputException(
          file, "cannot be read (" + e + ")", "name the folder of an earlier pretraining", e);
    }
  }

  /**
   * The weights of a folder that an earlier run wrote.
   *
   * @throws InputException if a weight is missing or has another shape
   */
  static Map<String, FloatTensor> readWeights(Path folder, ClipConfig architecture) {
    try (SafetensorsFile tensors = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      return PretrainState.get(tensors, "", ClipTensorNames.shapes(architecture));
    }
  }

  /**
   * The mean of two sets of weights. Between weights and what further training made of them it can
   * do better than either on pictures of another kind (Wortsman et al. 2022, WiSE-FT).
   */
  static Map<String, FloatTensor> mean(
      Map<String, FloatTensor> one, Map<String, FloatTensor> other) {
    Map<String, FloatTensor> mean = new LinkedHashMap<>();
    one.forEach(
        (name, tensor) -> {
          float[] values = tensor.values().clone();
          float[] others = other.get(name).values();
          for (int i = 0; i < values.length; i++) {
            values[i] = (values[i] + others[i]) / 2;
          }
          mean.put(name, new FloatTensor(tensor.shape(), values));
        });
    return mean;
  }

  /** {@code logit_scale}, which is a logarithm, with a factor on what it stands for. */
  static FloatTensor scaled(FloatTensor logScale, double factor) {
    float[] values = logScale.values().clone();
    values[0] += (float) Math.log(factor);
    return new FloatTensor(logScale.shape(), values);
  }

  /**
   * Whether the weights of a folder that an earlier run wrote have a stem.
   *
   * @throws InputException if they cannot be read
   */
  static boolean hasStem(Path folder) {
    try (SafetensorsFile tensors = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
      return tensors.names().contains(ClipStem.PROJECTION);
    }
  }

  static void writeVocabulary(Path folder, List<String> merges) {
    writeVocabulary(folder, merges, Optional.empty());
  }

  /** Writes the vocabulary, and the configuration that tells its size. */
  static void writeVocabulary(Path folder, List<String> merges, Optional<ClipStem> stem) {
    write(
        folder.resolve(MERGES),
        "#version: anople mini, merges learned from the captions of drawn scenes\n"
            + String.join("\n", merges)
            + "\n");
    write(
        folder.resolve("open_clip_config.json"),
        MiniArchitecture.json(MiniVocabulary.size(merges), stem).toPrettyString() + "\n");
  }

  static void writeWeights(Path folder, Map<String, FloatTensor> weights, long steps) {
    List<TensorSource> tensors =
        weights.entrySet().stream()
            .map(
                entry ->
                    TensorSource.of(
                        entry.getKey(),
                        DType.F16,
                        entry.getValue().shape(),
                        entry.getValue().values()))
            .toList();
    SafetensorsFile.write(
        folder.resolve(WEIGHTS), Map.of("format", "pt", "steps", Long.toString(steps)), tensors);
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
