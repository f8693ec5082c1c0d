package io.github.anople.torch.config;

import io.github.anople.core.InputException;

/** Refuses values that make no sense. */
final class Checks {

  /** Sees each picture 64 times: more finds hardly anything new. */
  private static final int MOST_SHIFTS = 8;

  private Checks() {}

  static void require(boolean condition, String setting, Object value, String remedy) {
    if (!condition) {
      throw new InputException("configuration", setting + " is " + value, remedy);
    }
  }

  /** Refuses a number of places of the patch grid along each axis that nobody needs. */
  static void requireShifts(int shifts, String setting, int usual) {
    require(
        shifts >= 1 && shifts <= MOST_SHIFTS,
        setting,
        shifts,
        "use 1 to " + MOST_SHIFTS + ", such as " + usual);
  }

  /** Refuses a learning rate that is negative or absurd. */
  static void requireRate(double rate, String setting, String usual) {
    require(rate >= 0 && rate < 1e3, setting, rate, "use 0 to 1000, such as " + usual);
  }
}
