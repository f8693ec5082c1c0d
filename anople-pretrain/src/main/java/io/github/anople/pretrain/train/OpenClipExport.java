package io.github.anople.pretrain.train;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes weights and vocabulary as an OpenCLIP folder, in half precision. */
final class OpenClipExport {

  private OpenClipExport() {}

  static void writeVocabulary(Path folder, List<String> merges) {
    write(
        folder.resolve("merges.txt"),
        "#version: anople mini, merges learned from the captions of drawn scenes\n"
            + String.join("\n", merges)
            + "\n");
    write(
        folder.resolve("open_clip_config.json"),
        MiniArchitecture.json(MiniVocabulary.size(merges)).toPrettyString() + "\n");
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
        folder.resolve("open_clip_model.safetensors"),
        Map.of("format", "pt", "steps", Long.toString(steps)),
        tensors);
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }
}
