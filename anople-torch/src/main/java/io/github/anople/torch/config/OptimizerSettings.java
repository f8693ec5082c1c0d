package io.github.anople.torch.config;

import static io.github.anople.torch.config.Checks.require;
import static io.github.anople.torch.config.Checks.requireRate;

/**
 * The gradient descent (section 4.2).
 *
 * @param epochs passes over the shots; 0 leaves the prompts as drawn
 * @param sharedEpochs whether the shots of a class share the passes, so that a class with several
 *     is looked at as often as one with a single shot
 * @param promptRate learning rate of contexts, couplings and view signals
 * @param decoderRate learning rate of the decoder
 * @param warmupEpochs epochs over which the rates rise to their values
 * @param momentum of the gradient descent
 * @param weightDecay of the gradient descent, on everything learned
 */
public record OptimizerSettings(
    int epochs,
    boolean sharedEpochs,
    double promptRate,
    double decoderRate,
    int warmupEpochs,
    double momentum,
    double weightDecay) {

  /**
   * How often a training passes over all its shots.
   *
   * @param shotsOfClass the most shots that a class has
   * @return the epochs, or ⌈epochs / shotsOfClass⌉ where they are shared
   */
  public int passes(int shotsOfClass) {
    return sharedEpochs
        ? (epochs + Math.max(1, shotsOfClass) - 1) / Math.max(1, shotsOfClass)
        : epochs;
  }

  void check() {
    require(epochs >= 0, "optimizer.epochs", epochs, "use 0 or more");
    require(warmupEpochs >= 0, "optimizer.warmup_epochs", warmupEpochs, "use 0 or more");
    requireRate(promptRate, "optimizer.prompt_rate", "0.001");
    requireRate(decoderRate, "optimizer.decoder_rate", "0.0002");
    require(
        momentum >= 0 && momentum < 1,
        "optimizer.momentum",
        momentum,
        "use 0 up to 1, such as 0.9");
    require(
        weightDecay >= 0 && weightDecay < 1,
        "optimizer.weight_decay",
        weightDecay,
        "use 0 up to 1, such as 1e-5");
  }
}
