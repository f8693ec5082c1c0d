package io.github.anople.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.github.anople.core.tensorfile.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of golden tensors, with the tolerances that the folder's README gives for it.
 *
 * <p>Nothing here knows a size or a tolerance: another folder of the same layout brings its own.
 */
public final class Golden {

  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\|[^|]*\\|[^|]*\\|.*\\|([^|]*)\\| ([^|]+) \\|");
  private static final Pattern NUMBER = Pattern.compile("^([0-9.e-]+)( rel| of each value)?");

  private final Path file;
  private final SafetensorsFile tensors;
  private final Map<Pattern, String> tolerances;

  private Golden(Path file) {
    this.file = file;
    this.tensors = SafetensorsFile.open(file);
    this.tolerances = tolerances(file);
  }

  /**
   * Opens a file of the golden folder, for example {@code clip.safetensors} or {@code
   * full/full_clip.safetensors}.
   */
  public static Golden open(String relative) {
    return new Golden(Fixtures.golden(relative));
  }

  /** A README of the golden folder: some settings of the reference run are told only there. */
  public static String readme(String relative) {
    try {
      return Files.readString(Fixtures.golden(relative));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The class names of the reference run. */
  public static List<String> classes() {
    return listAfter(readme("README.md"), "classes ");
  }

  /** The quoted strings of the first list that follows a word. */
  public static List<String> listAfter(String text, String word) {
    Matcher list = Pattern.compile(Pattern.quote(word) + "\\[([^\\]]*)\\]").matcher(text);
    if (!list.find()) {
      throw new IllegalStateException("no list after " + word);
    }
    Matcher strings = Pattern.compile("'([^']*)'|\"([^\"]*)\"").matcher(list.group(1));
    return strings
        .results()
        .map(string -> string.group(1) == null ? string.group(2) : string.group(1))
        .toList();
  }

  /** The tensor's values. */
  public float[] floats(String name) {
    return tensors.floats(name);
  }

  /** The values of a tensor of whole numbers. */
  public long[] longs(String name) {
    return tensors.longs(name);
  }

  /** The only value of a tensor. */
  public float scalar(String name) {
    return tensors.floats(name)[0];
  }

  /** The tensor's sizes. */
  public long[] shape(String name) {
    return tensors.info(name).shape().stream().mapToLong(Long::longValue).toArray();
  }

  /** Whether the file holds the tensor: terms that are off do not. */
  public boolean contains(String name) {
    return tensors.contains(name);
  }

  /** All names, in the file's order. */
  public List<String> names() {
    return tensors.names();
  }

  /** Fails unless the numbers lie within the README's tolerance of the golden ones. */
  public void check(String name, float... actual) {
    float[] expected = tensors.floats(name);
    assertEquals(expected.length, actual.length, () -> file + ": " + name + ": count");
    Matcher tolerance = NUMBER.matcher(tolerance(name));
    if (!tolerance.find()) {
      assertArrayEquals(expected, actual, () -> file + ": " + name);
      return;
    }
    double bound = Double.parseDouble(tolerance.group(1));
    String kind = tolerance.group(2) == null ? "" : tolerance.group(2).strip();
    double scale = kind.equals("rel") ? largest(expected) : 1;
    for (int i = 0; i < expected.length; i++) {
      double allowed = bound * (kind.startsWith("of") ? Math.abs(expected[i]) : scale);
      double difference = Math.abs((double) expected[i] - actual[i]);
      if (!(difference <= allowed)) { // also catches NaN
        fail(
            "%s: %s[%d]: expected %s, was %s, differs by %.3g, allowed %.3g"
                .formatted(file, name, i, expected[i], actual[i], difference, allowed));
      }
    }
  }

  /** The README's tolerance for a tensor, as it is written there. */
  public String tolerance(String name) {
    return tolerances.entrySet().stream()
        .filter(entry -> entry.getKey().matcher(name).matches())
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no tolerance for " + name + " of " + file));
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  /** The rows of the README's table under the heading of this file. */
  private static Map<Pattern, String> tolerances(Path file) {
    Map<Pattern, String> tolerances = new LinkedHashMap<>();
    boolean inSection = false;
    try {
      for (String line : Files.readAllLines(file.resolveSibling("README.md"))) {
        if (line.startsWith("### ")) {
          inSection = line.contains("`" + file.getFileName() + "`");
        }
        Matcher row = ROW.matcher(line);
        if (inSection && row.matches()) {
          String name = Pattern.quote(row.group(1)).replaceAll("<[^>]+>|\\*", "\\\\E.+\\\\Q");
          tolerances.put(Pattern.compile(name), row.group(3).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tolerances;
  }
}
