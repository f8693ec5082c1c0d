package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.inspect.data.ImageFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Which pictures of a folder are new, and whole as far as can be told without opening them: all
 * that the disk says of them is the same as when it was looked at before.
 */
public final class Arrivals {

  /** Longer than the coarsest times of files, which are even seconds. */
  private static final long COARSE = TimeUnit.SECONDS.toNanos(3);

  /** A disk's block: that many zeros at the end, and perhaps the rest is still to come. */
  private static final int UNFILLED = 4096;

  private final Path root;
  private final long patience;
  private final FolderListing listing;
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
   * @param remarks what was left out and not told before, a line each
   */
  public record Look(
      List<Path> ready, List<Path> lost, List<Path> restless, List<String> remarks) {}

  /**
   * Nothing has arrived yet.
   *
   * @param root the folder, as {@link Path#toRealPath} gives it
   * @param excluded a folder in it that is none of its business, likewise
   * @param patience how long a picture may go on changing, in the unit of time of the looks:
   *     nanoseconds
   */
  public Arrivals(Path root, Path excluded, long patience) {
    this.root = root;
    this.patience = patience;
    this.listing = new FolderListing(root, excluded);
  }

  /**
   * Looks at the folder.
   *
   * @param now in nanoseconds of any clock
   * @return what is new
   */
  public Look look(long now) {
    doubtful.entrySet().removeIf(doubt -> settled(doubt.getKey(), doubt.getValue(), now));
    Map<Path, Candidate> before = waiting;
    before.entrySet().removeIf(one -> wasDone(one.getKey(), one.getValue().stamp));
    Map<Path, Candidate> after = new HashMap<>();
    FolderListing.Found found = listing.list();
    Look look = new Look(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), found.remarks());
    found
        .stamps()
        .forEach(
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
          if (found.stamps().containsKey(file)) {
            return;
          }
          if (!found.isWhole()) {
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

  /**
   * A picture's name in a list of what is done.
   *
   * @param file the picture
   * @return its path below the folder, with {@code /} between names
   */
  public String relative(Path file) {
    return ImageFiles.slashed(root.relativize(file));
  }

  /**
   * The content that a picture had when it was looked at last.
   *
   * @param file a picture that is not done
   * @return what the disk said of it
   */
  public Stamp stamp(Path file) {
    return waiting.get(file).stamp;
  }

  /** Since when it has that content. */
  private long since(Path file) {
    return waiting.get(file).since;
  }

  /**
   * That content of a picture is done: it comes no more.
   *
   * @param file the picture
   * @param version its content
   * @param now when, in the unit of time of the looks
   */
  public void done(Path file, Version version, long now) {
    done.put(relative(file), version);
    if (version.stamp().isCoarse() && !version.sha256().isEmpty()) {
      doubtful.put(file, now);
    }
  }

  /**
   * That content of a picture was done by an earlier watch.
   *
   * @param relative the picture's path below the folder
   * @param version its content
   */
  public void resume(String relative, Version version) {
    done.put(relative, version);
  }

  /**
   * A picture is done and was taken away: another one of its name is new.
   *
   * @param file the picture
   */
  public void taken(Path file) {
    waiting.remove(file);
    done.remove(relative(file));
  }

  /**
   * Refuses what was read of a picture while it may still be written.
   *
   * @param file a picture that is ready
   * @param bytes what was read
   * @param now when, in the unit of time of the looks
   * @throws InputException if it changed meanwhile, or lately and ends in nothing
   */
  public void requireWhole(Path file, byte[] bytes, long now) {
    if (endsInNothing(bytes) && now - since(file) < patience) {
      throw new InputException(file, "ends in zeros", "wait until it is written");
    }
    // One that is gone by now was read as a whole.
    if (!isAsSeen(file, true)) {
      throw new InputException(file, "changed while it was being read", "wait until it is written");
    }
  }

  /** As a file does that was made at its full size and is being filled. */
  private static boolean endsInNothing(byte[] bytes) {
    int from = Math.max(0, bytes.length - UNFILLED);
    return IntStream.range(from, bytes.length).allMatch(i -> bytes[i] == 0);
  }

  /**
   * Whether a picture that could not be read never will be: it is still as it was seen, and has
   * been for longer than the patience.
   *
   * @param file a picture that is ready
   * @param now when, in the unit of time of the looks
   * @return false if it is to be tried again, or is gone
   */
  public boolean hasSettled(Path file, long now) {
    return isAsSeen(file, false) && now - since(file) >= patience;
  }

  /**
   * Whether a picture is as it was when it was looked at last.
   *
   * @param file a picture that is ready
   * @param gone the answer where there is none any more
   * @return false if there is another one now
   */
  public boolean isAsSeen(Path file, boolean gone) {
    return Stamp.of(file).map(stamp(file)::equals).orElse(gone);
  }
}
