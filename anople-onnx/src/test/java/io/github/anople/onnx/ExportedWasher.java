package io.github.anople.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.function.Executable;

/**
 * The small exported detector of these tests: two drawn washers on the tiny random backbone, in 8
 * bits. {@code anople-app}'s tests can write it again.
 */
public final class ExportedWasher {

  private ExportedWasher() {}

  public static byte[] bytes() {
    try (InputStream in = ExportedWasher.class.getResourceAsStream("/washer_int8.onnx")) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path write(Path folder) {
    return write(folder.resolve("washer.onnx"), bytes());
  }

  public static Path write(Path file, byte[] bytes) {
    try {
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one line with which something is refused. */
  public static String refusal(Executable attempt) {
    String message = assertThrows(InputException.class, attempt).getMessage();
    assertEquals(1, message.lines().count(), message);
    return message;
  }
}
