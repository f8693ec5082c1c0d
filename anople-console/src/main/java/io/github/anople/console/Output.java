package io.github.anople.console;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --quiet} and {@code --json}, and where a command's words go. */
public final class Output {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--quiet", description = "Print results and faults only.")
  private boolean quiet;

  @Option(names = "--json", description = "Print the result as JSON on standard output.")
  private boolean json;

  /** An option holder, which picocli fills. */
  public Output() {}

  /**
   * Where the result goes.
   *
   * @return standard output
   */
  public PrintWriter result() {
    return command.commandLine().getOut();
  }

  /**
   * Says what a person wants to know meanwhile: on standard error, nothing when quiet.
   *
   * @param line one line
   */
  public void info(String line) {
    if (!quiet) {
      command.commandLine().getErr().println(line);
    }
  }

  /**
   * Says what went wrong with one of many: on standard error, always.
   *
   * @param line one line
   */
  public void fault(String line) {
    command.commandLine().getErr().println("anople: " + line);
  }

  /**
   * Whether only results and faults are wanted.
   *
   * @return whether {@code --quiet} was given
   */
  public boolean quiet() {
    return quiet;
  }

  /**
   * Whether the result is wanted as JSON.
   *
   * @return whether {@code --json} was given
   */
  public boolean json() {
    return json;
  }

  /**
   * Whether progress can be drawn in place.
   *
   * @return true on a terminal, false where the output is a log
   */
  @SuppressWarnings("SystemConsoleNull") // Java 17's meaning; later ones only draw more bars.
  public boolean onTerminal() {
    return !quiet && System.console() != null && System.getenv("CI") == null;
  }
}
