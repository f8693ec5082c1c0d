package io.github.anople.core;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Folders that native libraries are unpacked to and loaded from. Some cannot be written; from
 * others, mounted {@code noexec} as a temporary folder often is, nothing can be loaded.
 */
public final class NativeFolders {

  private static final Path MOUNTS = Path.of("/proc/self/mountinfo");

  /** The fields of a line: number, parent, device, root, place, options. */
  private static final int PLACE = 4;

  private static final int OPTIONS = 5;

  private NativeFolders() {}

  /**
   * Why libraries can be neither unpacked to a folder nor loaded from it.
   *
   * @param folder is made if it does not exist
   * @return words to follow its name, or nothing if there is no fault
   */
  public static Optional<String> fault(Path folder) {
    return writeFault(folder).or(() -> loadFault(folder));
  }

  /**
   * Why nothing can be written to a folder.
   *
   * @param folder is made if it does not exist
   * @return words to follow its name, or nothing if there is no fault
   */
  public static Optional<String> writeFault(Path folder) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      return Optional.of("cannot be made");
    }
    return Files.isWritable(folder) ? Optional.empty() : Optional.of("cannot be written to");
  }

  /**
   * Why nothing can be loaded from a folder.
   *
   * @param folder a folder that exists
   * @return words to follow its name, or nothing if there is no fault, or nobody tells
   */
  public static Optional<String> loadFault(Path folder) {
    try {
      List<String> mounts = Files.readAllLines(MOUNTS, StandardCharsets.ISO_8859_1);
      return isNoexec(folder.toRealPath(), mounts)
          ? Optional.of("is on a disk that is mounted noexec")
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // Not Linux, or a folder that is not there.
    }
  }

  /** The last of those whose place is nearest to the folder counts. */
  static boolean isNoexec(Path folder, List<String> mounts) {
    int nearest = -1;
    boolean noexec = false;
    for (String mount : mounts) {
      String[] fields = mount.split(" ", -1);
      if (fields.length <= OPTIONS) {
        continue;
      }
      String place = fields[PLACE].replace("\\040", " "); // As the kernel writes a space.
      boolean holds = place.equals("/") || (folder + "/").startsWith(place + "/");
      if (holds && place.length() >= nearest) {
        nearest = place.length();
        noexec = ("," + fields[OPTIONS] + ",").contains(",noexec,");
      }
    }
    return noexec;
  }
}
