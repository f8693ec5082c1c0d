package io.github.anople.console;

import io.github.anople.core.decide.Calibration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** {@code --target-false-alarm}: how many good pictures may be NOT OK. */
public final class TargetOption {

  private static final String NAME = "--target-false-alarm";

  @Option(
      names = NAME,
      paramLabel = "SHARE",
      description = "Share of good pictures that may be NOT OK. Default: ${DEFAULT-VALUE}.")
  private double target = Calibration.USUAL_FALSE_ALARM;

  /** An option holder, which picocli fills. */
  public TargetOption() {}

  /**
   * Whether the user has typed it.
   *
   * @param command the command that was parsed
   * @return whether it was given
   */
  public static boolean isGiven(CommandSpec command) {
    return command.commandLine().getParseResult().hasMatchedOption(NAME);
  }

  /**
   * The share.
   *
   * @return between 0 and 0.5
   * @throws io.github.anople.core.InputException if it is out of range
   */
  public double share() {
    Calibration.checkTarget(target);
    return target;
  }
}
