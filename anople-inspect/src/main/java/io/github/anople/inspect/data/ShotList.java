package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The text of a shot list, plain or in PromptAD's form. */
final class ShotList {

  /** A name as written, and the number of its line (from 1). */
  record Entry(int line, String name) {}

  private static final int LIMIT = 1 << 20;
  private static final Pattern PROMPT_AD = Pattern.compile("#(\\d{1,6}):(.*)");

  private ShotList() {}

  /** The names a list holds, or those of its line for that number of shots. */
  static List<Entry> read(Path file, OptionalInt shots) {
    List<Entry> lines = new ArrayList<>();
    int number = 0;
    for (String line : TextFiles.read(file, LIMIT).split("\r\n|\r|\n", -1)) {
      number++;
      if (!line.isBlank()) {
        lines.add(new Entry(number, line.strip()));
      }
    }
    boolean promptAd = lines.stream().anyMatch(line -> PROMPT_AD.matcher(line.name()).matches());
    List<Entry> entries = promptAd ? promptAd(file, lines, shots) : plain(lines);
    if (entries.isEmpty()) {
      throw new InputException(file, "lists no shots", "write one image name per line");
    }
    return entries;
  }

  private static List<Entry> plain(List<Entry> lines) {
    return lines.stream().filter(line -> !line.name().startsWith("#")).toList();
  }

  private static List<Entry> promptAd(Path file, List<Entry> lines, OptionalInt shots) {
    List<Entry> chosen = null;
    List<String> counts = new ArrayList<>();
    for (Entry line : lines) {
      Matcher matcher = PROMPT_AD.matcher(line.name());
      if (!matcher.matches()) {
        throw new InputException(
            TextFiles.at(file, line.line()),
            "'" + line.name() + "' is not of the form '#4: 029 045 192 127' that other lines have",
            "use one form throughout");
      }
      int count = Integer.parseInt(matcher.group(1));
      if (counts.contains("" + count)) {
        throw new InputException(
            TextFiles.at(file, line.line()), "is a second line for " + count, "remove one");
      }
      counts.add("" + count);
      List<Entry> names = names(file, line, count, matcher.group(2));
      if (shots.isEmpty() || shots.getAsInt() == count) {
        chosen = names;
      }
    }
    if (chosen == null || (shots.isEmpty() && counts.size() > 1)) {
      String problem =
          shots.isEmpty() ? "has several lines" : "has no line for " + shots.getAsInt() + " shots";
      throw new InputException(
          file, problem, "ask for a number of shots it has: " + ImageFiles.some(counts));
    }
    return chosen;
  }

  private static List<Entry> names(Path file, Entry line, int count, String text) {
    List<Entry> names = new ArrayList<>();
    for (String name : text.strip().split("\\s+", -1)) {
      if (!name.isEmpty()) {
        names.add(new Entry(line.line(), name));
      }
    }
    if (names.size() != count) {
      throw new InputException(
          TextFiles.at(file, line.line()),
          "names " + names.size() + " images where '#" + count + ":' promises " + count,
          "correct the line");
    }
    return names;
  }
}
