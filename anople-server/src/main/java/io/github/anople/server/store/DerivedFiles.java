package io.github.anople.server.store;

import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * What was made of kept files and can be made again, such as small pictures: who clears the folder
 * loses nothing but time.
 */
@Component
public class DerivedFiles {

  private static final int PREFIX = 2;

  private final DataFolder data;

  DerivedFiles(DataFolder data) {
    this.data = data;
  }

  /**
   * What was made of a file, made now where it is not there.
   *
   * @param sha256 the content that it is made of
   * @param ending of its name: which of the things that are made
   * @param made makes it
   * @return the file
   * @throws InputException if it cannot be written
   */
  public Path get(String sha256, String ending, Supplier<byte[]> made) {
    if (!Sha256.isHex(sha256)) {
      throw new IllegalArgumentException("no SHA-256: " + sha256);
    }
    Path file = data.derived().resolve(sha256.substring(0, PREFIX)).resolve(sha256 + "." + ending);
    if (!Files.isRegularFile(file)) {
      write(file, made.get());
    }
    return file;
  }

  private static void write(Path file, byte[] bytes) {
    try {
      Files.createDirectories(file.getParent());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    AtomicFile.write(file, out -> out.write(bytes));
  }
}
