package io.github.anople.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** First starts on machines of all kinds, each in a process of its own. */
class OrtNativesTest {

  private static final String LIBRARY = System.mapLibraryName("onnxruntime");

  @TempDir Path folder;

  private Path home;
  private Path temporary;

  @BeforeEach
  void folders() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
    temporary = Files.createDirectory(folder.resolve("tmp"));
  }

  @Test
  void theLibrariesAreKeptAndAKilledProcessLeavesNone() throws Exception {
    assertEquals("loaded", said(start("killed")));
    List<Path> kept = files(home);
    assertEquals(2, kept.size(), kept::toString);
    assertEquals(List.of(), files(temporary));
    FileTime time = Files.getLastModifiedTime(kept.get(0));
    assertEquals("loaded", said(start()));
    assertEquals(time, Files.getLastModifiedTime(kept.get(0)), "not unpacked again");
  }

  @Test
  void fourFirstStartsAtOnceAreFine() throws Exception {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      processes.add(start());
    }
    for (Process process : processes) {
      assertEquals("loaded", said(process));
    }
    assertEquals(2, files(home).size());
  }

  @Test
  void aLongCommandLineDoesNotEndTheProcess() throws Exception {
    assertEquals("loaded", said(start("x".repeat(60_000))));
  }

  @Test
  void aLibraryThatWasCutShortIsUnpackedAgain() throws Exception {
    said(start());
    Path library =
        files(home).stream().filter(file -> file.endsWith(LIBRARY)).findFirst().orElseThrow();
    long size = Files.size(library);
    Files.write(library, new byte[1000]);
    assertEquals("loaded", said(start()));
    assertEquals(size, Files.size(library));
  }

  @Test
  void withoutAHomeTheTemporaryFolderServes() throws Exception {
    home = Files.createFile(folder.resolve("file"));
    assertEquals("loaded", said(start()));
    assertEquals(List.of(), files(temporary));
  }

  @Test
  void withoutATemporaryFolderOneLineSaysWhichAndWhatToSet() throws Exception {
    temporary = Files.createFile(folder.resolve("file")).resolve("tmp");
    String line = said(start());
    assertEquals(
        temporary
            + ": cannot be made, and ONNX Runtime has to write there; start Java with"
            + " -Djava.io.tmpdir=FOLDER, one from which programs may be run",
        line);
  }

  @Test
  void whatKilledProcessesLeftLongAgoIsRemoved() throws Exception {
    Path old = leftover("onnxruntime-java1", LIBRARY);
    Path young = leftover("onnxruntime-java2", LIBRARY);
    Path others = leftover("onnxruntime-java3", "something.else");
    for (Path left : List.of(old, others)) {
      Files.setLastModifiedTime(left, FileTime.fromMillis(0));
    }
    assertEquals("loaded", said(start()));
    assertFalse(Files.exists(old));
    assertTrue(Files.exists(young.resolve(LIBRARY)));
    assertTrue(Files.exists(others));
  }

  private Path leftover(String name, String file) throws IOException {
    Path left = Files.createDirectory(temporary.resolve(name));
    Files.createFile(left.resolve(file));
    return left;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private Process start(String... args) throws IOException {
    List<String> command =
        ChildJvm.command(
            folder,
            FirstStart.class,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Duser.home=" + home,
            "-Djava.io.tmpdir=" + temporary);
    command.addAll(List.of(args));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static String said(Process process) throws IOException, InterruptedException {
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return words.strip();
  }
}
