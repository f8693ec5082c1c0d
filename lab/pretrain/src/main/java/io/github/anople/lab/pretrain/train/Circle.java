package io.github.anople.lab.pretrain.train;

import java.util.function.DoubleUnaryOperator;

/**
 * A standardised statistic z as a point of the circle, (sin, cos) of its angle, each coordinate a
 * sum of bends: what a perceptron with GELUs can compute. Beyond the first and the last bend the
 * point stays.
 */
final class Circle {

  /** How sharply a coordinate bends: GELU(3x)/3 for max(x, 0). */
  static final double SHARPNESS = 3;

  /**
   * Radians a deviation. What is far out, five deviations from what is usual, comes to lie on the
   * other side of the circle, and further round beyond: answers of textures have such long tails.
   */
  private static final double TURN = 0.65;

  /** Nearly all answers lie between the first bend and the last, a deviation apart. */
  private static final double FIRST = -3;

  /** How many bends there are. */
  static final int BENDS = 15;

  /** The coordinates before the first bend. */
  static final double START_SINE = Math.sin(angle(FIRST));

  static final double START_COSINE = Math.cos(angle(FIRST));

  private Circle() {}

  /** The angle of a standardised statistic. */
  static double angle(double z) {
    return TURN * z;
  }

  /** The statistic at which a bend is. */
  static double place(int bend) {
    return FIRST + bend;
  }

  /** How much steeper the sine is after a bend than before it. */
  static double sine(int bend) {
    return rise(bend, Math::sin) - rise(bend - 1, Math::sin);
  }

  /** How much steeper the cosine is after a bend than before it. */
  static double cosine(int bend) {
    return rise(bend, Math::cos) - rise(bend - 1, Math::cos);
  }

  /** The slope of a coordinate after a bend: nil before the first and after the last. */
  private static double rise(int bend, DoubleUnaryOperator coordinate) {
    if (bend < 0 || bend == BENDS - 1) {
      return 0;
    }
    double from = coordinate.applyAsDouble(angle(place(bend)));
    double to = coordinate.applyAsDouble(angle(place(bend + 1)));
    return (to - from) / (place(bend + 1) - place(bend));
  }
}
