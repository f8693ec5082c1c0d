package io.github.anople.torch.encoder.dino;

import io.github.anople.core.InputException;
import java.util.Objects;

/**
 * The architecture of a DINOv2: everything that its forward pass needs to know besides its weights.
 *
 * @param patch p, side of a patch in pixels
 * @param width d
 * @param layers blocks
 * @param heads attention heads
 * @param registers rows that belong to no patch, besides cls; 0 for a plain model
 * @param hidden h, hidden width of a block's feed-forward part
 * @param swiGlu whether that part is SwiGLU (giant) in place of a perceptron with GELU
 * @param storedGrid g, side of the grid that the stored position embeddings are for
 * @param epsilon what layer normalisation adds to the variance
 * @param rule how position embeddings are brought to another grid
 */
public record DinoConfig(
    int patch,
    int width,
    int layers,
    int heads,
    int registers,
    int hidden,
    boolean swiGlu,
    int storedGrid,
    double epsilon,
    PositionRule rule) {

  private static final String WHERE = "DINOv2";

  /**
   * Checks the values against each other.
   *
   * @throws InputException if one is out of its range or does not fit another
   */
  public DinoConfig {
    Objects.requireNonNull(rule, "rule");
    atLeast(1, "patch size", patch);
    atLeast(1, "width", width);
    atLeast(1, "number of blocks", layers);
    atLeast(1, "number of heads", heads);
    atLeast(0, "number of registers", registers);
    atLeast(1, "hidden width", hidden);
    atLeast(1, "stored grid", storedGrid);
    if (width % heads != 0) {
      throw new InputException(
          WHERE,
          "width " + width + " does not divide into " + heads + " heads",
          "correct the number of heads");
    }
    if (!(epsilon > 0 && epsilon < 1)) {
      throw new InputException(
          WHERE, "layer norm's epsilon is " + epsilon, "it must lie between 0 and 1");
    }
  }

  /**
   * What to call the architecture: as torch hub does where the width is one of its models'.
   *
   * @return for example {@code dinov2-vits14} or {@code dinov2-vitl14-reg4}
   */
  public String name() {
    String size =
        switch (width) {
          case 384 -> "s";
          case 768 -> "b";
          case 1024 -> "l";
          case 1536 -> "g";
          default -> "-" + width + "x" + layers + "-";
        };
    return "dinov2-vit" + size + patch + (registers > 0 ? "-reg" + registers : "");
  }

  /**
   * Rows before the patches: cls and the registers.
   *
   * @return 1 or more
   */
  public int rowsBeforePatches() {
    return 1 + registers;
  }

  private static void atLeast(int least, String what, int value) {
    if (value < least) {
      throw new InputException(
          WHERE, "the " + what + " is " + value, "it must be at least " + least);
    }
  }
}
