package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.requireShifts;

import io.github.anople.torch.memory.ImageScore;

/**
 * How detection looks at a picture (section 3.5, eq. 12–14).
 *
 * @param shifts places of the patch grid, along each axis, at which detection looks at a picture;
 *     what it finds there is averaged, and costs as many times as much; 1 is the paper's
 * @param imageScore how a map becomes a score; the paper's is {@code max}
 */
public record DetectionSettings(int shifts, ImageScore imageScore) {

  void check() {
    requireShifts(shifts, "detection.shifts", 2);
  }
}
