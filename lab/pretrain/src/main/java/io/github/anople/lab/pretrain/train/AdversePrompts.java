package io.github.anople.lab.pretrain.train;

import io.github.anople.torch.clip.PromptRows;
import io.github.anople.torch.engine.ComputeDevice;
import io.github.anople.torch.engine.Tensors;
import io.github.anople.torch.synth.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Context rows that go, a step at a time, where they move the memory's layers most: rows that
 * AnoPLe's training has moved are not at random, and a tower that has only seen random ones lets
 * them disturb the patches that the memory reads.
 *
 * <p>A few sets take turns. Each starts as AnoPLe's rows do: some at random, some that share a
 * direction as coupled ones do, by the coupling's bias. They are not part of a checkpoint: a run
 * that goes on starts with fresh ones.
 */
final class AdversePrompts {

  private static final int SETS = 4;
  private static final int FEWEST_ROWS = 4;
  private static final double COMMON_DEVIATION = 0.05;

  /** How far a row goes in a step, in units of its length. */
  private static final float STRIDE = 0.15f;

  /** A set starts anew after that many steps of its own, on average. */
  private static final int LIFE = 6;

  private final long seed;
  private final ComputeDevice device;
  private final Rows[] sets = new Rows[SETS];

  AdversePrompts(long seed, ComputeDevice device) {
    this.seed = seed;
    this.device = device;
  }

  /** Rows for every other step; null for the rest. */
  Rows of(long step) {
    if (step % 2 == 0) {
      return null;
    }
    int turn = (int) (step / 2 % SETS);
    RandomGenerator random = Draws.of(seed, "adverse prompts", step, 0);
    if (sets[turn] == null || random.nextInt(LIFE) == 0) {
      sets[turn] = Rows.drawn(random);
    }
    sets[turn].place(device);
    return sets[turn];
  }

  /** One set: values that outlive a step, and their tensors in the present one. */
  static final class Rows implements PromptRows {

    private static final int WIDTH = MiniArchitecture.WIDTH;

    private final int count;
    private final float[][] values; // [layers][count * WIDTH]
    private final List<Tensor> placed = new ArrayList<>();

    private Rows(int depth, int count) {
      this.count = count;
      this.values = new float[depth][count * WIDTH];
    }

    private static Rows drawn(RandomGenerator random) {
      int most = MiniArchitecture.LAYERS - 1;
      int count = FEWEST_ROWS + random.nextInt(RandomPrompts.MOST_ROWS - FEWEST_ROWS + 1);
      Rows rows = new Rows(most - random.nextInt(3), count);
      float[] common = new float[WIDTH];
      for (int i = 0; i < WIDTH; i++) {
        common[i] = (float) (COMMON_DEVIATION * Draws.gaussian(random));
      }
      for (float[] layer : rows.values) {
        for (int i = 0; i < layer.length; i++) {
          float shared = i < layer.length / 2 ? 0 : common[i % WIDTH];
          layer[i] = shared + (float) (RandomPrompts.DEVIATION * Draws.gaussian(random));
        }
      }
      return rows;
    }

    private void place(ComputeDevice device) {
      placed.clear();
      for (float[] layer : values) {
        Tensor rows = device.place(Tensors.of(layer, 1, count, WIDTH));
        placed.add(rows.detach().set_requires_grad(true));
      }
    }

    /** Steps towards where a distance grows, whose graph is kept. */
    void climb(Tensor distance) {
      TensorVector slopes =
          torch.grad(
              new TensorVector(distance),
              new TensorVector(placed.toArray(Tensor[]::new)),
              new TensorVector(),
              new BoolOptional(true),
              false,
              true);
      for (int layer = 0; layer < values.length; layer++) {
        Tensor slope = slopes.get(layer);
        if (slope.defined()) { // the last rows may reach no layer that the memory reads
          climb(values[layer], Tensors.floats(slope));
        }
      }
    }

    private static void climb(float[] rows, float[] slopes) {
      for (int from = 0; from < rows.length; from += WIDTH) {
        double length = length(rows, from);
        double steepness = length(slopes, from);
        if (!(steepness > 0) || Double.isInfinite(steepness)) {
          continue;
        }
        for (int i = from; i < from + WIDTH; i++) {
          rows[i] += (float) (STRIDE * length * slopes[i] / steepness);
        }
        double longer = length(rows, from) / length;
        for (int i = from; i < from + WIDTH; i++) {
          rows[i] /= (float) longer;
        }
      }
    }

    private static double length(float[] rows, int from) {
      double sum = 0;
      for (int i = from; i < from + WIDTH; i++) {
        sum += (double) rows[i] * rows[i];
      }
      return Math.sqrt(sum);
    }

    @Override
    public int depth() {
      return values.length;
    }

    @Override
    public int count() {
      return count;
    }

    @Override
    public Tensor rows(int layer) {
      return placed.get(layer);
    }
  }
}
