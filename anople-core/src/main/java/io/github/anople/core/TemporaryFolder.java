package io.github.anople.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder for the time that something is worked on: it goes with the files that are in it.
 *
 * @param path where it is
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

  /**
   * Makes an empty one where the system keeps temporary files.
   *
   * @param purpose what its name begins with
   * @return a folder to close
   * @throws InputException if there is no place for one
   */
  public static TemporaryFolder create(String purpose) {
    try {
      return new TemporaryFolder(Files.createTempDirectory(purpose));
    } catch (IOException e) {
      throw new InputException(
          System.getProperty("java.io.tmpdir"),
          "has no place for temporary files (" + e + ")",
          "free some space, or set java.io.tmpdir to another folder",
          e);
    }
  }

  /** Removes it with its files. */
  @Override
  public void close() {
    List<Path> all = all();
    try {
      for (int i = all.size() - 1; i >= 0; i--) {
        Files.delete(all.get(i));
      }
    } catch (IOException e) {
      // Windows keeps weights that are mapped. On exit the last goes first, too.
      all.forEach(file -> file.toFile().deleteOnExit());
    }
  }

  /** The folder, and after it what is in it. */
  private List<Path> all() {
    try (Stream<Path> files = Files.walk(path)) {
      return files.toList();
    } catch (IOException e) {
      return List.of(path);
    }
  }
}
