package io.github.anople.app;

import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.bundle.Addition;
import io.github.anople.core.bundle.DetectorBundle;
import io.github.anople.core.bundle.Provenance;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The pictures that a detector remembers, and which of them somebody means.
 *
 * @param file the detector's, for messages
 * @param bundle the detector
 */
public record Remembered(Path file, DetectorBundle bundle) {

  private static final int FEWEST_DIGITS = 8;

  /**
   * The shots of version 0: those that the detector was trained on, and what programs added that
   * kept no record of it.
   *
   * @return names and hashes
   */
  public List<Provenance.Shot> trained() {
    List<Provenance.Shot> all = bundle.provenance().shots();
    return all.subList(0, all.size() - bundle.additions().pictures().size());
  }

  /**
   * What was added since.
   *
   * @return in the order of their versions
   */
  public List<Addition> additions() {
    return bundle.additions().all();
  }

  /**
   * The pictures of the last addition.
   *
   * @return their hashes
   * @throws InputException if nothing was added
   */
  public Set<String> last() {
    return since(additions().size() - 2);
  }

  /**
   * All that came after a version.
   *
   * @param version one that the detector has; 0 is the trained one
   * @return hashes of at least one picture
   * @throws InputException if there is no such version, or nothing after it
   */
  public Set<String> after(int version) {
    for (int i = -1; i < additions().size(); i++) {
      if (version == (i < 0 ? 0 : additions().get(i).version())) {
        return since(i);
      }
    }
    throw new InputException(file, "has no version " + version, versions());
  }

  /** What came after a place in the list. */
  private Set<String> since(int place) {
    requireAdditions();
    Set<String> hashes = new LinkedHashSet<>();
    additions().stream().skip(Math.max(-1, place) + 1L).forEach(one -> hashes.addAll(of(one)));
    if (hashes.isEmpty()) {
      throw new InputException(
          file, "is of version %d".formatted(bundle.additions().version()), versions());
    }
    return hashes;
  }

  /**
   * The pictures that somebody means.
   *
   * @param text a version; a picture's file, its name as the detector has it, or the beginning of
   *     its SHA-256
   * @return hashes of at least one picture that was added
   * @throws InputException if there is none, several share the name, or it was trained on
   */
  public Set<String> find(String text) {
    for (Addition one : additions()) {
      if (Integer.toString(one.version()).equals(text)) {
        return of(one);
      }
    }
    Optional<String> content = content(text);
    List<Provenance.Shot> found = new ArrayList<>();
    for (Provenance.Shot shot : bundle.provenance().shots()) {
      if (content.isPresent() ? content.get().equals(shot.sha256()) : means(text, shot)) {
        found.add(shot);
      }
    }
    if (found.isEmpty()) {
      requireAdditions();
      throw new InputException(
          file, "has added no picture or version " + InputException.quoted(text), versions());
    }
    if (found.size() > 1) {
      throw new InputException(
          file,
          "remembers several pictures " + InputException.quoted(text),
          "say which by the beginning of its SHA-256: "
              + String.join(
                  ", ", found.stream().map(one -> one.sha256().substring(0, 12)).toList()));
    }
    if (trained().contains(found.get(0))) {
      throw new InputException(
          file,
          "was trained on %s, which cannot be taken out".formatted(InputException.quoted(text)),
          "train it again without that picture");
    }
    return Set.of(found.get(0).sha256());
  }

  private static Set<String> of(Addition addition) {
    Set<String> hashes = new LinkedHashSet<>();
    addition.pictures().forEach(picture -> hashes.add(picture.sha256()));
    return hashes;
  }

  /** What a file of that name holds: a picture is known by its content first. */
  private static Optional<String> content(String text) {
    try {
      Path path = Path.of(text);
      return Files.isRegularFile(path) ? Optional.of(Sha256.of(path)) : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean means(String text, Provenance.Shot shot) {
    String hash = text.toLowerCase(Locale.ROOT);
    return shot.name().equals(text)
        || shot.name().substring(shot.name().lastIndexOf('/') + 1).equals(text)
        || (hash.length() >= FEWEST_DIGITS && shot.sha256().startsWith(hash));
  }

  private void requireAdditions() {
    if (additions().isEmpty()) {
      throw new InputException(
          file,
          "is as it was trained: nothing was added that is on record",
          "train it again to forget a picture of its training");
    }
  }

  private String versions() {
    return "its versions are 0, as trained, and "
        + String.join(
            ", ", additions().stream().map(one -> Integer.toString(one.version())).toList());
  }
}
