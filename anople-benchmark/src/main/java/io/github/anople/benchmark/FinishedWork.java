package io.github.anople.benchmark;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs that are finished, of several benchmarks: the tables of a paper have rows in common under
 * different names, and each is worth doing once.
 */
public final class FinishedWork {

  private static final Logger LOG = LoggerFactory.getLogger(FinishedWork.class);

  private final Map<String, Path> folders = new ConcurrentHashMap<>();

  /** Nothing yet. */
  public FinishedWork() {}

  /**
   * What lies below a folder, in benchmarks' folders at whatever depth.
   *
   * @param root a folder; it may not be there yet
   * @return the runs that are finished; what cannot be read is a run to do again
   */
  public static FinishedWork below(Path root) {
    FinishedWork work = new FinishedWork();
    if (Files.isDirectory(root)) {
      for (Path file : results(root)) {
        CellFiles.keyOf(file).ifPresent(key -> work.add(key, file.getParent()));
      }
    }
    return work;
  }

  private static List<Path> results(Path root) {
    List<Path> found = new ArrayList<>();
    try {
      Files.walkFileTree(root, new Search(found));
    } catch (IOException e) {
      LOG.warn("{} cannot be searched for finished runs ({})", root, e.toString());
    }
    Collections.sort(found);
    return found;
  }

  /** Finds results; what cannot be read is skipped, as somebody else's folder may be. */
  private static final class Search extends SimpleFileVisitor<Path> {

    private final List<Path> found;

    Search(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.endsWith(CellFiles.FINISHED)) {
        found.add(file);
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException fault) {
      LOG.warn("{} is not searched for finished runs ({})", file, fault.toString());
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException fault) {
      return fault == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, fault);
    }
  }

  void add(String key, Path folder) {
    folders.putIfAbsent(key, folder);
  }

  /** The folder of a run that did the same, unless another has been done there since. */
  Optional<Path> of(String key) {
    return Optional.ofNullable(folders.computeIfPresent(key, FinishedWork::ifStill));
  }

  private static Path ifStill(String key, Path folder) {
    Optional<String> now = CellFiles.keyOf(folder.resolve(CellFiles.FINISHED));
    return now.equals(Optional.of(key)) ? folder : null;
  }
}
