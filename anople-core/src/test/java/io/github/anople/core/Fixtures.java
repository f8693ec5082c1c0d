package io.github.anople.core;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the tests' files are: golden numbers, and the two things a machine may or may not have. */
public final class Fixtures {

  private static final List<String> OPTIONAL = List.of("full/", "scoring/", "promptad/");

  private Fixtures() {}

  /**
   * A file of the golden folder, for example {@code tiny_clip/merges.txt}: in the folder that the
   * system property {@code anople.golden} names, else the copy in this module's test resources. A
   * folder of other sizes may leave out {@code full/}, whose sizes are fixed, and {@code scoring/}
   * and {@code promptad/}, which came later.
   */
  public static Path golden(String relative) {
    Path copy = inCheckout("anople-core/src/test/resources/golden").orElseThrow();
    Path named = property("anople.golden").orElse(copy).resolve(relative);
    boolean elsewhere = OPTIONAL.stream().anyMatch(relative::startsWith) && !Files.exists(named);
    return elsewhere ? copy.resolve(relative) : named;
  }

  /** One of the golden folder's pictures without a loss, whatever its name. */
  public static Path goldenImage() throws IOException {
    try (Stream<Path> files = Files.list(golden("images"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("rgb_"))
          .min(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  /**
   * CLIP's real vocabulary: the system property {@code anople.clipBpe}, else {@code
   * ../shared/data/clip_bpe} beside the checkout. Absent on most machines, and then the tests that
   * need it are skipped.
   */
  public static Optional<Path> clipVocabulary() {
    return property("anople.clipBpe")
        .or(() -> inCheckout("../shared/data/clip_bpe/bpe_simple_vocab_16e6.txt.gz"))
        .filter(Files::exists);
  }

  /** One of the two real data sets in {@code ../shared/data}, absent on most machines. */
  public static Optional<Path> dataSet(String name) {
    return inCheckout("../shared/data/" + name);
  }

  /** A file of the checkout, by its path from the root. */
  public static Path checkout(String relative) {
    return inCheckout(relative).orElseThrow();
  }

  private static Optional<Path> property(String name) {
    return Optional.ofNullable(System.getProperty(name))
        .filter(value -> !value.isBlank())
        .map(Path::of);
  }

  /**
   * Tests run in their module's folder, an IDE may run them in the root: look here and in the two
   * folders above.
   */
  private static Optional<Path> inCheckout(String relative) {
    return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
        .limit(3)
        .map(folder -> folder.resolve(relative).normalize())
        .filter(Files::exists)
        .findFirst();
  }
}
