package io.github.anople.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

  @TempDir Path folder;

  @Test
  void aFileAppearsWholeAndAlone() throws IOException {
    Path target = folder.resolve("a.txt");
    AtomicFile.write(
        target,
        out -> {
          out.write(new byte[] {1, 2, 3});
          out.flush();
          assertFalse(Files.exists(target), "visible before it is whole");
          out.write(4);
        });
    assertEquals(4, Files.size(target));
    assertEquals(List.of("a.txt"), listing());
  }

  @Test
  void anExistingFileIsReplaced() throws IOException {
    Path target = folder.resolve("a.txt");
    Files.writeString(target, "old and longer");
    AtomicFile.write(target, out -> out.write('n'));
    assertEquals("n", Files.readString(target));
  }

  @Test
  void aFailureLeavesTheOldFileAndNoTemporaryOne() throws IOException {
    Path target = folder.resolve("a.txt");
    Files.writeString(target, "old");
    InputException e =
        assertThrows(
            InputException.class,
            () ->
                AtomicFile.write(
                    target,
                    out -> {
                      out.write(new byte[100_000]);
                      throw new IOException("No space left on device");
                    }));
    assertTrue(e.getMessage().contains("a.txt"), e.getMessage());
    assertTrue(e.getMessage().contains("No space left on device"), e.getMessage());
    assertEquals("old", Files.readString(target));
    assertEquals(List.of("a.txt"), listing());
  }

  @Test
  void aFaultOfTheContentItselfPassesThrough() throws IOException {
    IllegalStateException fault = new IllegalStateException("mine");
    Exception e =
        assertThrows(
            IllegalStateException.class,
            () ->
                AtomicFile.write(
                    folder.resolve("a.txt"),
                    out -> {
                      throw fault;
                    }));
    assertSame(fault, e);
    assertEquals(List.of(), listing());
  }

  @Test
  void aMissingFolderIsNamed() {
    Path target = folder.resolve("no such folder").resolve("a.txt");
    InputException e =
        assertThrows(InputException.class, () -> AtomicFile.write(target, out -> out.write(1)));
    assertTrue(e.getMessage().contains("no such folder does not exist"), e.getMessage());
  }

  @Test
  void aFolderIsNotReplaced() throws IOException {
    Path target = Files.createDirectory(folder.resolve("d"));
    assertThrows(InputException.class, () -> AtomicFile.write(target, out -> out.write(1)));
    assertTrue(Files.isDirectory(target));
  }

  @Test
  void whatIsNoRegularFileIsNotReplaced() throws IOException {
    // A socket, not a device: a machine's own devices are not for a test to lose.
    Path target = folder.resolve("socket");
    try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      server.bind(UnixDomainSocketAddress.of(target));
      InputException e =
          assertThrows(InputException.class, () -> AtomicFile.write(target, out -> out.write(1)));
      assertTrue(e.getMessage().contains("is not a regular file"), e.getMessage());
      assertFalse(Files.isRegularFile(target));
    }
  }

  @Test
  void aFolderThatMayNotBeWrittenIsAFaultOfTheInput() {
    Path folder = Path.of("/proc");
    Assumptions.assumeTrue(Files.isDirectory(folder), "no /proc on this system");
    Path target = folder.resolve("anople-test.txt");
    InputException e =
        assertThrows(InputException.class, () -> AtomicFile.write(target, out -> out.write(1)));
    assertTrue(e.getMessage().contains(target.toString()), e.getMessage());
  }

  @Test
  void permissionsAreThoseOfAnyNewFile() throws IOException {
    Assumptions.assumeTrue(
        Files.getFileStore(folder).supportsFileAttributeView(PosixFileAttributeView.class),
        "no POSIX permissions on this system");
    Path target = folder.resolve("a.txt");
    AtomicFile.write(target, out -> out.write(1));
    Path other = Files.writeString(folder.resolve("b.txt"), "b");
    assertEquals(Files.getPosixFilePermissions(other), Files.getPosixFilePermissions(target));
  }

  private List<String> listing() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
