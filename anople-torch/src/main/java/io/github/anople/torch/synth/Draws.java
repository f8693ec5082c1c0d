package io.github.anople.torch.synth;

import static io.github.anople.core.SplitMix64.GAMMA;
import static io.github.anople.core.SplitMix64.mix;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Streams of random numbers, each fixed by a seed and by what it is for.
 *
 * <p>A step's draws follow from (seed, purpose, epoch, step) alone, so that a training that is
 * resumed needs no generator's state, and steps may be prepared in any order.
 */
public final class Draws {

  private Draws() {}

  /**
   * A stream of its own.
   *
   * @param seed of the whole training
   * @param purpose what the numbers are for
   * @param a for example the epoch
   * @param b for example the step
   * @return a generator at its start
   */
  public static RandomGenerator of(long seed, String purpose, long a, long b) {
    long state = mix(seed + GAMMA);
    for (byte letter : purpose.getBytes(UTF_8)) {
      state = mix(state ^ letter);
    }
    return new SplittableRandom(mix(mix(state + a * GAMMA) + b * GAMMA));
  }

  /**
   * A draw from N(0, 1), by the method of Box and Muller: the same on every Java runtime.
   *
   * @param random consumes two of its numbers
   * @return a normal deviate
   */
  public static double gaussian(RandomGenerator random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * Math.PI * random.nextDouble());
  }

  /**
   * Draws from N(0, deviation²).
   *
   * @param random consumes two of its numbers for each
   * @param count how many
   * @param deviation their standard deviation
   * @return the draws in order
   */
  public static float[] gaussians(RandomGenerator random, int count, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * gaussian(random));
    }
    return values;
  }

  /**
   * A draw from a range.
   *
   * @param random consumes one of its numbers
   * @param from the lower end
   * @param to the upper end
   * @return a number from {@code from} up to {@code to}
   */
  public static double uniform(RandomGenerator random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /**
   * The numbers 0 to count − 1 in random order (Fisher and Yates).
   *
   * @param random consumes count − 1 of its numbers
   * @param count how many
   * @return a permutation
   */
  public static int[] permutation(RandomGenerator random, int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
