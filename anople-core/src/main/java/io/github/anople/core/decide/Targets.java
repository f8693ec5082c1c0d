package io.github.anople.core.decide;

import io.github.anople.core.InputException;
import java.util.Objects;
import java.util.Optional;

/**
 * How many good pictures a detector may doubt: the shares that its thresholds aim at.
 *
 * @param falseAlarm the share that may be NOT OK, in [1e-6, 0.5]
 * @param uncertain the share that may be UNCERTAIN or NOT OK, greater than that and at most 0.5;
 *     empty for one threshold, with which nothing is UNCERTAIN
 */
public record Targets(double falseAlarm, Optional<Double> uncertain) {

  /**
   * Targets.
   *
   * @throws IllegalArgumentException if a share is out of range
   */
  public Targets {
    Objects.requireNonNull(uncertain, "uncertain");
    Calibration.requireTarget(falseAlarm);
    uncertain.ifPresent(share -> Uncertain.requireTarget(share, falseAlarm));
  }

  /**
   * One threshold.
   *
   * @param falseAlarm the share of good pictures that may be NOT OK
   * @throws IllegalArgumentException if it is out of range
   */
  public Targets(double falseAlarm) {
    this(falseAlarm, Optional.empty());
  }

  /**
   * Targets as a person gave them.
   *
   * @param falseAlarm the share of good pictures that may be NOT OK
   * @param uncertain the share that may be UNCERTAIN or NOT OK; empty for one threshold
   * @return the targets
   * @throws InputException if a share is out of range, or the second is not the greater
   */
  public static Targets checked(double falseAlarm, Optional<Double> uncertain) {
    Calibration.checkTarget(falseAlarm);
    uncertain.ifPresent(share -> checkUncertain(share, falseAlarm));
    return new Targets(falseAlarm, uncertain);
  }

  private static void checkUncertain(double share, double falseAlarm) {
    Calibration.checkTarget(share);
    if (share <= falseAlarm) {
      throw new InputException(
          "target of uncertain pictures",
          share + " is not greater than " + falseAlarm + ", the target of false alarms",
          "choose a greater share, such as 0.05 beside 0.01: whatever is NOT OK counts in it");
    }
  }
}
