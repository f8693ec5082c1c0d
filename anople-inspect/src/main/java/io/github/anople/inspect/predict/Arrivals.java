package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.EarlierResults;
import io.github.anople.inspect.data.ImageFiles;
import io.github.anople.inspect.data.Listing;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pictures of a folder are new, and whole as far as can be told without opening them: size
 * and time are the same as when it was looked at before.
 */
final class Arrivals {

  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  private final Path root;
  private final Path excluded;
  private final EarlierResults earlier;
  private final Set<String> told = new HashSet<>();
  private final Map<String, Stamp> done = new HashMap<>();
  private Map<Path, Candidate> waiting = new HashMap<>();

  /** A picture that is not done: its content, and when that was first seen. */
  private record Candidate(Stamp stamp, long since) {}

  /**
   * Nothing has arrived yet.
   *
   * @param root the folder, as {@link Path#toRealPath} gives it
   * @param excluded a folder in it that is none of its business, likewise
   */
  Arrivals(Path root, Path excluded) {
    this.root = root;
    this.excluded = excluded;
    this.earlier = new EarlierResults(Optional.of(excluded));
  }

  /** Looks at the folder; now is in any unit of time. */
  List<Path> ready(long now) {
    Map<Path, Candidate> before = waiting;
    Map<Path, Candidate> after = new HashMap<>();
    List<Path> ready = new ArrayList<>();
    list()
        .forEach(
            (file, stamp) -> {
              if (stamp.equals(done.get(relative(file)))) {
                return;
              }
              Candidate known = before.get(file);
              boolean stable = known != null && known.stamp.equals(stamp);
              after.put(file, stable ? known : new Candidate(stamp, now));
              if (stable) {
                ready.add(file);
              }
            });
    waiting = after;
    return ready;
  }

  /** The picture's path below the folder, with {@code /} between names. */
  String relative(Path file) {
    return ImageFiles.slashed(root.relativize(file));
  }

  /** The content that a picture had when it was looked at last. */
  Stamp stamp(Path file) {
    return waiting.get(file).stamp;
  }

  /** Since when it has that content. */
  long since(Path file) {
    return waiting.get(file).since;
  }

  /** The content that a picture has now, if it is still there. */
  static Optional<Stamp> current(Path file) {
    return regular(file).map(Stamp::of);
  }

  /** Never again, as long as it has that content. */
  void done(String relative, Stamp stamp) {
    done.put(relative, stamp);
  }

  /** Forgiving: files come and go meanwhile, and a network's folder may be away for a while. */
  private Map<Path, Stamp> list() {
    Map<Path, Stamp> found = new TreeMap<>(ImageFiles.ORDER);
    Listing leftOut = new Listing();
    try {
      Files.walkFileTree(root, new Visitor(found, leftOut));
    } catch (IOException e) {
      // What was found so far counts; the rest is there the next time.
    }
    earlier.tell();
    tellLeftOut(leftOut);
    return found;
  }

  /** Says what is left out whenever a kind of files or something broken comes up anew. */
  private void tellLeftOut(Listing listing) {
    if (told.addAll(listing.kinds())) {
      listing.tell();
    }
    for (InputException fault : listing.faults()) {
      if (told.add(fault.getMessage())) {
        LOG.warn("{}", fault.getMessage());
      }
    }
  }

  private static Optional<BasicFileAttributes> regular(Path file) {
    try {
      return Optional.of(Files.readAttributes(file, BasicFileAttributes.class))
          .filter(BasicFileAttributes::isRegularFile);
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Collects images; links to files are followed, links to folders are not. */
  private final class Visitor extends SimpleFileVisitor<Path> {

    private final Map<Path, Stamp> found;
    private final Listing leftOut;

    Visitor(Map<Path, Stamp> found, Listing leftOut) {
      this.found = found;
      this.leftOut = leftOut;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      boolean hidden = !folder.equals(root) && folder.getFileName().toString().startsWith(".");
      return hidden || folder.equals(excluded) || (!folder.equals(root) && earlier.include(folder))
          ? FileVisitResult.SKIP_SUBTREE
          : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (ImageFiles.isImageName(file)) {
        Optional.of(attributes)
            .filter(BasicFileAttributes::isRegularFile)
            .or(() -> regular(file))
            .ifPresentOrElse(
                regular -> found.put(file, Stamp.of(regular)), () -> tellBroken(file, attributes));
      } else if (attributes.isRegularFile() && !ImageFiles.isHidden(file)) {
        leftOut.leaveOut(file);
      }
      return FileVisitResult.CONTINUE;
    }

    /** A file that is gone was none; a link that leads nowhere stays. */
    private void tellBroken(Path file, BasicFileAttributes attributes) {
      if (attributes.isSymbolicLink()) {
        leftOut.fault(
            new InputException(file, "is a link to a file that is gone", "restore or remove it"));
      }
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException fault) {
      if (fault instanceof AccessDeniedException) {
        leftOut.fault(new InputException(file, "cannot be opened", "check its permissions", fault));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException fault) {
      return FileVisitResult.CONTINUE;
    }
  }
}
