package io.github.anople.inspect.report;

import java.util.OptionalDouble;

/** Numbers that are parts of a whole. */
final class Shares {

  private Shares() {}

  /** Refuses a number that is there and outside [0, 1]. */
  static void check(String name, OptionalDouble share) {
    if (share.isPresent() && !(share.getAsDouble() >= 0 && share.getAsDouble() <= 1)) {
      throw new IllegalArgumentException(
          name + " is " + share.getAsDouble() + "; give a number in [0, 1], or none");
    }
  }
}
