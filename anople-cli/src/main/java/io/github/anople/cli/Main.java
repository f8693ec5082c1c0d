package io.github.anople.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.anople.console.ExitCode;
import io.github.anople.console.Subcommand;
import io.github.anople.core.InputException;
import io.github.anople.core.NativeWork;
import java.io.PrintWriter;
import java.util.ServiceLoader;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/**
 * The {@code anople} command.
 *
 * <p>Exit codes: 0 done, 1 the input is at fault, 2 wrong usage, 3 an internal fault; {@code
 * predict} has a fourth.
 */
@Command(
    name = "anople",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "A few good pictures in, a detector out; a picture in, a score and a heat map out.",
    subcommands = {
      TrainCommand.class,
      CalibrateCommand.class,
      PredictCommand.class,
      DriftCommand.class,
      TestCommand.class,
      MemoryCommand.class,
      ExportCommand.class,
      BackboneCommand.class,
      ServeCommand.class,
      DemoCommand.class,
      HelpCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  /**
   * Runs the command line and exits.
   *
   * @param args the arguments
   */
  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    // Nobody waits for what a command computes, unless it says so: it ends with its present step.
    Runtime.getRuntime().addShutdownHook(new Thread(NativeWork::refuse, "anople-end"));
    System.exit(run(out, err, args));
  }

  /**
   * Runs the command line.
   *
   * @param out standard output
   * @param err standard error
   * @param args the arguments
   * @return the exit code
   */
  static int run(PrintWriter out, PrintWriter err, String... args) {
    return execute(commandLine(out, err), args);
  }

  /** The whole command, which a test may extend. */
  static CommandLine commandLine(PrintWriter out, PrintWriter err) {
    CommandLine command = new CommandLine(new Main());
    ServiceLoader.load(Subcommand.class).forEach(more -> command.addSubcommand(more.command()));
    return command.setOut(out).setErr(err).setCaseInsensitiveEnumValuesAllowed(true);
  }

  static int execute(CommandLine command, String... args) {
    command.setExecutionExceptionHandler(
        (fault, at, parsed) ->
            isOfOption(fault) ? wrongUsage(at, fault) : report(fault, command.getErr()));
    try {
      return command.execute(args);
    } catch (Error fault) { // picocli lets it through, and the JVM's own code for it is 1
      return report(fault, command.getErr());
    }
  }

  /** What was typed is at fault, not what lies on disk. */
  private static boolean isOfOption(Exception fault) {
    return fault instanceof InputException input && input.where().startsWith("--");
  }

  private static int wrongUsage(CommandLine at, Exception fault) throws Exception {
    return at.getParameterExceptionHandler()
        .handleParseException(new ParameterException(at, fault.getMessage()), new String[0]);
  }

  private static int report(Throwable fault, PrintWriter err) {
    if (NativeWork.ended()) { // Somebody stopped the process: its exit code tells.
      return ExitCode.INTERNAL_FAULT;
    }
    if (fault instanceof InputException input) {
      err.println("anople: " + Hints.with(input.getMessage(), input.topic()));
      return ExitCode.INPUT_FAULT;
    }
    err.println("anople: internal fault, please report it with the lines below");
    fault.printStackTrace(err);
    return ExitCode.INTERNAL_FAULT;
  }
}
