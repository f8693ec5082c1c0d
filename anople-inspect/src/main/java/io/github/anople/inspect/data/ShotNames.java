package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds samples by how a person names them: any end of the path that begins at a name ({@code
 * 029.png}, {@code good/029.png}, the whole path), with the extension or without.
 */
final class ShotNames {

  /** The samples by the last name of their path, and by its stem. */
  private final Map<String, List<Sample>> byName = new HashMap<>();

  private final List<Sample> samples;

  ShotNames(List<Sample> samples) {
    this.samples = samples;
    for (Sample sample : samples) {
      String name = ImageFiles.nameOf(sample.image());
      byName.computeIfAbsent(name, key -> new ArrayList<>()).add(sample);
      String stem = ImageFiles.stem(name);
      if (!stem.equals(name)) {
        byName.computeIfAbsent(stem, key -> new ArrayList<>()).add(sample);
      }
    }
  }

  /** The one sample of that name. */
  Sample find(Path file, ShotList.Entry entry) {
    String name = entry.name().replace(File.separatorChar, '/').replaceFirst("^(\\./)+", "");
    List<Sample> near = byName.getOrDefault(name.substring(name.lastIndexOf('/') + 1), List.of());
    List<Sample> found = match(near, name);
    if (found.isEmpty()) {
      throw new InputException(
          TextFiles.at(file, entry.line()),
          "'" + entry.name() + "' is not one of the " + samples.size() + " normal images",
          "name one of them, such as " + example());
    }
    if (found.size() > 1) {
      throw new InputException(
          TextFiles.at(file, entry.line()),
          "'" + entry.name() + "' could be " + found.get(0).image() + " or " + found.get(1).image(),
          "write more of the path");
    }
    return found.get(0);
  }

  /**
   * The best reading that finds any: the whole path, an end of it, or that but for the extension.
   */
  private static List<Sample> match(List<Sample> samples, String name) {
    List<Sample> whole = samples.stream().filter(s -> path(s).equals(name)).toList();
    if (!whole.isEmpty()) {
      return whole;
    }
    List<Sample> ends = samples.stream().filter(s -> endsWith(path(s), name)).toList();
    return ends.isEmpty()
        ? samples.stream().filter(s -> endsWith(ImageFiles.stem(path(s)), name)).toList()
        : ends;
  }

  /** The shortest end of the sample's path that names no other sample. */
  String shortest(Sample sample) {
    String path = path(sample);
    int slash = path.length();
    while (slash > 0) {
      slash = path.lastIndexOf('/', slash - 1);
      String end = path.substring(slash + 1);
      List<Sample> near = byName.getOrDefault(ImageFiles.nameOf(sample.image()), List.of());
      if (near.stream().filter(s -> endsWith(path(s), end)).distinct().count() <= 1) {
        return end;
      }
    }
    return path;
  }

  private String example() {
    return samples.isEmpty() ? "none" : ImageFiles.nameOf(samples.get(0).image());
  }

  private static String path(Sample sample) {
    return ImageFiles.slashed(sample.image());
  }

  private static boolean endsWith(String path, String end) {
    return path.equals(end) || (!end.isEmpty() && path.endsWith("/" + end));
  }
}
