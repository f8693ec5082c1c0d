package io.github.anople.spark;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder for the time that a detector is read in: it goes with all that is in it. */
record TemporaryFolder(Path path) implements AutoCloseable {

  static TemporaryFolder create() {
    try {
      return new TemporaryFolder(Files.createTempDirectory("anople-spark"));
    } catch (IOException e) {
      throw new InputException(
          System.getProperty("java.io.tmpdir"),
          "has no place for a detector (" + e + ")",
          "free some space, or set java.io.tmpdir to another folder",
          e);
    }
  }

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
