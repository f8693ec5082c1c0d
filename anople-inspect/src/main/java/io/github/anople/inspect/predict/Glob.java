package io.github.anople.inspect.predict;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.Listing;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Expands a pattern name by name, so that {@code dir/*.png} looks into {@code dir} only, and not
 * into all that lies below it.
 */
final class Glob {

  private static final String ANY_FOLDERS = "**";

  private final Listing listing;

  private Glob(Listing listing) {
    this.listing = listing;
  }

  static boolean isPattern(String text) {
    return text.chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  /**
   * The files and folders that match. What an earlier run has drawn matches only where the pattern
   * has its folder's name; of a folder that cannot be opened the listing hears.
   *
   * @throws IllegalArgumentException if the brackets of the pattern are wrong
   */
  static Set<Path> expand(String pattern, Listing listing) {
    String slashed = pattern.replace(File.separatorChar, '/');
    int meta = 0;
    while (!isPattern(slashed.substring(meta, meta + 1))) {
      meta++;
    }
    int start = slashed.lastIndexOf('/', meta) + 1;
    Glob glob = new Glob(listing);
    Set<Path> matches = new LinkedHashSet<>();
    matches.add(Path.of(slashed.substring(0, start)));
    for (String name : slashed.substring(start).split("/+", -1)) {
      matches = glob.step(matches, name);
    }
    return matches;
  }

  private Set<Path> step(Set<Path> folders, String name) {
    Set<Path> next = new LinkedHashSet<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(here(folder))) {
        continue;
      }
      if (name.equals(ANY_FOLDERS)) {
        next.addAll(foldersUnder(folder));
      } else if (name.isEmpty() || name.equals(".") || name.equals("..")) {
        next.add(folder.resolve(name));
      } else {
        next.addAll(entries(folder, name));
      }
    }
    return next;
  }

  private List<Path> entries(Path folder, String name) {
    List<Path> entries = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(here(folder), name)) {
      for (Path entry : stream) {
        Path last = entry.getFileName();
        Path found = folder.resolve(last);
        boolean visible = name.startsWith(".") || !last.toString().startsWith(".");
        if (visible && !(isPattern(name) && listing.skips(found))) {
          entries.add(found);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      listing.fault(unlistable(folder, e));
    }
    return entries;
  }

  /** The folder itself and those below it; links are not followed, since they may lead back. */
  private List<Path> foldersUnder(Path folder) {
    List<Path> folders = new ArrayList<>(List.of(folder));
    for (int i = 0; i < folders.size(); i++) {
      Path parent = folders.get(i);
      try (Stream<Path> entries = Files.list(here(parent))) {
        entries
            .filter(entry -> Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS))
            .map(Path::getFileName)
            .filter(entry -> !entry.toString().startsWith("."))
            .map(parent::resolve)
            .filter(found -> !listing.skips(found))
            .forEach(folders::add);
      } catch (IOException | UncheckedIOException e) {
        listing.fault(unlistable(parent, e));
      }
    }
    return folders;
  }

  private static InputException unlistable(Path folder, Exception cause) {
    return new InputException(
        folder, "cannot be listed: " + cause, "check that it is there and readable", cause);
  }

  /** Where no folder is named, the current one is meant. */
  private static Path here(Path folder) {
    return folder.toString().isEmpty() ? Path.of(".") : folder;
  }
}
