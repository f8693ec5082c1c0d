package io.github.anople.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java of its own for a test: of the same version, with the same class path. */
public final class ChildJvm {

  private ChildJvm() {}

  /**
   * How to start it.
   *
   * @param folder for the class path, in a file: ONNX Runtime does not bear a command line of
   *     several kilobytes
   * @param main what it runs
   * @param options of Java
   * @return a command, to which the program's arguments are added
   */
  public static List<String> command(Path folder, Class<?> main, String... options)
      throws IOException {
    Path arguments = folder.resolve("arguments");
    if (!Files.exists(arguments)) { // A process that was started before may be reading it.
      Files.writeString(arguments, "-cp \"" + System.getProperty("java.class.path") + "\"");
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("@" + arguments, main.getName()));
    return command;
  }
}
