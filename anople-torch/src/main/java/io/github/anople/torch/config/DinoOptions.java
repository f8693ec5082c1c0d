package io.github.anople.torch.config;

import com.fasterxml.jackson.annotation.JsonValue;
import io.github.anople.torch.encoder.dino.DinoSettings;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What the memory sees through a DINOv2, where {@code memory.encoder} names one.
 *
 * @param imageSize side of the square images that it looks at, in pixels, a multiple of its patch
 * @param layers 1-based numbers of the blocks whose patch rows make up a patch's feature; empty for
 *     the last one
 * @param combine what becomes of several layers
 * @param norm whether the last layer normalisation is applied to them, whatever the block
 */
public record DinoOptions(int imageSize, List<Integer> layers, Combine combine, boolean norm) {

  /** What becomes of several layers. */
  public enum Combine {
    /** Their mean. */
    MEAN,
    /** Each of unit length, one behind the other. */
    JOIN;

    /**
     * The name in settings.
     *
     * @return lower case
     */
    @JsonValue
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern NAME =
      Pattern.compile("dinov2(-with-registers)?-(small|base|large|giant)");

  /**
   * Copies the numbers.
   *
   * @param imageSize pixels
   * @param layers 1-based
   * @param combine what becomes of several
   * @param norm whether to normalise
   */
  public DinoOptions {
    layers = List.copyOf(layers);
  }

  /**
   * Whether an encoder's name is that of a DINOv2, as they are pulled.
   *
   * @param name of {@link MemorySettings#encoders}
   * @return whether it is
   */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
  }

  void check() {
    settings();
  }

  /**
   * The encoder's settings.
   *
   * @return the same in its words
   * @throws io.github.anople.core.InputException if the size is out of its range, or a layer is
   *     named twice
   */
  public DinoSettings settings() {
    return new DinoSettings(imageSize, layers, norm, combine == Combine.JOIN);
  }
}
