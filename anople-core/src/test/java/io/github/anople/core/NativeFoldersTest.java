package io.github.anople.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class NativeFoldersTest {

  private static final List<String> MOUNTS =
      List.of(
          "22 1 253:0 / / rw,relatime shared:1 - ext4 /dev/vda rw",
          "30 22 0:26 / /tmp rw,nosuid,nodev,noexec shared:9 - tmpfs tmpfs rw",
          "31 30 0:27 / /tmp/my\\040programs rw,nosuid - tmpfs tmpfs rw",
          "32 22 0:28 / /data rw,noexec - tmpfs tmpfs rw",
          "33 22 0:29 / /data rw,relatime - ext4 /dev/vdb rw",
          "a line of another kernel");

  @TempDir Path folder;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theNearestMountTellsAndOfTwoTheLater() {
    assertTrue(NativeFolders.isNoexec(Path.of("/tmp"), MOUNTS));
    assertTrue(NativeFolders.isNoexec(Path.of("/tmp/a/b"), MOUNTS));
    assertFalse(NativeFolders.isNoexec(Path.of("/tmp/my programs/x"), MOUNTS));
    assertFalse(NativeFolders.isNoexec(Path.of("/tmpfs"), MOUNTS));
    assertFalse(NativeFolders.isNoexec(Path.of("/data/x"), MOUNTS));
    assertFalse(NativeFolders.isNoexec(Path.of("/"), MOUNTS));
  }

  @Test
  void aFolderThatCanBeMadeIsMade() {
    assertEquals(Optional.empty(), NativeFolders.writeFault(folder.resolve("a/b")));
    assertTrue(Files.isDirectory(folder.resolve("a/b")));
  }

  @Test
  void whereAFileIsInTheWayThereIsNoFolder() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(Optional.of("cannot be made"), NativeFolders.fault(file.resolve("cache")));
    assertEquals(Optional.of("cannot be made"), NativeFolders.fault(file));
  }
}
