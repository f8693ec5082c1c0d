package io.github.anople.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code --quiet} and {@code --json}, and where a command's words go. */
final class Output {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--quiet", description = "Print results and faults only.")
  private boolean quiet;

  @Option(names = "--json", description = "Print the result as JSON on standard output.")
  private boolean json;

  /** The result: standard output. */
  PrintWriter result() {
    return command.commandLine().getOut();
  }

  /** What a person wants to know meanwhile: standard error, nothing when quiet. */
  void info(String line) {
    if (!quiet) {
      command.commandLine().getErr().println(line);
    }
  }

  /** What went wrong with one of many: standard error, always. */
  void fault(String line) {
    command.commandLine().getErr().println("anople: " + line);
  }

  boolean quiet() {
    return quiet;
  }

  boolean json() {
    return json;
  }

  /** Whether progress can be drawn in place: on a terminal, not in a log. */
  @SuppressWarnings("SystemConsoleNull") // Java 17's meaning; later ones only draw more bars.
  boolean onTerminal() {
    return !quiet && System.console() != null && System.getenv("CI") == null;
  }
}
