package io.github.anople.console;

/**
 * How a command ends. 2 is picocli's own: an option is missing, unknown, or contradicts another.
 */
public final class ExitCode {

  /** The input is at fault, or a part of it could not be done. */
  public static final int INPUT_FAULT = 1;

  /** The program is at fault. */
  public static final int INTERNAL_FAULT = 3;

  private ExitCode() {}
}
