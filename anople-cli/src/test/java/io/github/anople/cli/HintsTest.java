package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class HintsTest {

  private static InputException fault() {
    return new InputException("x", "is missing", "name it");
  }

  @Test
  void aFaultWithoutATopicIsToldAsItIs() {
    assertEquals(Optional.empty(), Hints.of(fault()));
  }

  @ParameterizedTest
  @EnumSource
  void aHintNamesCommandsAndOptionsThatExist(Topic topic) {
    String hint = Hints.of(fault().about(topic)).orElseThrow();

    CommandLine root =
        Main.commandLine(
            new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
    Matcher commands = Pattern.compile("'anople ([a-z]+)(?: ([a-z]+))?").matcher(hint);
    boolean named = false;
    while (commands.find()) {
      CommandLine command = root.getSubcommands().get(commands.group(1));
      if (commands.group(2) != null) {
        command = command.getSubcommands().get(commands.group(2));
      }
      assertTrue(command != null, hint);
      named = true;
    }
    Matcher options = Pattern.compile("--[a-z-]+").matcher(hint);
    while (options.find()) {
      String option = options.group();
      assertTrue(
          root.getSubcommands().values().stream()
              .anyMatch(command -> command.getCommandSpec().findOption(option) != null),
          hint);
      named = true;
    }
    assertTrue(named, hint);
  }
}
