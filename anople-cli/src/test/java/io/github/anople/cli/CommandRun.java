package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.function.UnaryOperator;
import picocli.CommandLine;

/** What one run of the command left behind. */
record CommandRun(int code, String out, String err) {

  static CommandRun of(String... args) {
    return of(UnaryOperator.identity(), args);
  }

  /** Runs a command line that a test has changed. */
  static CommandRun of(UnaryOperator<CommandLine> change, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = Main.commandLine(new PrintWriter(out, true), new PrintWriter(err, true));
    int code = Main.execute(change.apply(command), args);
    return new CommandRun(code, out.toString(), err.toString());
  }

  /** The run is over and done, and nothing but the result was said. */
  CommandRun done() {
    assertEquals(0, code, err);
    assertEquals("", err);
    return this;
  }

  /** Exit code 1, nothing on standard output, one line on standard error that says all of these. */
  void inputFault(String... parts) {
    assertEquals(1, code, err);
    assertEquals("", out);
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.startsWith("anople: ") && err.endsWith(System.lineSeparator()), err);
    assertFalse(err.contains("Exception") || err.contains("\tat "), err);
    for (String part : parts) {
      assertTrue(err.contains(part), () -> "no \"" + part + "\" in: " + err);
    }
  }

  /** Exit code 2, nothing on standard output, the right usage and these words on standard error. */
  void wrongUsage(String... parts) {
    assertEquals(2, code, err);
    assertEquals("", out);
    assertTrue(err.contains("Usage: anople") || err.contains("Did you mean"), err);
    assertFalse(err.contains("\tat "), err);
    for (String part : parts) {
      assertTrue(err.contains(part), () -> "no \"" + part + "\" in: " + err);
    }
  }

  List<String> lines() {
    return out.lines().toList();
  }

  JsonNode json() throws IOException {
    return new JsonMapper().readTree(out);
  }
}
