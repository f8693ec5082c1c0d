package io.github.anople.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TemporaryFolderTest {

  @Test
  void itGoesWithItsFiles() throws IOException {
    Path path;
    try (TemporaryFolder folder = TemporaryFolder.create("anople-test")) {
      path = folder.path();
      assertTrue(path.getFileName().toString().startsWith("anople-test"));
      Files.writeString(path.resolve("file"), "text");
    }

    assertFalse(Files.exists(path));
  }
}
