package io.github.anople.onnx;

import ai.onnxruntime.OrtEnvironment;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.core.NativeFolders;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where ONNX Runtime's native libraries are unpacked. By itself it does so into a new temporary
 * folder at each start, which it deletes at the end of the process: one that is killed leaves 28 MB
 * behind. So they are kept in the user's cache instead, and it is told where. Where the cache will
 * not do, the temporary folder serves as before.
 */
final class OrtNatives {

  static final String CHOSEN = "onnxruntime.native.path";

  private static final String TEMPORARY = "java.io.tmpdir";
  private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");
  private static final String ITS_FOLDERS = "onnxruntime-java*";
  private static final String EXECUTABLE_REMEDY =
      "start Java with -D" + TEMPORARY + "=FOLDER, one from which programs may be run";

  private OrtNatives() {}

  /**
   * A library in the jar.
   *
   * @param name of the file
   * @param url where it is
   * @param size its bytes
   * @param checksum its CRC-32
   */
  private record Packed(String name, URL url, long size, long checksum) {

    static Optional<Packed> find(String library) throws IOException {
      String name = System.mapLibraryName(library);
      URL url = OrtEnvironment.class.getResource("native/" + platform() + "/" + name);
      if (url == null || !(url.openConnection() instanceof JarURLConnection jar)) {
        return Optional.empty();
      }
      return Optional.of(
          new Packed(name, url, jar.getJarEntry().getSize(), jar.getJarEntry().getCrc()));
    }

    boolean isIn(Path folder) throws IOException {
      Path file = folder.resolve(name);
      return Files.isRegularFile(file) && Files.size(file) == size;
    }

    void unpack(Path folder) throws IOException {
      if (!isIn(folder)) {
        try (InputStream in = url.openStream()) {
          AtomicFile.write(folder.resolve(name), in::transferTo);
        }
      }
    }
  }

  /**
   * Sees to a place for the libraries, before ONNX Runtime is loaded.
   *
   * @throws InputException if there is none
   */
  static void prepare() {
    Path temporary = Path.of(System.getProperty(TEMPORARY));
    NativeFolders.writeFault(temporary)
        .ifPresent(
            fault -> {
              throw new InputException(
                  temporary, fault + ", and ONNX Runtime has to write there", EXECUTABLE_REMEDY);
            });
    sweep(temporary);
    if (System.getProperty(CHOSEN) != null
        || System.getProperty("onnxruntime.native.onnxruntime.path") != null) {
      return;
    }
    Path cache = Path.of(System.getProperty("user.home"), ".cache", "anople", "onnxruntime");
    Optional<Path> kept = kept(cache);
    kept.ifPresent(folder -> System.setProperty(CHOSEN, folder.toString()));
    if (kept.isEmpty()) {
      NativeFolders.loadFault(temporary)
          .ifPresent(
              fault -> {
                throw new InputException(
                    temporary,
                    fault
                        + ", and "
                        + cache
                        + " cannot be used, so ONNX Runtime can be unpacked to neither",
                    EXECUTABLE_REMEDY);
              });
    }
  }

  /** The libraries in a folder of the cache whose name tells one build from another. */
  private static Optional<Path> kept(Path cache) {
    try {
      List<Packed> libraries = new ArrayList<>();
      for (String library : LIBRARIES) {
        Packed.find(library).ifPresent(libraries::add);
      }
      // Those of a card are looked for beside the library, and unpacked elsewhere.
      if (libraries.size() < 2 || Packed.find("onnxruntime_providers_shared").isPresent()) {
        return Optional.empty();
      }
      Path folder =
          cache.resolve("%08x%08x".formatted(libraries.get(0).checksum, libraries.get(1).checksum));
      if (!isWhole(libraries, folder)) {
        if (NativeFolders.fault(folder).isPresent()) {
          return Optional.empty();
        }
        for (Packed library : libraries) {
          library.unpack(folder);
        }
      }
      return NativeFolders.loadFault(folder).isPresent() ? Optional.empty() : Optional.of(folder);
    } catch (IOException | InputException e) {
      return Optional.empty(); // No space, for example: the temporary folder may have some.
    }
  }

  private static boolean isWhole(List<Packed> libraries, Path folder) throws IOException {
    for (Packed library : libraries) {
      if (!library.isIn(folder)) {
        return false;
      }
    }
    return true;
  }

  /** As ONNX Runtime names it. */
  private static String platform() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    String os = system.contains("mac") ? "osx" : system.contains("win") ? "win" : "linux";
    return os + "-" + (machine.equals("amd64") || machine.equals("x86_64") ? "x64" : machine);
  }

  /**
   * What killed processes left. A young folder may be another process's, about to fill it; of an
   * old one the libraries are loaded, or nobody's.
   */
  private static void sweep(Path temporary) {
    Instant old = Instant.now().minus(1, ChronoUnit.DAYS);
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, ITS_FOLDERS)) {
      for (Path folder : folders) {
        if (Files.getLastModifiedTime(folder).toInstant().isBefore(old)) {
          remove(folder);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // Nobody needs it to be tidy.
    }
  }

  /** Leaves one that has libraries of a card: they are loaded later than the others. */
  private static void remove(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.toList();
      if (LIBRARIES.stream()
          .map(System::mapLibraryName)
          .map(folder::resolve)
          .toList()
          .containsAll(all)) {
        for (Path file : all) {
          Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // Another user's, or in use.
    }
  }
}
