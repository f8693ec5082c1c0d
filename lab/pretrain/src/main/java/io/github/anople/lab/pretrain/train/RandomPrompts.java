package io.github.anople.lab.pretrain.train;

import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.synth.Draws;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * Context rows as AnoPLe's training starts from, drawn anew for a step: a tower that has seen such
 * rows is not upset by them.
 */
final class RandomPrompts implements PromptRows {

  /** Of a context row's values, as AnoPLe's training draws them. */
  static final double DEVIATION = 0.02;

  static final int MOST_ROWS = 12;

  private final RandomGenerator random;
  private final ComputeDevice device;
  private final int depth;
  private final int count;

  private RandomPrompts(RandomGenerator random, ComputeDevice device) {
    this.device = device;
    this.random = random;
    this.depth = MiniArchitecture.LAYERS - 1;
    this.count = 1 + random.nextInt(MOST_ROWS);
  }

  /** Rows for every other step; null for the rest. */
  static RandomPrompts of(long seed, long step, ComputeDevice device) {
    return step % 2 == 0 ? null : new RandomPrompts(Draws.of(seed, "prompts", step, 0), device);
  }

  @Override
  public int depth() {
    return depth;
  }

  @Override
  public int count() {
    return count;
  }

  @Override
  public Tensor rows(int layer) {
    float[] values = new float[count * MiniArchitecture.WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (DEVIATION * Draws.gaussian(random));
    }
    return device.place(Tensors.of(values, 1, count, MiniArchitecture.WIDTH));
  }
}
