package io.github.anople.cli;

import io.github.anople.core.decide.Calibration;
import picocli.CommandLine.Option;

/** {@code --target-false-alarm}: how many good pictures may be NOT OK. */
final class TargetOption {

  @Option(
      names = "--target-false-alarm",
      paramLabel = "SHARE",
      description = "Share of good pictures that may be NOT OK. Default: ${DEFAULT-VALUE}.")
  private double target = Calibration.USUAL_FALSE_ALARM;

  /** The share, checked. */
  double share() {
    Calibration.checkTarget(target);
    return target;
  }
}
