package io.github.anople.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Another program, run to its end. */
final class Program {

  private static final int LONGEST_MINUTES = 5;

  private Program() {}

  /** What a program printed; it has to end well. */
  static String run(Path folder, Map<String, String> environment, List<String> command)
      throws Exception {
    Path printed = Files.createTempFile(folder, "printed", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertTrue(process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES), () -> "hangs: " + command);
    } finally {
      process.destroyForcibly();
    }
    String text = Files.readString(printed);
    assertEquals(0, process.exitValue(), text);
    return text;
  }

  /** The Java that runs this. */
  static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  /** Whether a program is on the path. */
  static boolean isThere(String name) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /** The files in and below a folder whose names end so. */
  static List<String> files(Path folder, String ending) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.map(Path::toString).filter(name -> name.endsWith(ending)).sorted().toList();
    }
  }
}
