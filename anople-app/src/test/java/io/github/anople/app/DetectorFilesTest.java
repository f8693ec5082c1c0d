package io.github.anople.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import io.github.anople.core.open.DetectorFiles;
import io.github.anople.core.open.DetectorOpener;
import io.github.anople.core.open.OpenSettings;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DetectorFilesTest {

  private static final Path BUNDLE =
      Fixtures.checkout("anople-app/src/test/resources/before-the-step/plain.anople");

  @TempDir Path folder;

  private static String refusal(Path file, OpenSettings settings) {
    String message =
        assertThrows(InputException.class, () -> DetectorFiles.open(file, settings)).getMessage();
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains(file.getFileName().toString()), message);
    return message;
  }

  @Test
  void aMissingFileIsNamedWhateverItsKind() {
    refusal(folder.resolve("missing.anople"), OpenSettings.AUTO);
    refusal(folder.resolve("missing.onnx"), OpenSettings.AUTO);
  }

  @Test
  void whatIsNoDetectorIsRefused() throws IOException {
    refusal(Files.writeString(folder.resolve("notes.txt"), "not a detector"), OpenSettings.AUTO);
    refusal(Files.writeString(folder.resolve("notes.onnx"), "not a graph"), OpenSettings.AUTO);
  }

  @Test
  void aBundleTakesNeitherAProviderNorThreads() {
    OpenSettings provider =
        new OpenSettings(Optional.empty(), "auto", "cpu", Optional.of("cpu"), OptionalInt.empty());
    OpenSettings threads =
        new OpenSettings(Optional.empty(), "auto", "cpu", Optional.empty(), OptionalInt.of(2));
    assertTrue(refusal(BUNDLE, provider).contains("is not an exported detector"));
    assertTrue(refusal(BUNDLE, threads).contains("is not an exported detector"));
  }

  @Test
  void withoutAnEngineTheMessageSaysWhatIsMissing() {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    thread.setContextClassLoader(new WithoutOpeners(usual));
    try {
      String message = refusal(BUNDLE, OpenSettings.AUTO);
      assertTrue(message.contains("add anople-onnx or anople-torch"), message);
      String missing = refusal(folder.resolve("missing.anople"), OpenSettings.AUTO);
      assertTrue(missing.contains("does not exist"), missing);
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  /** A program that has no engine on its class path. */
  private static final class WithoutOpeners extends ClassLoader {

    WithoutOpeners(ClassLoader parent) {
      super(parent);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals("META-INF/services/" + DetectorOpener.class.getName())
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }
}
