package io.github.anople.console;

import io.github.anople.torch.config.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code --set NAME=VALUE}: any setting of the method, by the name that it has everywhere. */
public final class SettingOptions {

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = {
        "Any setting, may be repeated: prompts.depth=7, prompts.state_words=abnormal,damaged.",
        "anople train --print-config shows all names."
      })
  private List<String> typed = List.of();

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** An option holder, which picocli fills. */
  public SettingOptions() {}

  /**
   * The values by name.
   *
   * @param options settings that have an option of their own, by name, and the option
   * @param given the values that these were given
   * @return values as text
   * @throws ParameterException if there is no such setting, or two values contradict
   */
  public Map<String, String> values(Map<String, String> options, Map<String, String> given) {
    Map<String, String> values = new LinkedHashMap<>(given);
    for (String pair : typed) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw wrong("--set '" + pair + "' has no value: write it as prompts.depth=7");
      }
      String name = pair.substring(0, equals).strip();
      String value = pair.substring(equals + 1).strip();
      Settings.fault(name).ifPresent(problem -> refuse("--set: " + problem));
      String other = values.put(name, value);
      if (other != null && !other.equals(value)) {
        String first = given.containsKey(name) ? options.get(name) + " " : "--set " + name + "=";
        throw wrong(
            "%s%s and --set %s contradict each other: leave one out".formatted(first, other, pair));
      }
    }
    return values;
  }

  private void refuse(String problem) {
    throw wrong(problem);
  }

  /**
   * Wrong usage of the command.
   *
   * @param problem what is wrong
   * @return to throw
   */
  public ParameterException wrong(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }
}
