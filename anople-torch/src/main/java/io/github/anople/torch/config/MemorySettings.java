package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.require;
import static io.github.anople.torch.config.Checks.requireShifts;

import io.github.anople.torch.memory.Coreset;

/**
 * What detection remembers of the shots (section 3.5).
 *
 * @param enabled whether detection consults the patches of the shots
 * @param firstLayer first memory layer
 * @param lastLayer last memory layer
 * @param shifts places of the patch grid, along each axis, at which the memory sees each shot
 *     ({@link io.github.anople.torch.memory.GridShifts}); 1 is the paper's
 * @param coreset how much of its patches the memory keeps, by {@link Coreset}: a share up to 1,
 *     which is the paper's, or a number of patches
 */
public record MemorySettings(
    boolean enabled, ScaledLayer firstLayer, ScaledLayer lastLayer, int shifts, double coreset) {

  void check() {
    requireShifts(shifts, "memory.shifts", 3);
    require(
        Coreset.isSize(coreset),
        "memory.coreset",
        coreset,
        "use a share up to 1, such as 0.25, or a whole number of patches, such as 1000");
  }
}
