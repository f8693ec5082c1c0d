package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.require;
import static io.github.anople.torch.config.Checks.requireShifts;

import io.github.anople.torch.encoder.TrunkWeights;
import io.github.anople.torch.memory.Coreset;
import io.github.anople.torch.memory.ShotViews;
import java.util.HashSet;
import java.util.List;

/**
 * What detection remembers of the shots (section 3.5).
 *
 * @param enabled whether detection consults the patches of the shots
 * @param encoder what the memory sees with: {@code clip}, the backbone's layers, which is the
 *     paper's; {@code trunk}; a DINOv2 by its name in the user's store, such as {@code
 *     dinov2-small}; or several, joined by {@code +}, each with rows of its own
 * @param encoderWeights how much each encoder's distances count in the mean, in the encoders'
 *     order; empty where each counts the same
 * @param firstLayer first memory layer of the backbone
 * @param lastLayer last memory layer of the backbone
 * @param views in which symmetries the memory sees each shot; the paper's is {@code none}
 * @param shifts places of the patch grid, along each axis, at which the memory sees each shot
 *     ({@link io.github.anople.torch.memory.GridShifts}); 1 is the paper's
 * @param coreset how much of its patches the memory keeps, by {@link Coreset}: a share up to 1,
 *     which is the paper's, or a number of patches
 */
public record MemorySettings(
    boolean enabled,
    String encoder,
    List<Double> encoderWeights,
    ScaledLayer firstLayer,
    ScaledLayer lastLayer,
    ShotViews views,
    int shifts,
    double coreset) {

  /** The backbone's own layers, as an encoder. */
  public static final String CLIP = "clip";

  private static final double LARGEST_WEIGHT = 1000;

  /**
   * Copies the weights.
   *
   * @param enabled whether detection consults the patches of the shots
   * @param encoder what the memory sees with
   * @param encoderWeights how much each encoder counts
   * @param firstLayer first memory layer
   * @param lastLayer last memory layer
   * @param views symmetries
   * @param shifts places along each axis
   * @param coreset how much is kept
   */
  public MemorySettings {
    encoderWeights = List.copyOf(encoderWeights);
  }

  /**
   * The encoders one by one.
   *
   * @return names, in the order of the weights
   */
  public List<String> encoders() {
    return List.of(encoder.split("\\+", -1));
  }

  /**
   * How much an encoder counts.
   *
   * @param name one of {@link #encoders}
   * @return its weight, above 0
   */
  public double weight(String name) {
    return encoderWeights.isEmpty() ? 1 : encoderWeights.get(encoders().indexOf(name));
  }

  private static boolean isEncoder(String name) {
    return name.equals(CLIP) || name.equals(TrunkWeights.NAME) || DinoOptions.isName(name);
  }

  void check() {
    List<String> names = encoders();
    require(
        names.stream().allMatch(MemorySettings::isEncoder)
            && new HashSet<>(names).size() == names.size(),
        "memory.encoder",
        encoder,
        "use clip, trunk, a DINOv2 such as dinov2-small, or several of them joined, such as"
            + " clip+trunk");
    require(
        (encoderWeights.isEmpty() || encoderWeights.size() == names.size())
            && encoderWeights.stream().allMatch(w -> w > 0 && w <= LARGEST_WEIGHT),
        "memory.encoder_weights",
        encoderWeights,
        "give a number above 0 for each encoder of " + encoder + ", or none");
    requireShifts(shifts, "memory.shifts", 3);
    require(
        Coreset.isSize(coreset),
        "memory.coreset",
        coreset,
        "use a share up to 1, such as 0.25, or a whole number of patches, such as 1000");
  }
}
