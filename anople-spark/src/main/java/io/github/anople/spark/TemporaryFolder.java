package io.github.anople.spark;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException e) {
      // Windows keeps weights that are mapped: they go with the process.
      path.toFile().deleteOnExit();
    }
  }
}
