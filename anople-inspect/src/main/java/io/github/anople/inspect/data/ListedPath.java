package io.github.anople.inspect.data;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Paths that a list names: the list may come from a stranger, so none may lead elsewhere. */
final class ListedPath {

  private ListedPath() {}

  /** The text as a path that cannot leave the folder it is resolved in. */
  static Optional<Path> relative(String text) {
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
    boolean climbs = ImageFiles.slashed(path).matches("(.*/)?\\.\\.(/.*)?");
    return text.isBlank() || path.getRoot() != null || climbs
        ? Optional.empty()
        : Optional.of(path);
  }
}
