package io.github.anople.core.predict;

import io.github.anople.core.InputException;
import io.github.anople.core.data.FolderLayout;
import io.github.anople.core.data.Sample;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a person names on a command line: files, folders of pictures, and globs. */
public final class PictureFiles {

  private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

  private PictureFiles() {}

  /**
   * The pictures that arguments name, each once, in the arguments' order; a folder's and a glob's
   * are sorted.
   *
   * @param arguments files of any name, folders (all pictures below), or globs such as {@code
   *     line/*.png} and {@code line/**.jpg}, for shells that do not expand them
   * @return files; whether they are pictures shows when they are read
   * @throws InputException if an argument names nothing
   */
  public static List<Path> expand(List<String> arguments) {
    Set<Path> files = new LinkedHashSet<>();
    for (String argument : arguments) {
      files.addAll(expand(argument));
    }
    return List.copyOf(files);
  }

  private static List<Path> expand(String argument) {
    Path path = pathOf(argument);
    if (path != null && Files.isDirectory(path)) {
      return FolderLayout.unlabelled("new", List.of(path)).stream().map(Sample::image).toList();
    }
    if (path != null && Files.exists(path)) {
      return List.of(path);
    }
    List<Path> matches = WILDCARD.matcher(argument).find() ? glob(argument) : List.of();
    if (matches.isEmpty()) {
      throw new InputException(
          argument, "names no file or folder", "check the name, or quote the glob");
    }
    return matches;
  }

  private static Path pathOf(String argument) {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      return null; // a glob, on file systems whose names cannot hold its characters
    }
  }

  /** Walks from the last folder before the first wildcard. */
  private static List<Path> glob(String pattern) {
    String slashed = pattern.replace('\\', '/');
    int fixed = slashed.substring(0, firstWildcard(slashed)).lastIndexOf('/') + 1;
    Path start = fixed == 0 ? Path.of("") : Path.of(slashed.substring(0, fixed));
    if (!Files.isDirectory(start)) {
      return List.of();
    }
    PathMatcher matcher =
        FileSystems.getDefault().getPathMatcher("glob:" + slashed.substring(fixed));
    List<Path> found = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(start)) {
      walk.filter(Files::isRegularFile)
          .filter(file -> matcher.matches(start.relativize(file)))
          .sorted()
          .forEach(found::add);
    } catch (IOException e) {
      throw new InputException(
          start, "cannot be listed (" + e.getMessage() + ")", "check its permissions", e);
    }
    return found;
  }

  private static int firstWildcard(String pattern) {
    var wildcard = WILDCARD.matcher(pattern);
    return wildcard.find() ? wildcard.start() : pattern.length();
  }
}
