package io.github.anople.dist;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The archive that the build made, unpacked into an empty folder, and called with next to nothing
 * around it: Java without the JDK's tools, and a search path with the four tools that every Unix
 * has.
 *
 * @param folder the folder that was in the archive
 * @param outside an empty folder beside it
 */
record Unpacked(Path folder, Path outside) {

  private static final boolean WINDOWS = System.getProperty("os.name").startsWith("Windows");
  private static final Path ARCHIVE = Path.of(System.getProperty("anople.archive"));

  /** How the command ended, and what it said. */
  record Ended(int code, String out, String err) {}

  static Path archive(String suffix) {
    return ARCHIVE.resolveSibling(ARCHIVE.getFileName() + suffix);
  }

  static Unpacked into(Path empty) throws IOException {
    Path place = Files.createDirectory(empty.resolve("unpacked here"));
    Path outside = Files.createDirectory(empty.resolve("somewhere else"));
    List<String> command =
        List.of(
            "tar",
            "-xf",
            archive(WINDOWS ? ".zip" : ".tar.gz").toString(),
            "-C",
            place.toRealPath().toString());
    Ended ended = run(new ProcessBuilder(command), outside);
    if (ended.code() != 0) {
      throw new IOException(ended.err());
    }
    return new Unpacked(place.resolve(ARCHIVE.getFileName()), outside);
  }

  Path script() {
    return folder.resolve(WINDOWS ? "anople.bat" : "anople");
  }

  /** The jars, by name. */
  List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("lib"))) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }

  Ended run(Path workingFolder, Path script, String... arguments) throws IOException {
    return run(builder(workingFolder, script, arguments), outside);
  }

  /** What starts it. */
  ProcessBuilder builder(Path workingFolder, Path script, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (WINDOWS) {
      command.addAll(List.of("cmd", "/c"));
    }
    command.add(script.toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingFolder.toFile());
    Map<String, String> environment = builder.environment();
    String system = environment.getOrDefault("PATH", "");
    if (!WINDOWS) {
      environment.clear();
      environment.put("PATH", tools(system).toString());
    }
    environment.put("HOME", outside.toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("ANOPLE_JAVA_OPTS", "--limit-modules java.se,jdk.unsupported");
    return builder;
  }

  private Path tools(String system) throws IOException {
    Path tools = outside.resolve("tools");
    if (!Files.exists(tools)) {
      Files.createDirectory(tools);
      for (String tool : List.of("dirname", "readlink", "sed", "locale")) {
        Path found =
            Stream.of(system.split(":", -1))
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
        // No symbolic link: JUnit would warn of each when it clears its folder.
        Path script = tools.resolve(tool);
        Files.writeString(script, "#!/bin/sh\nexec '" + found + "' \"$@\"\n");
        if (!script.toFile().setExecutable(true)) {
          throw new IOException(script + " cannot be made executable");
        }
      }
    }
    return tools;
  }

  private static Ended run(ProcessBuilder builder, Path logs) throws IOException {
    Path out = Files.createTempFile(logs, "out", ".txt");
    Path err = Files.createTempFile(logs, "err", ".txt");
    try {
      int code = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start().waitFor();
      return new Ended(code, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    } catch (InterruptedException e) {
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
