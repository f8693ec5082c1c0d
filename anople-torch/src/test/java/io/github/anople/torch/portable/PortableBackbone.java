package io.github.anople.torch.portable;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTensorNames;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A backbone whose weights a rule makes (the golden folder's {@code full/README.md}): of full size
 * without a download, good for golden numbers and for timing, and for nothing else.
 */
public final class PortableBackbone {

  private static final String WEIGHTS = "open_clip_model.safetensors";
  private static final String VOCABULARY = "merges.txt";
  private static final double LOGIT_SCALE = Math.log(100);

  /** Token ids that are no merges: two bytes' symbols for each byte, start and end of text. */
  private static final int OTHER_TOKENS = 514;

  private PortableBackbone() {}

  /**
   * Writes the weights that are not there yet, in OpenCLIP's layout without a configuration file.
   *
   * @param folder an existing folder whose name tells the architecture
   * @param config the architecture
   * @return the weights file
   */
  public static Path writeWeights(Path folder, ClipConfig config) {
    Path weights = folder.resolve(WEIGHTS);
    if (!Files.exists(weights)) {
      List<TensorSource> sources = new ArrayList<>();
      ClipTensorNames.shapes(config).forEach((name, shape) -> sources.add(source(name, shape)));
      SafetensorsFile.write(weights, Map.of("format", "pt"), sources);
    }
    return weights;
  }

  /**
   * Writes a vocabulary of the right length whose words mean nothing, if there is none yet.
   *
   * @param folder an existing folder
   * @param config the architecture
   * @return the vocabulary's file
   */
  public static Path writeVocabulary(Path folder, ClipConfig config) {
    Path vocabulary = folder.resolve(VOCABULARY);
    if (!Files.exists(vocabulary)) {
      byte[] text = merges(config.text().vocabSize() - OTHER_TOKENS).getBytes(UTF_8);
      AtomicFile.write(vocabulary, out -> out.write(text));
    }
    return vocabulary;
  }

  /**
   * Distinct merges of byte symbols: pairs of two letters, then each pair with a letter, until
   * there are enough.
   */
  private static String merges(int count) {
    List<String> symbols = new ArrayList<>();
    for (char c = '!'; c <= '~'; c++) {
      symbols.add(String.valueOf(c));
    }
    StringBuilder merges = new StringBuilder("#version: stand-in\n");
    int letters = symbols.size();
    int needed = count;
    for (int first = 0; needed > 0; first++) {
      for (int second = 0; second < letters && needed > 0; second++, needed--) {
        merges.append(symbols.get(first)).append(' ').append(symbols.get(second)).append('\n');
        symbols.add(symbols.get(first) + symbols.get(second));
      }
    }
    return merges.toString();
  }

  /** Made when its turn comes: all of them together would not fit a small heap. */
  private static TensorSource source(String name, List<Long> shape) {
    return new TensorSource(
        name,
        DType.F32,
        shape,
        () -> {
          int count = Math.toIntExact(shape.stream().reduce(1L, Math::multiplyExact));
          double[] rule = rule(name, shape);
          ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
          bytes.asFloatBuffer().put(PortableTensors.values(name, count, rule[0], rule[1]));
          return bytes;
        });
  }

  /** Offset and amplitude of a weight, by name. */
  private static double[] rule(String name, List<Long> shape) {
    if (name.equals("logit_scale")) {
      return new double[] {LOGIT_SCALE, 0};
    }
    if (name.contains("ln_")) {
      return name.endsWith(".weight") ? new double[] {1, 0.2} : new double[] {0, 0.1};
    }
    if (name.endsWith("bias")) {
      return new double[] {0, 0.05};
    }
    return new double[] {0, amplitude(name, shape)};
  }

  private static double amplitude(String name, List<Long> shape) {
    return switch (name) {
      case "token_embedding.weight", "positional_embedding" -> 0.05;
      case "visual.class_embedding", "visual.positional_embedding" -> 0.5;
      case "visual.proj", "text_projection" -> Math.sqrt(3.0 / shape.get(0));
      case "visual.conv1.weight" -> Math.sqrt(3.0 / (shape.get(1) * shape.get(2) * shape.get(3)));
      default -> (isOutput(name) ? 0.5 : 1) * Math.sqrt(3.0 / shape.get(1));
    };
  }

  private static boolean isOutput(String name) {
    return name.endsWith("out_proj.weight") || name.endsWith("c_proj.weight");
  }
}
