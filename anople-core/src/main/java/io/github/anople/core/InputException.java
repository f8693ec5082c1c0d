package io.github.anople.core;

import java.nio.file.Path;

/**
 * The input is at fault: a file, a folder, a configuration, an argument. Never a fault of the
 * program.
 *
 * <p>The message is one line that a person can act on: where, what is wrong, what to do. The
 * command line prints it as it is, without a stack trace, and exits with 1.
 */
public final class InputException extends RuntimeException {

  private static final int MAX_QUOTED = 120;

  /**
   * A fault with its place, its nature and its remedy.
   *
   * @param where what is at fault, usually a file's path (with a tensor's or field's name where
   *     that helps)
   * @param problem what is wrong with it, naming the offending value
   * @param remedy what the reader can do about it
   */
  public InputException(String where, String problem, String remedy) {
    super(line(where, problem, remedy));
  }

  /**
   * The same, for a file.
   *
   * @param file the file or folder at fault
   * @param problem what is wrong with it
   * @param remedy what the reader can do about it
   */
  public InputException(Path file, String problem, String remedy) {
    this(file.toString(), problem, remedy);
  }

  /**
   * The same, keeping the failure that revealed it.
   *
   * @param where what is at fault
   * @param problem what is wrong with it
   * @param remedy what the reader can do about it
   * @param cause what was caught
   */
  public InputException(String where, String problem, String remedy, Throwable cause) {
    super(line(where, problem, remedy), cause);
  }

  /**
   * The same, keeping the failure that revealed it.
   *
   * @param file the file or folder at fault
   * @param problem what is wrong with it
   * @param remedy what the reader can do about it
   * @param cause what was caught
   */
  public InputException(Path file, String problem, String remedy, Throwable cause) {
    super(line(file.toString(), problem, remedy), cause);
  }

  /**
   * A name or value out of a file, fit for a message: in quotes, cut where it is too long.
   *
   * @param text what the file holds
   * @return at most some 150 characters
   */
  public static String quoted(String text) {
    return text.length() <= MAX_QUOTED
        ? "'" + text + "'"
        : "'" + text.substring(0, MAX_QUOTED) + "...' (" + text.length() + " characters)";
  }

  private static String line(String where, String problem, String remedy) {
    // Names inside hostile files may hold line breaks and control characters: a message stays one
    // line.
    return (where + ": " + problem + "; " + remedy).replaceAll("\\p{Cntrl}", "?");
  }
}
