package io.github.anople.inspect.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what the program has drawn itself out of a listing: the folders {@code images} and {@code
 * maps} beside a {@code scores.csv} of an earlier run. Heat maps are no parts to learn from, to
 * score or to calibrate with. Everything else in such a folder counts, since somebody may have
 * results written to where the pictures are. For one listing, of one thread.
 */
public final class EarlierResults {

  /** What every {@code scores.csv} begins with; new columns come after these. */
  public static final String TABLE_START = "path,score,verdict,label,category,defect_type";

  private static final Logger LOG = LoggerFactory.getLogger(EarlierResults.class);
  private static final Set<String> DRAWN = Set.of("images", "maps");

  private final Optional<Path> own;
  private final Set<String> leftOut = new LinkedHashSet<>();
  private final Set<String> told = new HashSet<>();

  /** A listing of a run that writes no results. */
  public EarlierResults() {
    this(Optional.empty());
  }

  /**
   * A listing.
   *
   * @param own the folder of the present run's results, which nobody needs to be told of
   */
  public EarlierResults(Optional<Path> own) {
    this.own = own.map(EarlierResults::absolute);
  }

  /**
   * Whether a listing passes a folder by; {@link #tell} will name it.
   *
   * @param folder a folder that was found, not one that somebody named
   * @return whether an earlier run has drawn what is in it
   */
  public boolean include(Path folder) {
    if (!DRAWN.contains(ImageFiles.nameOf(folder))
        || !isTable(folder.resolveSibling("scores.csv"))) {
      return false;
    }
    if (own.filter(absolute(folder)::startsWith).isEmpty()) {
      leftOut.add(ImageFiles.slashed(folder));
    }
    return true;
  }

  /** What was left out, in one line. */
  Optional<String> words() {
    return leftOut.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "left out, because an earlier run drew these pictures: "
                + ImageFiles.some(List.copyOf(leftOut)));
  }

  /** Says in one line what was left out, each folder once however often it is listed. */
  public void tell() {
    leftOut.removeAll(told);
    told.addAll(leftOut);
    words().ifPresent(LOG::warn);
  }

  private static boolean isTable(Path file) {
    byte[] expected = TABLE_START.getBytes(StandardCharsets.US_ASCII);
    if (!Files.isRegularFile(file)) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(expected, in.readNBytes(expected.length));
    } catch (IOException e) {
      // Whoever wrote it, its pictures are listed: a run that scores too much can be seen.
      return false;
    }
  }

  private static Path absolute(Path path) {
    return path.toAbsolutePath().normalize();
  }
}
