package io.github.anople.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.tensorfile.SafetensorsFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of golden tensors, with what the folder tells about it: the settings of the reference
 * run in the file's metadata, tolerances and meanings in the README's table.
 *
 * <p>Nothing here knows a size, a word or a tolerance: another folder of the same layout brings its
 * own.
 */
public final class Golden {

  private static final String ENCODERS_AND_BASELINES = "README-encoders-and-baselines.md";

  private static final Pattern ROW =
      Pattern.compile("\\| `([^`]+)` \\|[^|]*\\|[^|]*\\| (.*) \\|[^|]*\\| ([^|]+) \\|");
  private static final Pattern PLACEHOLDER = Pattern.compile("<[^>]+>|\\*");
  private static final Pattern NUMBER = Pattern.compile("^([0-9.e-]+)( rel| of each value)?");

  // The metadata quotes lists as JSON does or as Python does, in the midst of a sentence.
  private static final JsonMapper LISTS =
      JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

  /** A row of the README's table; {@code literal} counts the name's letters out of placeholders. */
  private record Row(Pattern name, int literal, String meaning, String tolerance) {

    static Row of(Matcher cells) {
      String name = cells.group(1);
      String pattern = PLACEHOLDER.matcher(Pattern.quote(name)).replaceAll("\\\\E.+\\\\Q");
      return new Row(
          Pattern.compile(pattern),
          PLACEHOLDER.matcher(name).replaceAll("").length(),
          cells.group(2).strip(),
          cells.group(3).strip());
    }
  }

  private final Path file;
  private final SafetensorsFile tensors;
  private final List<Row> rows = new ArrayList<>();
  private final String description;

  private Golden(Path file, String relative, List<String> readme) {
    this.file = file;
    this.tensors = SafetensorsFile.open(file);
    StringBuilder told = new StringBuilder(tensors.metadata().getOrDefault("about", ""));
    boolean inSection = false;
    for (String line : readme) {
      Matcher row = ROW.matcher(line);
      if (line.startsWith("#")) {
        inSection =
            line.startsWith("### ")
                && (line.contains("`" + file.getFileName() + "`")
                    || line.contains("`" + relative + "`"));
      } else if (inSection && row.matches()) {
        rows.add(Row.of(row));
      } else if (inSection && !line.startsWith("|")) {
        told.append(' ').append(line);
      }
    }
    this.description = told.toString().replaceAll("\\s+", " ");
  }

  /**
   * Opens a file of the golden folder, for example {@code clip.safetensors} or {@code
   * full/full_clip.safetensors}. What the README beside it does not tell, the folder's page on
   * encoders and baselines does.
   */
  public static Golden open(String relative) {
    Path file = Fixtures.golden(relative);
    Path beside = file.resolveSibling("README.md");
    Path readme = Files.exists(beside) ? beside : Fixtures.golden(ENCODERS_AND_BASELINES);
    return new Golden(file, relative, lines(readme));
  }

  /** A README of the golden folder as one line: some facts of a run are told only there. */
  public static String readme(String relative) {
    return String.join(" ", lines(Fixtures.golden(relative))).replaceAll("\\s+", " ");
  }

  /** What the first group of a pattern matches in a text of the golden folder. */
  public static String told(String text, String pattern) {
    return told(text, pattern, 1);
  }

  /** What a group of a pattern matches in a text of the golden folder. */
  public static String told(String text, String pattern, int group) {
    Matcher found = Pattern.compile(pattern).matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("nothing like " + pattern + " in: " + text);
    }
    return found.group(group);
  }

  private static List<String> lines(Path readme) {
    try {
      return Files.readAllLines(readme);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A setting that the file's metadata holds under a key of its own. */
  public String setting(String key) {
    String value = tensors.metadata().get(key);
    if (value == null) {
      throw new IllegalStateException("no " + key + " in the metadata of " + file);
    }
    return value;
  }

  /**
   * A setting that the file's description tells in words: what the first group of a pattern matches
   * in the metadata's {@code about}, else in the text of the README's section, its line breaks
   * spaces.
   */
  public String told(String pattern) {
    return told(pattern, 1);
  }

  /** The same of another group of the pattern. */
  public String told(String pattern, int group) {
    return told(description, pattern, group);
  }

  /** The strings of the list that follows a word in the file's description. */
  public List<String> listAfter(String word) {
    String list = told("(?:^|\\s)" + Pattern.quote(word) + " (\\[.*)");
    try {
      List<String> strings = new ArrayList<>();
      for (JsonNode string : LISTS.readTree(list)) {
        strings.add(string.textValue());
      }
      return strings;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(file + ": not a list: " + list, e);
    }
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
    return row(name).tolerance();
  }

  /** What the README says a tensor is. */
  public String meaning(String name) {
    return row(name).meaning();
  }

  /** Of several rows that fit, the one that names the tensor most closely. */
  private Row row(String name) {
    return rows.stream()
        .filter(row -> row.name().matcher(name).matches())
        .max(Comparator.comparingInt(Row::literal))
        .orElseThrow(() -> new IllegalStateException("no row for " + name + " of " + file));
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
