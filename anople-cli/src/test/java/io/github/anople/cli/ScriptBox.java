package io.github.anople.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Runs shell scripts with nothing of the machine around them: a search path of their own, which
 * holds the few tools that are named here, and stand-ins for Java and Maven.
 */
final class ScriptBox {

  /** What every Unix has, and all that the launcher may ask for. */
  static final List<String> TOOLS = List.of("sh", "dirname", "readlink", "sed", "locale");

  /** How a script ended, and what it said. */
  record Ended(int code, String out, String err) {}

  private final Path folder;
  private final Path path;
  private final Map<String, String> environment = new TreeMap<>();

  ScriptBox(Path folder, List<String> tools) throws IOException {
    this.folder = folder;
    this.path = Files.createDirectories(folder.resolve("path"));
    for (String tool : tools) {
      // No symbolic link: JUnit would warn of each when it clears its folder.
      standIn(tool, "exec '" + found(tool) + "' \"$@\"");
    }
    environment.put("PATH", path.toString());
    environment.put("HOME", folder.toString());
  }

  private static Path found(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(place -> Path.of(place, tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  ScriptBox with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** A stand-in for a program on the search path. */
  void standIn(String name, String... lines) throws IOException {
    script(path.resolve(name), lines);
  }

  /**
   * A stand-in for a Java runtime, which prints its arguments, one a line.
   *
   * @return its home folder
   */
  Path java(String name, String version) throws IOException {
    Path home = folder.resolve(name);
    script(
        Files.createDirectories(home.resolve("bin")).resolve("java"),
        "if [ \"$1\" = -version ]; then",
        "  echo 'Picked up JAVA_TOOL_OPTIONS: -Dversion=1' >&2",
        "  echo 'openjdk version \"" + version + "\" 2021-09-14' >&2",
        "  echo 'OpenJDK Runtime Environment (build " + version + "+1)' >&2",
        "  exit",
        "fi",
        "printf '%s\\n' \"$@\"",
        "echo \"variables: $MALLOC_TOP_PAD_ ${LC_ALL:-} ${ANOPLE_MAIN_CLASS:-}\"");
    return home;
  }

  private static void script(Path file, String... lines) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + String.join("\n", lines) + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException(file + " cannot be made executable");
    }
  }

  Ended run(Path workingFolder, Path script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(List.of(arguments));
    try {
      Path out = Files.createTempFile(folder, "out", ".txt");
      Path err = Files.createTempFile(folder, "err", ".txt");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(workingFolder.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().clear();
      builder.environment().putAll(environment);
      int code = builder.start().waitFor();
      return new Ended(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
