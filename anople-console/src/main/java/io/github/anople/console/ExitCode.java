package io.github.anople.console;

/** How a command ends; picocli's own 2 is for wrong usage. */
public final class ExitCode {

  /** The input is at fault, or a part of it could not be done. */
  public static final int INPUT_FAULT = 1;

  /** An option is missing, unknown, or contradicts another. */
  public static final int WRONG_USAGE = 2;

  /** The program is at fault. */
  public static final int INTERNAL_FAULT = 3;

  private ExitCode() {}
}
