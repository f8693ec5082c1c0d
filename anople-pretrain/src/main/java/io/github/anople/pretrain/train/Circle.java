package io.github.anople.pretrain.train;

import java.util.function.DoubleUnaryOperator;

/**
 * A standardised statistic z as a point of the circle, (sin, cos) of its angle, each coordinate a
 * sum of bends: what a perceptron with GELUs can compute. Beyond the first and the last bend the
 * point stays.
 */
final class Circle {

  /** How sharply a coordinate bends: GELU(3x)/3 for max(x, 0). */
  static final double SHARPNESS = 3;

  /** Radians a deviation. */
  private static final double TURN = 0.8;

  /** Beyond two deviations the angle rises with this share: rare answers count, but less. */
  private static final double SLOPE = 0.3;

  private static final double KNEE = 2;

  private static final double[] PLACES = {-10, -6, -4, -2.8, -2, -1, 0, 1, 2, 2.8, 4, 6, 10};

  /** How many bends there are. */
  static final int BENDS = PLACES.length;

  /** The coordinates before the first bend. */
  static final double START_SINE = Math.sin(angle(PLACES[0]));

  static final double START_COSINE = Math.cos(angle(PLACES[0]));

  private Circle() {}

  /** The angle of a standardised statistic. */
  static double angle(double z) {
    double size = Math.abs(z);
    return TURN * Math.copySign(Math.min(size, KNEE) + SLOPE * Math.max(size - KNEE, 0), z);
  }

  /** The statistic at which a bend is. */
  static double place(int bend) {
    return PLACES[bend];
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
    double from = coordinate.applyAsDouble(angle(PLACES[bend]));
    double to = coordinate.applyAsDouble(angle(PLACES[bend + 1]));
    return (to - from) / (PLACES[bend + 1] - PLACES[bend]);
  }
}
