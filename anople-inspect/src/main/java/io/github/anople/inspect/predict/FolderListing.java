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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Lists the pictures of a watched folder, again and again, and says what it leaves out once. */
final class FolderListing {

  private final Path root;
  private final Path excluded;
  private final EarlierResults earlier;
  private final Set<String> told = new HashSet<>();

  /** Of a folder, without another one in it. */
  FolderListing(Path root, Path excluded) {
    this.root = root;
    this.excluded = excluded;
    this.earlier = new EarlierResults(Optional.of(excluded));
  }

  /**
   * What is there now. Forgiving: files come and go meanwhile, and a network's folder may be away
   * for a while.
   */
  Found list() {
    Found found = new Found();
    Listing leftOut = new Listing();
    try {
      Files.walkFileTree(root, new Visitor(found, leftOut));
    } catch (IOException e) {
      found.whole = false; // What was found so far counts; the rest is there the next time.
    }
    earlier.tell();
    remark(leftOut, found.remarks);
    return found;
  }

  /** What is left out, whenever a kind of files or something broken comes up anew. */
  private void remark(Listing listing, List<String> remarks) {
    if (told.addAll(listing.kinds())) {
      listing.leftOutWords().ifPresent(remarks::add);
    }
    listing.faults().stream()
        .map(InputException::getMessage)
        .filter(told::add)
        .forEach(remarks::add);
  }

  /** The pictures that are there. */
  static final class Found {

    private final Map<Path, Stamp> stamps = new TreeMap<>(ImageFiles.ORDER);
    private final Set<Long> inodes = new HashSet<>();
    private final List<String> remarks = new ArrayList<>();
    private boolean whole = true;

    /** By name. */
    Map<Path, Stamp> stamps() {
      return stamps;
    }

    /** What was left out and not told before, a line each. */
    List<String> remarks() {
      return remarks;
    }

    /** Whether all of the folder could be listed. */
    boolean isWhole() {
      return whole;
    }

    private void add(Path file, Stamp stamp) {
      stamps.put(file, stamp);
      inodes.add(stamp.inode());
    }

    boolean wasRenamed(Stamp stamp) {
      return stamp.inode() == Stamp.UNKNOWN
          ? stamps.values().stream().anyMatch(stamp::looksLike)
          : inodes.contains(stamp.inode());
    }
  }

  /** Collects images; links to files are followed, links to folders are not. */
  private final class Visitor extends SimpleFileVisitor<Path> {

    private final Found found;
    private final Listing leftOut;

    Visitor(Found found, Listing leftOut) {
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
        Stamp.of(file)
            .ifPresentOrElse(stamp -> found.add(file, stamp), () -> tellBroken(file, attributes));
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
      found.whole = false;
      if (fault instanceof AccessDeniedException) {
        leftOut.fault(new InputException(file, "cannot be opened", "check its permissions", fault));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException fault) {
      found.whole &= fault == null;
      return FileVisitResult.CONTINUE;
    }
  }
}
