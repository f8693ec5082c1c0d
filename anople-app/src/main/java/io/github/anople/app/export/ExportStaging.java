package io.github.anople.app.export;

import io.github.anople.core.InputException;
import io.github.anople.onnx.FileChecksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder beside a target, in which a graph is written and tried before it takes the target's
 * place: a graph that fails its trial leaves the one that was there. What is left in the folder
 * goes when it is closed, or when the program is told to end.
 */
public final class ExportStaging implements AutoCloseable {

  private final Path target;
  private final Path folder;
  private final Thread atExit = new Thread(this::clear, "anople-export-clear");

  private ExportStaging(Path target, Path folder) {
    this.target = target;
    this.folder = folder;
  }

  /**
   * Makes the folder.
   *
   * @param target where the graph is to be in the end
   * @return to be closed
   * @throws InputException if the target's folder cannot be written to
   */
  public static ExportStaging beside(Path target) {
    Path absolute = target.toAbsolutePath();
    Path folder = absolute.resolveSibling(".anople-export-" + UUID.randomUUID());
    try {
      Files.createDirectory(folder);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
    ExportStaging staging = new ExportStaging(absolute, folder);
    Runtime.getRuntime().addShutdownHook(staging.atExit);
    return staging;
  }

  /**
   * Where the graph is written first.
   *
   * @return a path of the target's name
   */
  public Path file() {
    return folder.resolve(target.getFileName());
  }

  /**
   * Puts the graph, and the weights beside it, in the target's place. Nobody may have it open.
   *
   * @throws InputException if it cannot be moved; the target is then as it was
   */
  public void publish() {
    Optional<Path> old = WeightsFile.beside(target);
    Optional<Path> weights = FileChecksum.weightsOf(file());
    try {
      for (Path file : weights.stream().toList()) {
        move(file, target.resolveSibling(file.getFileName()));
      }
      move(file(), target);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
    Optional<Path> kept = weights.map(file -> target.resolveSibling(file.getFileName()));
    old.filter(file -> !kept.equals(Optional.of(file))).ifPresent(OnnxFile::deleteQuietly);
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static InputException unwritable(Path target, IOException fault) {
    return new InputException(
        target, "cannot be written (" + fault + ")", "choose another target file", fault);
  }

  @Override
  public void close() {
    clear();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // The program is ending, and the hook does the same once more.
    }
  }

  private void clear() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.toList();
    } catch (IOException e) {
      return; // What is left over says by its name what it is.
    }
    files.forEach(OnnxFile::deleteQuietly);
    OnnxFile.deleteQuietly(folder);
  }
}
