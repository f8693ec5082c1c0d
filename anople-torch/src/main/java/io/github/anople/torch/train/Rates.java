package io.github.anople.torch.train;

import io.github.anople.torch.config.TrainingConfig;
import io.github.anople.torch.decoder.Decoder;

/**
 * The learning rates of one step.
 *
 * @param prompts of contexts, couplings and view signals
 * @param decoder of the decoder
 */
record Rates(double prompts, double decoder) {

  private static final String DECODER_PREFIX =
      Decoder.MIX_IN.substring(0, Decoder.MIX_IN.indexOf('.') + 1);

  /**
   * base · min(1, (k + 1) / W), W the steps of the warm-up.
   *
   * @param step k, counted from 0 over the whole training
   * @param warmupSteps W
   */
  static Rates at(TrainingConfig config, long step, long warmupSteps) {
    double factor = warmupSteps == 0 ? 1 : Math.min(1, (step + 1) / (double) warmupSteps);
    return new Rates(
        config.optimizer().promptRate() * factor, config.optimizer().decoderRate() * factor);
  }

  /** The rate of a parameter. */
  double of(String parameter) {
    return parameter.startsWith(DECODER_PREFIX) ? decoder : prompts;
  }
}
