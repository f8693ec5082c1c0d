package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a listing passes by, so that nothing is passed by in silence: files that are no images by
 * their name, what an earlier run has drawn, and what is broken (a link that leads nowhere or in a
 * circle, a folder that cannot be opened). The rest goes on. For one listing, of one thread.
 */
public final class Listing {

  private static final Logger LOG = LoggerFactory.getLogger(Listing.class);

  /** Pictures that people do have and that nothing here reads. */
  private static final Set<String> UNREAD =
      Set.of(
          "heic", "heif", "hif", "avif", "gif", "jp2", "j2k", "jxl", "jxr", "pfm", "tga", "ico",
          "psd", "exr", "hdr", "raw", "dng", "cr2", "cr3", "nef", "arw", "raf", "rw2", "orf", "svg",
          "pcx", "dcm", "npy");

  private final EarlierResults earlier;
  private final Optional<Path> own;
  private final Set<Path> leftOut = new LinkedHashSet<>();
  private final List<String> notes = new ArrayList<>();
  private final List<InputException> faults = new ArrayList<>();

  /** A listing of a run that writes no results. */
  public Listing() {
    this(Optional.empty());
  }

  /**
   * A listing.
   *
   * @param own the folder of the present run's results, which is no part of any listing
   */
  public Listing(Optional<Path> own) {
    this.own = own.map(Listing::absolute);
    this.earlier = new EarlierResults(own);
  }

  /**
   * Whether a folder that was found is passed by: the present run's results, or what an earlier run
   * has drawn.
   *
   * @param folder a folder that was found, not one that somebody named
   * @return whether to leave it out
   */
  public boolean skips(Path folder) {
    return own.filter(absolute(folder)::equals).isPresent() || earlier.include(folder);
  }

  /**
   * A file that is no image by its name.
   *
   * @param file the file
   */
  public void leaveOut(Path file) {
    leftOut.add(absolute(file));
  }

  /**
   * Something broken, which is left out while the rest goes on.
   *
   * @param fault what, why, and what to do
   */
  public void fault(InputException fault) {
    if (faults.stream().noneMatch(one -> one.getMessage().equals(fault.getMessage()))) {
      faults.add(fault);
    }
  }

  /** Something else to know of what was found, in one line. */
  void note(String line) {
    if (!notes.contains(line)) {
      notes.add(line);
    }
  }

  /**
   * What was broken.
   *
   * @return a fault each, in the order found
   */
  public List<InputException> faults() {
    return List.copyOf(faults);
  }

  /**
   * What was passed by and found odd, for whoever reports it himself.
   *
   * @return all of it
   */
  public Remarks remarks() {
    List<String> lines = new ArrayList<>(notes);
    earlier.words().ifPresent(lines::add);
    leftOutWords().ifPresent(lines::add);
    return new Remarks(lines, faults);
  }

  /**
   * The kinds of files that were left out.
   *
   * @return extensions with their dot, sorted
   */
  public Set<String> kinds() {
    return leftOut.stream().map(Listing::kind).collect(Collectors.toCollection(TreeSet::new));
  }

  /** Says in a line each what was passed by; faults are the caller's to report. */
  public void tell() {
    remarks().notes().forEach(LOG::warn);
  }

  /** Says everything, for a caller who goes on whatever was broken. */
  void tellAll() {
    tell();
    faults.forEach(fault -> LOG.warn("{}", fault.getMessage()));
  }

  /**
   * What was left out, in a line.
   *
   * @return for example {@code 3 files left out: 2 .heic, 1 .txt; …}, or empty
   */
  public Optional<String> leftOutWords() {
    if (leftOut.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Integer> counts = new TreeMap<>();
    leftOut.forEach(file -> counts.merge(kind(file), 1, Integer::sum));
    List<String> kinds =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder()))
            .map(one -> one.getValue() + " " + one.getKey())
            .toList();
    String unread =
        counts.keySet().stream()
            .filter(kind -> UNREAD.contains(kind.substring(1)))
            .map(kind -> kind.substring(1).toUpperCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    return Optional.of(
        (leftOut.size() == 1 ? "1 file" : leftOut.size() + " files")
            + " left out: "
            + ImageFiles.some(kinds)
            + (unread.isEmpty() ? "" : "; not read: " + unread + ", save as PNG or JPEG"));
  }

  private static String kind(Path file) {
    String name = ImageFiles.nameOf(file);
    int dot = name.lastIndexOf('.');
    return dot > 0 && dot < name.length() - 1
        ? name.substring(dot).toLowerCase(Locale.ROOT)
        : "without an extension";
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
