package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
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
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which pictures of a folder are new, and whole as far as can be told without opening them: all
 * that the disk says of them is the same as when it was looked at before.
 */
final class Arrivals {

  private static final Logger LOG = LoggerFactory.getLogger(Arrivals.class);

  /** Longer than the coarsest times of files, which are even seconds. */
  private static final long COARSE = TimeUnit.SECONDS.toNanos(3);

  private final Path root;
  private final Path excluded;
  private final long patience;
  private final EarlierResults earlier;
  private final Set<String> told = new HashSet<>();
  private final Map<String, Version> done = new HashMap<>();
  private final Map<Path, Long> doubtful = new HashMap<>();
  private Map<Path, Candidate> waiting = new HashMap<>();

  /**
   * A picture that is not done.
   *
   * @param stamp its content
   * @param since when that was first seen
   * @param first when the name was first seen with a content that is not done
   * @param grows whether all changes since then made it larger
   */
  private record Candidate(Stamp stamp, long since, long first, boolean grows) {

    private Candidate after(Stamp next, long now) {
      return stamp.equals(next)
          ? this
          : new Candidate(next, now, first, grows && next.size() > stamp.size());
    }
  }

  /**
   * What a look at the folder brought.
   *
   * @param ready pictures that are as they were the last time
   * @param lost pictures whose content is gone, which was not done: removed or replaced
   * @param restless pictures that have not come to rest for longer than the patience, and do not
   *     just grow; once each
   */
  record Look(List<Path> ready, List<Path> lost, List<Path> restless) {}

  /**
   * Nothing has arrived yet.
   *
   * @param root the folder, as {@link Path#toRealPath} gives it
   * @param excluded a folder in it that is none of its business, likewise
   * @param patience how long a picture may go on changing, in the unit of time of the looks:
   *     nanoseconds
   */
  Arrivals(Path root, Path excluded, long patience) {
    this.root = root;
    this.excluded = excluded;
    this.patience = patience;
    this.earlier = new EarlierResults(Optional.of(excluded));
  }

  /** Looks at the folder; now is in nanoseconds of any clock. */
  Look look(long now) {
    doubtful.entrySet().removeIf(doubt -> settled(doubt.getKey(), doubt.getValue(), now));
    Map<Path, Candidate> before = waiting;
    before.entrySet().removeIf(one -> wasDone(one.getKey(), one.getValue().stamp));
    Map<Path, Candidate> after = new HashMap<>();
    Look look = new Look(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    Found found = list();
    found.stamps.forEach(
        (file, stamp) -> {
          Candidate known = before.get(file);
          if (known != null && known.stamp.isReplacedBy(stamp)) {
            look.lost.add(file);
          }
          if (isDone(file, stamp)) {
            return;
          }
          Candidate next =
              known == null ? new Candidate(stamp, now, now, true) : known.after(stamp, now);
          after.put(file, next);
          if (next.equals(known)) {
            look.ready.add(file);
          } else if (!next.grows && passes(next.first, known.since, now)) {
            look.restless.add(file);
          }
        });
    before.forEach(
        (file, known) -> {
          if (found.stamps.containsKey(file)) {
            return;
          }
          if (!found.whole) {
            after.put(file, known); // The folder may be away, not the picture.
          } else if (known.stamp.size() > 0 && !found.wasRenamed(known.stamp)) {
            look.lost.add(file);
          }
        });
    waiting = after;
    return look;
  }

  /** The patience has ended since the last change. */
  private boolean passes(long first, long before, long now) {
    return now - first >= patience && before - first < patience;
  }

  /** All pictures that were seen and are not done. */
  List<Path> left() {
    return waiting.keySet().stream()
        .filter(file -> !wasDone(file, stamp(file)))
        .sorted(ImageFiles.ORDER)
        .toList();
  }

  private boolean wasDone(Path file, Stamp stamp) {
    Version known = done.get(relative(file));
    return known != null && known.stamp().equals(stamp);
  }

  /**
   * Never again, as long as it has that content: where only the change time or the file's number
   * are others, the bytes tell.
   */
  private boolean isDone(Path file, Stamp stamp) {
    Version known = done.get(relative(file));
    if (known == null || !known.stamp().looksLike(stamp)) {
      return false;
    }
    if (known.stamp().equals(stamp)) {
      return true;
    }
    if (known.stamp().isOld() || isSame(file, known)) {
      done.put(relative(file), new Version(stamp, known.sha256()));
      return true;
    }
    return false;
  }

  /**
   * A picture whose times say little is read once more, when another one would have other times.
   */
  private boolean settled(Path file, long at, long now) {
    if (now - at < COARSE) {
      return false;
    }
    Version known = done.get(relative(file));
    if (known != null
        && Stamp.of(file).equals(Optional.of(known.stamp()))
        && !isSame(file, known)) {
      done.remove(relative(file));
    }
    return true;
  }

  private static boolean isSame(Path file, Version known) {
    try {
      return !known.sha256().isEmpty() && Sha256.of(file).equals(known.sha256());
    } catch (InputException e) {
      return false; // It is gone, or nobody may read it: then nothing is done either.
    }
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

  /** That content of a picture is done; now is when. */
  void done(Path file, Version version, long now) {
    done.put(relative(file), version);
    if (version.stamp().isCoarse() && !version.sha256().isEmpty()) {
      doubtful.put(file, now);
    }
  }

  /** That content of a picture was done by an earlier watch. */
  void resume(String relative, Version version) {
    done.put(relative, version);
  }

  /** Forgiving: files come and go meanwhile, and a network's folder may be away for a while. */
  private Found list() {
    Found found = new Found();
    Listing leftOut = new Listing();
    try {
      Files.walkFileTree(root, new Visitor(found, leftOut));
    } catch (IOException e) {
      found.whole = false; // What was found so far counts; the rest is there the next time.
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

  /** The pictures that are there. */
  private static final class Found {

    private final Map<Path, Stamp> stamps = new TreeMap<>(ImageFiles.ORDER);
    private final Set<Long> inodes = new HashSet<>();
    private boolean whole = true;

    void add(Path file, Stamp stamp) {
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
