package io.github.anople.torch.memory;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** How two opinions become one: half their harmonic mean (eq. 13 and 14). */
public final class Fusion {

  private static final double SMALLEST = 1e-6;

  private Fusion() {}

  /**
   * 1 / (1/a + 1/b), either operand taken as at least 1e-6.
   *
   * @param a any shape
   * @param b a shape that broadcasts with it
   * @return their fusion
   */
  public static Tensor harmonic(Tensor a, Tensor b) {
    return inverse(a).add(inverse(b)).reciprocal();
  }

  private static Tensor inverse(Tensor x) {
    return x.clamp_min(new Scalar(SMALLEST)).reciprocal();
  }
}
