package io.github.anople.cli;

import io.github.anople.inspect.data.PartPattern;
import io.github.anople.inspect.report.PartRule;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which pictures show views of one part, the same for every command. */
final class PartOptions {

  @Option(
      names = "--part",
      paramLabel = "PATTERN",
      description =
          "Several pictures show one part: how their names tell, such as '{part}_cam{view}.png', or "
              + "'cam{view}/{part}.png' with folders. The part's verdict is its worst view's.")
  private String pattern;

  @Option(
      names = "--views",
      paramLabel = "N",
      description = "With --part: a part with fewer views is INCOMPLETE, and never OK.")
  private Integer views;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** The rule, where a pattern was given. */
  Optional<PartRule> rule() {
    if (pattern == null && views != null) {
      throw new ParameterException(
          command.commandLine(), "--views N needs --part PATTERN, which tells the parts apart");
    }
    OptionalInt each = views == null ? OptionalInt.empty() : OptionalInt.of(views);
    return Optional.ofNullable(pattern).map(text -> new PartRule(PartPattern.of(text), each));
  }
}
