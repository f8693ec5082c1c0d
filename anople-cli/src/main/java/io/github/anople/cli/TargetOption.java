package io.github.anople.cli;

import io.github.anople.core.decide.Calibration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code --target-false-alarm}: how many good pictures may be NOT OK. */
final class TargetOption {

  private static final String NAME = "--target-false-alarm";

  @Option(
      names = NAME,
      paramLabel = "SHARE",
      description = "Share of good pictures that may be NOT OK. Default: ${DEFAULT-VALUE}.")
  private double target = Calibration.USUAL_FALSE_ALARM;

  /** Whether the user has typed it. */
  static boolean isGiven(CommandSpec command) {
    return command.commandLine().getParseResult().hasMatchedOption(NAME);
  }

  /** The share, checked. */
  double share() {
    Calibration.checkTarget(target);
    return target;
  }
}
