package io.github.anople.console;

/**
 * A command that a module adds to the program. A service: the module names its implementation in
 * {@code META-INF/services}, and the program has the command where the module is on the class path.
 */
public interface Subcommand {

  /**
   * The command.
   *
   * @return a new object with picocli's {@code Command} annotation
   */
  Object command();
}
