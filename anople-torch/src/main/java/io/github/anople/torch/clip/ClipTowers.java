package io.github.anople.torch.clip;

import io.github.anople.torch.engine.OwnedTensors;
import io.github.anople.torch.engine.Precision;

/**
 * Both towers over weights that may still be learned: what pretraining builds anew in every step.
 *
 * @param vision the image tower
 * @param text the text tower
 */
public record ClipTowers(VisionEncoder vision, TextEncoder text) {

  /**
   * Builds the towers in the current scope and gradient mode, so that gradients reach the weights
   * through every conversion.
   *
   * @param config the architecture
   * @param weights fp32 tensors that fit it
   * @param precision number format of the encoders
   * @param owner owner of what the towers keep; close it when the step's gradients are there
   * @return towers that are valid until the owner is closed
   */
  public static ClipTowers of(
      ClipConfig config, ClipWeights weights, Precision precision, OwnedTensors owner) {
    return new ClipTowers(
        new VisionEncoder(config, weights, precision, owner),
        new TextEncoder(config, weights, precision, owner));
  }
}
