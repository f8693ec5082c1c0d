package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

class MainTest {

  /** A command whose work fails in a way of the test's choice. */
  @Command(name = "fail")
  private static final class Failing implements Callable<Integer> {

    private final Throwable fault;

    Failing(Throwable fault) {
      this.fault = fault;
    }

    @Override
    public Integer call() throws Exception {
      if (fault instanceof Error error) {
        throw error;
      }
      throw (Exception) fault;
    }
  }

  private static CommandRun failing(Throwable fault) {
    return CommandRun.of(command -> command.addSubcommand(new Failing(fault)), "fail");
  }

  @Test
  void aFaultOfTheInputIsOneLineAndOne() {
    failing(new InputException("a.png", "is not a picture", "give another"))
        .inputFault("a.png: is not a picture; give another");
  }

  @Test
  void whatTheReaderHasToFindIsToldWithTheCommandThatMakesIt() {
    failing(new InputException("a", "is not a detector", "name one").about(Topic.DETECTOR))
        .inputFault("a: is not a detector; name one ('anople train' makes a detector)");
  }

  static List<Throwable> internalFaults() {
    return List.of(
        new IllegalStateException("inner"),
        new IOException("inner"),
        new OutOfMemoryError("inner"),
        new UnsatisfiedLinkError("inner"),
        new StackOverflowError("inner"));
  }

  @ParameterizedTest
  @MethodSource("internalFaults")
  void anInternalFaultIsThreeAndToldWithItsTrace(Throwable fault) {
    CommandRun run = failing(fault);

    assertEquals(3, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("anople: internal fault, please report it"), run.err());
    assertTrue(run.err().contains(fault.getClass().getName() + ": inner"), run.err());
    assertTrue(run.err().contains("\tat " + Failing.class.getPackageName()), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "'',                                  Missing required subcommand",
    "nothing,                             nothing",
    "--nothing,                           --nothing",
    "backbone,                            Missing required subcommand",
    "backbone nothing,                    nothing",
    "backbone info,                       DIR|NAME",
    "backbone info a b,                   b",
    "backbone pull,                       NAME",
    "backbone list all,                   all",
    "backbone embed --text,               --text",
    "backbone embed --precision fp64,     fp64",
    "backbone embed --nothing,            --nothing",
  })
  void wrongUsageIsTwoAndShowsTheRightOne(String line, String named) {
    CommandRun.of(line.isEmpty() ? new String[0] : line.split(" ")).wrongUsage(named);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "help",
        "backbone --help",
        "help backbone",
        "backbone info --help",
        "backbone embed --help",
        "backbone list --help",
        "backbone pull --help"
      })
  void helpIsAResult(String line) {
    CommandRun run = CommandRun.of(line.split(" ")).done();

    assertTrue(run.out().startsWith("Usage: anople"), run.out());
  }

  @Test
  void theVersionIsAResult() {
    assertTrue(CommandRun.of("--version").done().out().startsWith("anople "));
  }

  @Test
  void runWritesWhereItIsTold() {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();

    assertEquals(0, Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "--help"));
    assertTrue(out.toString().contains("backbone"));
    assertEquals(2, Main.run(new PrintWriter(out, true), new PrintWriter(err, true), "--no"));
    assertTrue(err.toString().contains("--no"));
  }
}
