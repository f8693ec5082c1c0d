package io.github.anople.torch.encoder.dino;

import java.util.Arrays;

/**
 * How position embeddings are brought from the stored grid to another one. The published programs
 * differ, so each layout of the weights keeps its own program's rule: the same weights give other
 * features by another rule.
 *
 * <p>Cubic interpolation of each axis by itself. With g stored and n wanted places along an axis,
 * output i lies at c of the stored ones.
 */
public enum PositionRule {
  /** Torch hub: c = (i + 0.5)·g/(n + 0.1) − 0.5, a = −0.75, never widened. */
  HUB("hub", 0.1, false),
  /** transformers: the same with n in place of n + 0.1. */
  TRANSFORMERS("hf", 0, false),
  /**
   * Torch hub, models with registers: c = (i + 0.5)·g/n − 0.5, a = −0.5, the kernel widened where
   * the grid shrinks (Pillow's and PyTorch's antialiased way). OpenCLIP does the same.
   */
  HUB_REGISTERS("hub-registers", 0, true),
  /** transformers, models with registers: as {@link #HUB_REGISTERS}. */
  TRANSFORMERS_REGISTERS("hf-registers", 0, true);

  private static final double PLAIN_KERNEL = -0.75;
  private static final double ANTIALIASED_KERNEL = -0.5;

  private final String id;
  private final double offset;
  private final boolean antialiased;

  PositionRule(String id, double offset, boolean antialiased) {
    this.id = id;
    this.offset = offset;
    this.antialiased = antialiased;
  }

  /**
   * The name of the rule in files.
   *
   * @return for example {@code hub-registers}
   */
  public String id() {
    return id;
  }

  /**
   * The rule of a name.
   *
   * @param id as {@link #id} gives it
   * @return the rule
   * @throws IllegalArgumentException if there is none of that name
   */
  public static PositionRule of(String id) {
    return Arrays.stream(values())
        .filter(rule -> rule.id.equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no position rule is called " + id));
  }

  /**
   * What each stored place gives to each wanted one along an axis.
   *
   * @param stored g
   * @param wanted n
   * @return {@code [n, g]}, rows that sum to one
   */
  public float[] weights(int stored, int wanted) {
    float[] weights = new float[wanted * stored];
    for (int i = 0; i < wanted; i++) {
      double[] row = antialiased ? averaged(i, stored, wanted) : sampled(i, stored, wanted);
      for (int j = 0; j < stored; j++) {
        weights[i * stored + j] = (float) row[j];
      }
    }
    return weights;
  }

  /** Four taps around the place; one beyond the border counts for the border. */
  private double[] sampled(int i, int stored, int wanted) {
    double centre = (i + 0.5) * stored / (wanted + offset) - 0.5;
    int floor = (int) Math.floor(centre);
    double[] row = new double[stored];
    for (int tap = floor - 1; tap <= floor + 2; tap++) {
      row[Math.min(Math.max(tap, 0), stored - 1)] += kernel(tap - centre, PLAIN_KERNEL);
    }
    return row;
  }

  /** Taps as wide as the kernel, which covers what a wanted place stands for; none outside. */
  private static double[] averaged(int i, int stored, int wanted) {
    double widening = Math.max(1, (double) stored / wanted);
    double centre = (i + 0.5) * stored / wanted;
    int from = Math.max(0, (int) (centre - 2 * widening + 0.5));
    int to = Math.min(stored, (int) (centre + 2 * widening + 0.5));
    double[] row = new double[stored];
    double sum = 0;
    for (int tap = from; tap < to; tap++) {
      row[tap] = kernel((tap + 0.5 - centre) / widening, ANTIALIASED_KERNEL);
      sum += row[tap];
    }
    for (int tap = from; tap < to; tap++) {
      row[tap] /= sum;
    }
    return row;
  }

  /** The cubic kernel of slope a at 1. */
  private static double kernel(double distance, double a) {
    double x = Math.abs(distance);
    if (x < 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((a * x - 5 * a) * x + 8 * a) * x - 4 * a : 0;
  }
}
