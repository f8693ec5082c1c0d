package io.github.anople.torch.clip;

import io.github.anople.core.image.ClipNormalization;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The architectures that need no configuration file, because their names say everything.
 *
 * <p>Figures from OpenCLIP's model configurations of the same names. A name that speaks of weights
 * that were trained with QuickGELU ({@link Activation}) is the same architecture with it.
 */
public final class KnownArchitectures {

  private static final String QUICK_GELU = "quickgelu";

  /** MetaCLIP's own file names, such as {@code b16_fullcc2.5b.pt}, as {@link Activation#key}. */
  static final String META_CLIP = "(^|-)(b32|b16|l14)-(400m|fullcc2-5b)(-|$)";

  private static final Pattern META_CLIP_NAME = Pattern.compile(META_CLIP);
  private static final List<ClipConfig> ALL =
      List.of(
          vit("ViT-B-16-plus-240", 640, 240, 16, 896, 12, 640, 10),
          vit("ViT-B-16", 512, 224, 16, 768, 12, 512, 8),
          vit("ViT-B-32", 512, 224, 32, 768, 12, 512, 8),
          vit("ViT-L-14", 768, 224, 14, 1024, 24, 768, 12),
          vit("ViT-L-14-336", 768, 336, 14, 1024, 24, 768, 12));

  private KnownArchitectures() {}

  /**
   * The names, as people write them.
   *
   * @return every known name
   */
  public static List<String> names() {
    return ALL.stream().map(ClipConfig::name).toList();
  }

  /**
   * Finds the architecture that a name, a file name or a folder's name speaks of.
   *
   * <p>Case and punctuation do not matter, and of several that fit the longest wins: {@code
   * vit_b_16_plus_240-laion400m_e32-699c4b84.pt} is a ViT-B-16-plus-240, not a ViT-B-16.
   *
   * @param text any name
   * @return the architecture, empty when the name speaks of none
   */
  public static Optional<ClipConfig> mentionedIn(String text) {
    String key = Activation.key(text);
    boolean quick = Activation.mentionedIn(List.of(text)) == Activation.QUICK_GELU;
    return ALL.stream()
        .filter(config -> ("-" + key + "-").contains("-" + Activation.key(config.name()) + "-"))
        .max(Comparator.comparingInt(config -> config.name().length()))
        .or(() -> ofMetaClip(key))
        .map(config -> quick ? withQuickGelu(config) : config);
  }

  private static Optional<ClipConfig> ofMetaClip(String key) {
    Matcher name = META_CLIP_NAME.matcher(key);
    if (!name.find()) {
      return Optional.empty();
    }
    String model = name.group(2); // b16: ViT-B-16
    String full = "vit-" + model.charAt(0) + "-" + model.substring(1);
    return ALL.stream().filter(config -> Activation.key(config.name()).equals(full)).findFirst();
  }

  /**
   * The same architecture with QuickGELU.
   *
   * @param config an architecture
   * @return named {@code -quickgelu}
   */
  public static ClipConfig withQuickGelu(ClipConfig config) {
    if (config.quickGelu()) {
      return config;
    }
    return new ClipConfig(
        config.name() + "-" + QUICK_GELU,
        config.embedDim(),
        config.vision(),
        config.text(),
        true,
        config.normalization());
  }

  private static ClipConfig vit(
      String name,
      int embedDim,
      int imageSize,
      int patchSize,
      int visionWidth,
      int visionLayers,
      int textWidth,
      int textHeads) {
    return new ClipConfig(
        name,
        embedDim,
        new ClipConfig.Vision(
            imageSize, patchSize, visionWidth, visionLayers, visionWidth / 64, 4 * visionWidth),
        new ClipConfig.Text(77, 49408, textWidth, 12, textHeads, 4 * textWidth),
        false,
        ClipNormalization.CLIP);
  }
}
