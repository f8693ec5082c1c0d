package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.require;
import static io.github.anople.torch.config.Checks.requireShifts;

import io.github.anople.torch.memory.Fusion;
import io.github.anople.torch.memory.ImageScore;
import java.util.List;

/**
 * How detection looks at a picture (section 3.5, eq. 12–14).
 *
 * @param shifts places of the patch grid, along each axis, at which detection looks at a picture;
 *     what it finds there is averaged, and costs as many times as much; 1 is the paper's
 * @param imageScore how a map becomes a score; the paper's is {@code max}
 * @param fusion how what prompts and memory say becomes one; the paper's is {@code harmonic}
 * @param promptWeights how much the decoder's map counts beside the memory's, and the image's
 *     probability beside the map's score; of the {@code geometric} fusion alone, where empty takes
 *     {@link #USUAL_WEIGHTS}
 */
public record DetectionSettings(
    int shifts, ImageScore imageScore, Fusion.Rule fusion, List<Double> promptWeights) {

  /**
   * Little: what prompts and decoder tell of a product differs much from set to set, and simulated
   * defects do not show how much (docs/results.md).
   */
  public static final List<Double> USUAL_WEIGHTS = List.of(0.15, 0.02);

  /**
   * Copies the weights.
   *
   * @param shifts places along each axis
   * @param imageScore how a map becomes a score
   * @param fusion how two opinions become one
   * @param promptWeights of map and image
   */
  public DetectionSettings {
    promptWeights = List.copyOf(promptWeights);
  }

  void check() {
    requireShifts(shifts, "detection.shifts", 2);
    require(
        promptWeights.isEmpty()
            || (promptWeights.size() == 2
                && promptWeights.stream().allMatch(w -> w >= 0 && w <= 1)),
        "detection.prompt_weights",
        promptWeights,
        "give two numbers from 0 to 1, such as 0.15,0.02, or none for these");
  }

  /**
   * The fusion with its weights.
   *
   * @return what makes one map and one score
   */
  public Fusion fused() {
    if (fusion == Fusion.Rule.HARMONIC) {
      return Fusion.HARMONIC;
    }
    List<Double> weights = promptWeights.isEmpty() ? USUAL_WEIGHTS : promptWeights;
    return new Fusion(fusion, weights.get(0), weights.get(1));
  }
}
