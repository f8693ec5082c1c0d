package io.github.anople.server.connect;

import io.github.anople.core.InputException;
import io.github.anople.server.store.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/** Which folders may be watched. */
@Component
final class FolderRule {

  private final DataFolder data;

  FolderRule(DataFolder data) {
    this.data = data;
  }

  /**
   * A folder that may be watched.
   *
   * @param target what somebody named
   * @param move whether pictures are to be moved in it
   * @return the folder itself, whatever links led to it
   * @throws InputException if it is none, or none of theirs
   */
  Path check(String target, boolean move) {
    Path folder = real(target);
    if (!Files.isReadable(folder)) {
      throw fault(target, "cannot be read by the server", "give the server's user the right to");
    }
    if (move && !Files.isWritable(folder)) {
      throw fault(
          target,
          "cannot be written to, so that pictures cannot be moved",
          "give the server's user the right to, or leave them where they are");
    }
    Path own = real(data.root().toString());
    if (folder.startsWith(own) || own.startsWith(folder)) {
      throw fault(
          target, "holds the server's own data, or is held by it", "choose a folder beside it");
    }
    return folder;
  }

  private static Path real(String target) {
    try {
      Path folder = Path.of(target);
      if (!folder.isAbsolute()) {
        throw fault(target, "is not a whole path", "give it from the root on");
      }
      if (!Files.isDirectory(folder)) {
        throw fault(target, "is no folder on the server's computer", "make it, or check the path");
      }
      return folder.toRealPath();
    } catch (InvalidPathException | IOException e) {
      throw new InputException(
          where(target), "cannot be looked at (" + e.getMessage() + ")", "check the path", e);
    }
  }

  /** Whether pictures of one would be pictures of the other. */
  static boolean overlap(String one, String other) {
    Path first = Path.of(one).normalize();
    Path second = Path.of(other).normalize();
    return first.startsWith(second) || second.startsWith(first);
  }

  private static InputException fault(String target, String problem, String remedy) {
    return new InputException(where(target), problem, remedy);
  }

  private static String where(String target) {
    return "folder " + InputException.quoted(target);
  }
}
