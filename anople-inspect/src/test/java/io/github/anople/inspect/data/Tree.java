package io.github.anople.inspect.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;

/** Builds folders of empty files: listings never open an image. */
final class Tree {

  private Tree() {}

  static Path file(Path root, String relative) {
    return text(root, relative, "");
  }

  static Path text(Path root, String relative, String text) {
    try {
      Path file = root.resolve(relative);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Path folder(Path root, String relative) {
    try {
      return Files.createDirectories(root.resolve(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A link, where the platform lets this user make one; elsewhere the test is skipped. */
  static Path link(Path root, String relative, Path target) {
    try {
      return Files.createSymbolicLink(root.resolve(relative), target);
    } catch (IOException | UnsupportedOperationException e) {
      return Assumptions.abort("no symbolic links here: " + e);
    }
  }

  /** The samples' images, relative to a folder, with {@code /} on every platform. */
  static List<String> names(Path root, List<Sample> samples) {
    return samples.stream()
        .map(sample -> ImageFiles.slashed(root.relativize(sample.image())))
        .toList();
  }

  /** A category with that many training images 000.png, 001.png, …. */
  static InspectionDataset.Category category(String name, int images) {
    Path folder = Path.of("data", name, "train", "good");
    List<Sample> train =
        IntStream.range(0, images)
            .mapToObj(i -> Sample.normal(folder.resolve("%03d.png".formatted(i)), name))
            .toList();
    return new InspectionDataset.Category(name, train, List.of());
  }
}
