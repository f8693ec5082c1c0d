package io.github.anople.torch.clip;

import io.github.anople.core.InputException;
import io.github.anople.core.image.ClipNormalization;
import io.github.anople.torch.encoder.TrunkSettings;
import java.util.Objects;
import java.util.Optional;

/**
 * The architecture of a CLIP: everything the two encoders need to know besides their weights.
 *
 * @param name what people call it, for example {@code ViT-B-16-plus-240}
 * @param embedDim d, width of the joint embedding
 * @param vision the image tower
 * @param text the text tower
 * @param quickGelu whether the towers use x·sigmoid(1.702x) in place of the exact GELU
 * @param normalization what pixels are normalised with
 */
public record ClipConfig(
    String name,
    int embedDim,
    Vision vision,
    Text text,
    boolean quickGelu,
    ClipNormalization normalization) {

  /** Checks the values against each other. */
  public ClipConfig {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(vision, "vision");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(normalization, "normalization");
    positive(name, "embed_dim", embedDim);
  }

  /**
   * The image tower.
   *
   * @param imageSize S, side of the square input in pixels
   * @param patchSize p, side of a patch in pixels
   * @param width d_v
   * @param layers L
   * @param heads attention heads
   * @param mlpWidth hidden width of a block's two-layer perceptron
   * @param stem a trunk beside the patch embedding; empty in every published CLIP
   */
  public record Vision(
      int imageSize,
      int patchSize,
      int width,
      int layers,
      int heads,
      int mlpWidth,
      Optional<ClipStem> stem) {

    /** Checks the values against each other. */
    public Vision {
      Objects.requireNonNull(stem, "stem");
      positive("vision_cfg", "image_size", imageSize);
      positive("vision_cfg", "patch_size", patchSize);
      tower("vision_cfg", width, layers, heads, mlpWidth);
      if (imageSize % patchSize != 0) {
        throw new InputException(
            "vision_cfg",
            "image_size " + imageSize + " is not a multiple of patch_size " + patchSize,
            "correct the configuration");
      }
      int side = imageSize;
      int grid = imageSize / patchSize;
      int depth = layers;
      stem.ifPresent(trunk -> trunk.on(side, grid, depth));
    }

    /**
     * A tower as CLIP has it, without a stem.
     *
     * @param imageSize S
     * @param patchSize p
     * @param width d_v
     * @param layers L
     * @param heads attention heads
     * @param mlpWidth hidden width of a block's two-layer perceptron
     */
    public Vision(int imageSize, int patchSize, int width, int layers, int heads, int mlpWidth) {
      this(imageSize, patchSize, width, layers, heads, mlpWidth, Optional.empty());
    }

    /**
     * What the stem's trunk sees.
     *
     * @return its blocks on this tower's grid; empty without a stem
     */
    public Optional<TrunkSettings> trunk() {
      return stem.map(trunk -> trunk.on(imageSize, grid(), layers));
    }

    /**
     * G, patches along a side.
     *
     * @return S / p
     */
    public int grid() {
      return imageSize / patchSize;
    }

    /**
     * n, patches of an image.
     *
     * @return G²
     */
    public int patches() {
      return grid() * grid();
    }
  }

  /**
   * The text tower.
   *
   * @param contextLength positions of the longest text, start and end tokens counted
   * @param vocabSize token ids
   * @param width d_t
   * @param layers L_t
   * @param heads attention heads
   * @param mlpWidth hidden width of a block's two-layer perceptron
   */
  public record Text(
      int contextLength, int vocabSize, int width, int layers, int heads, int mlpWidth) {

    /** Checks the values against each other. */
    public Text {
      positive("text_cfg", "vocab_size", vocabSize);
      tower("text_cfg", width, layers, heads, mlpWidth);
      if (contextLength < 3) {
        throw new InputException(
            "text_cfg",
            "context_length " + contextLength + " leaves no room for a word",
            "correct the configuration");
      }
    }
  }

  private static void tower(String where, int width, int layers, int heads, int mlpWidth) {
    positive(where, "width", width);
    positive(where, "layers", layers);
    positive(where, "heads", heads);
    positive(where, "mlp width", mlpWidth);
    if (width % heads != 0) {
      throw new InputException(
          where,
          "width " + width + " does not divide into " + heads + " heads",
          "correct the configuration");
    }
  }

  private static void positive(String where, String field, int value) {
    if (value < 1) {
      throw new InputException(where, field + " is " + value, "it must be at least 1");
    }
  }
}
