package io.github.anople.lab.pretrain.train;

import io.github.anople.core.InputException;
import io.github.anople.torch.synth.Draws;
import java.util.Arrays;

/**
 * The settings of a pretraining run.
 *
 * @param seed of scenes, batches and first weights
 * @param steps optimizer steps in all
 * @param batch pictures of a step
 * @param fresh pictures of a step that are newly drawn; the others are from the pool
 * @param pool pictures kept
 * @param kept patches that a step looks at, drawn anew for each; all of them learn best
 * @param rate highest learning rate
 * @param warmup steps over which the rate rises; it falls as a cosine after
 * @param descriptors weight of the descriptor loss
 * @param contrast weight of the picture-to-caption loss
 * @param words weight of the patch-to-phrase loss
 * @param damage weight of the good-or-bad losses of patches and pictures
 * @param twins whether damaged scenes come with the same scenes whole, in the same batch
 * @param adverse whether context rows go where they disturb the memory most, instead of at random
 */
record PretrainConfig(
    long seed,
    long steps,
    int batch,
    int fresh,
    int pool,
    int kept,
    double rate,
    int warmup,
    double descriptors,
    double contrast,
    double words,
    double damage,
    boolean twins,
    boolean adverse) {

  static final int ALL_PATCHES =
      MiniArchitecture.SIDE
          / MiniArchitecture.PATCH
          * (MiniArchitecture.SIDE / MiniArchitecture.PATCH);

  PretrainConfig {
    if (steps < 1 || batch < 2 || fresh < 0 || fresh > batch || pool < batch || warmup < 1) {
      throw new InputException(
          "pretraining settings",
          "steps %d, batch %d, fresh %d, pool %d, warmup %d do not fit together"
              .formatted(steps, batch, fresh, pool, warmup),
          "ask for at least 1 step, 2 pictures a batch, and 0 <= fresh <= batch <= pool");
    }
    if (twins && (batch % 2 != 0 || fresh % 2 != 0 || pool % 2 != 0)) {
      throw new InputException(
          "pretraining settings",
          "batch %d, fresh %d and pool %d are not all even".formatted(batch, fresh, pool),
          "twins come two at a time");
    }
    if (kept < 1 || kept > ALL_PATCHES) {
      throw new InputException(
          "pretraining settings", "kept patches are " + kept, "keep 1 to " + ALL_PATCHES);
    }
    if (!(rate > 0 && rate < 1)) {
      throw new InputException("pretraining settings", "rate is " + rate, "it must be in (0, 1)");
    }
  }

  /** The patches that a step looks at, in rising order. */
  int[] patches(long step) {
    int[] order = Draws.permutation(Draws.of(seed, "patches", step, 0), ALL_PATCHES);
    return Arrays.stream(order).limit(kept).sorted().toArray();
  }

  /** The learning rate of a step, counted from 0. */
  double rate(long step) {
    double rise = Math.min(1, (step + 1.0) / warmup);
    double done = Math.max(0, (step - warmup) / (double) Math.max(1, steps - warmup));
    return rate * rise * (0.01 + 0.99 * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, done))));
  }
}
