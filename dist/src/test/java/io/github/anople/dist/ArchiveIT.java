package io.github.anople.dist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.dist.Unpacked.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ArchiveIT {

  @TempDir static Path temporary;
  private static Unpacked program;

  @BeforeAll
  static void unpack() throws IOException {
    program = Unpacked.into(temporary);
  }

  @Test
  void theCommandTellsItsVersionFromAnyFolder() throws IOException {
    Ended ended = program.run(program.outside(), program.script(), "--version");

    assertEquals(0, ended.code(), ended.err());
    assertEquals("anople " + System.getProperty("anople.version"), ended.out().strip());
    assertEquals("", ended.err());
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need a privilege there")
  void theCommandRunsThroughASymbolicLink() throws IOException {
    Path link = Files.createSymbolicLink(program.outside().resolve("a link"), program.script());

    Ended ended = program.run(program.folder(), link, "--help");

    assertEquals(0, ended.code(), ended.err());
    assertTrue(ended.out().contains("demo"), ended.out());
  }

  @Test
  void theClassPathNamesEveryJarAndNoOther() throws IOException {
    Path command = program.folder().resolve("lib/anople-cli.jar");
    try (JarFile jar = new JarFile(command.toFile())) {
      String classPath = jar.getManifest().getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
      Set<String> named = new TreeSet<>(List.of(classPath.split(" ", -1)));
      named.add("anople-cli.jar");
      assertEquals(named, new TreeSet<>(names(program.jars())));
    }
  }

  @Test
  void onePlatformsNativesAreInIt() throws IOException {
    Path jar =
        program.jars().stream()
            .filter(each -> each.getFileName().toString().startsWith("onnxruntime"))
            .findFirst()
            .orElseThrow();
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      Set<String> platforms =
          zip.stream()
              .map(ZipEntry::getName)
              .filter(name -> name.matches("ai/onnxruntime/native/[^/]+/.+"))
              .map(name -> name.split("/", -1)[3])
              .collect(Collectors.toSet());
      assertEquals(1, platforms.size(), platforms.toString());
    }
  }

  @Test
  void everyLibraryHasItsLicenceTold() throws IOException {
    List<String> lines = Files.readAllLines(program.folder().resolve("THIRD-PARTY.txt"));
    Set<String> told =
        lines.stream().map(line -> line.split(" ", -1)[0]).collect(Collectors.toSet());
    List<String> untold =
        names(program.jars()).stream()
            .filter(name -> !name.startsWith("anople-"))
            .map(name -> name.replaceFirst("-[0-9].*", ""))
            .filter(name -> !told.contains(name))
            .toList();
    assertEquals(List.of(), untold);

    for (String text : String.join(" ", lines).split("[ ,;]+", -1)) {
      if (text.matches("[A-Za-z0-9.-]+\\.txt") && !text.equals("THIRD-PARTY.txt")) {
        assertTrue(Files.exists(program.folder().resolve("licences").resolve(text)), text);
      }
    }
  }

  @Test
  void theLicenceAndTheNoticeAreThere() {
    for (String file : List.of("LICENSE", "NOTICE", "docs/trunk.md")) {
      assertTrue(Files.isRegularFile(program.folder().resolve(file)), file);
    }
  }

  @Test
  void theZipHoldsTheSameFiles() throws IOException {
    Set<String> zipped = new HashSet<>();
    try (ZipFile zip = new ZipFile(Unpacked.archive(".zip").toFile())) {
      zip.stream().filter(entry -> !entry.isDirectory()).forEach(e -> zipped.add(e.getName()));
    }
    try (Stream<Path> files = Files.walk(program.folder())) {
      Path root = program.folder().getParent();
      Set<String> unpacked =
          files
              .filter(Files::isRegularFile)
              .map(file -> root.relativize(file).toString().replace('\\', '/'))
              .collect(Collectors.toSet());
      assertEquals(new TreeSet<>(unpacked), new TreeSet<>(zipped));
    }
  }

  @Test
  void theScriptForWindowsHasItsLineEnds() throws IOException {
    String script = Files.readString(program.folder().resolve("anople.bat"));

    assertTrue(script.startsWith("@echo off\r\n"), script);
    assertEquals(script.replace("\r\n", "\n").replace("\n", "\r\n"), script);
  }

  private static List<String> names(List<Path> files) {
    return files.stream().map(file -> file.getFileName().toString()).toList();
  }
}
