package io.github.anople.torch.full;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.Fixtures;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.SafetensorsFile;
import io.github.anople.core.tensorfile.TensorSource;
import io.github.anople.torch.clip.ClipConfig;
import io.github.anople.torch.clip.ClipTensorNames;
import io.github.anople.torch.clip.KnownArchitectures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * ViT-B-16-plus-240 at full size, its 833 MB of weights made by rule and kept in {@code target/}.
 */
public final class FullSizeBackbone {

  /** The architecture of the fixture. */
  public static final String NAME = "ViT-B-16-plus-240";

  private static final double LOGIT_SCALE = Math.log(100);

  private FullSizeBackbone() {}

  /**
   * The folder, in OpenCLIP's layout without a configuration file; written when it is not there
   * yet.
   */
  public static Path folder() {
    Path folder = Path.of("target", "full-size", NAME).toAbsolutePath();
    Path weights = folder.resolve("open_clip_model.safetensors");
    try {
      Files.createDirectories(folder);
      writeVocabulary(folder);
      if (!Files.exists(weights)) {
        SafetensorsFile.write(weights, Map.of("format", "pt"), sources());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return folder;
  }

  /**
   * CLIP's own vocabulary where the machine has it, else one of the same length whose words mean
   * nothing.
   */
  private static void writeVocabulary(Path folder) throws IOException {
    Path real = folder.resolve("bpe_simple_vocab_16e6.txt.gz");
    Path standIn = folder.resolve("merges.txt");
    if (Fixtures.clipVocabulary().isPresent()) {
      if (!Files.exists(real)) {
        Files.copy(Fixtures.clipVocabulary().get(), real);
      }
      Files.deleteIfExists(standIn);
    } else if (!Files.exists(standIn)) {
      AtomicFile.write(standIn, out -> out.write(standInMerges().getBytes(UTF_8)));
    }
  }

  /**
   * Distinct merges of byte symbols: pairs of two letters, then each pair with a letter, until
   * there are enough.
   */
  private static String standInMerges() {
    int needed = config().text().vocabSize() - 514;
    List<String> symbols = new ArrayList<>();
    for (char c = '!'; c <= '~'; c++) {
      symbols.add(String.valueOf(c));
    }
    StringBuilder merges = new StringBuilder("#version: stand-in\n");
    int letters = symbols.size();
    for (int first = 0; needed > 0; first++) {
      for (int second = 0; second < letters && needed > 0; second++, needed--) {
        merges.append(symbols.get(first)).append(' ').append(symbols.get(second)).append('\n');
        symbols.add(symbols.get(first) + symbols.get(second));
      }
    }
    return merges.toString();
  }

  static ClipConfig config() {
    return KnownArchitectures.mentionedIn(NAME).orElseThrow();
  }

  private static List<TensorSource> sources() {
    List<TensorSource> sources = new ArrayList<>();
    shapes().forEach((name, shape) -> sources.add(source(name, shape)));
    return sources;
  }

  private static Map<String, List<Long>> shapes() {
    return new LinkedHashMap<>(ClipTensorNames.shapes(config()));
  }

  /** Made when its turn comes: all of them together would not fit the test's heap. */
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
      case "visual.conv1.weight" -> Math.sqrt(3.0 / 768);
      default -> (isOutput(name) ? 0.5 : 1) * Math.sqrt(3.0 / shape.get(1));
    };
  }

  private static boolean isOutput(String name) {
    return name.endsWith("out_proj.weight") || name.endsWith("c_proj.weight");
  }
}
