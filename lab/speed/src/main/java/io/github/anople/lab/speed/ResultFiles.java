package io.github.anople.lab.speed;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes what a run found.
 *
 * @param conditions machine, versions, settings: what the numbers depend on
 * @param limits the machine's
 * @param results timings, and what was left out
 */
record ResultFiles(Map<String, String> conditions, Limits limits, Results results) {

  static final String JSON = "performance.json";
  static final String MARKDOWN = "performance.md";
  static final String BEGIN = "<!-- anople bench: begin -->";
  static final String END = "<!-- anople bench: end -->";

  /** Both files, into an existing folder. */
  void write(Path folder) {
    byte[] json = (json().toPrettyString() + "\n").getBytes(UTF_8);
    AtomicFile.write(folder.resolve(JSON), out -> out.write(json));
    AtomicFile.write(folder.resolve(MARKDOWN), out -> out.write(markdown().getBytes(UTF_8)));
  }

  /** Puts the Markdown into a page, between its two marks. */
  void update(Path page) {
    String text = read(page);
    int begin = text.indexOf(BEGIN);
    int end = text.indexOf(END);
    if (begin < 0 || end < begin) {
      throw new InputException(
          page, "has no place for the numbers", "put '" + BEGIN + "' and '" + END + "' into it");
    }
    String updated =
        text.substring(0, begin + BEGIN.length()) + "\n" + markdown() + text.substring(end);
    AtomicFile.write(page, out -> out.write(updated.getBytes(UTF_8)));
  }

  private static String read(Path page) {
    try {
      return Files.readString(page);
    } catch (IOException e) {
      throw new InputException(page, "cannot be read (" + e + ")", "check the name", e);
    }
  }

  String markdown() {
    StringBuilder text = new StringBuilder("\n");
    conditions.forEach(
        (key, value) -> text.append("* ").append(key).append(": ").append(value).append('\n'));
    sortedLimits()
        .forEach(
            (limit, rate) ->
                text.append(
                    String.format(
                        Locale.ROOT, "* limit %s: %.0f %s%n", limit, rate / 1e9, limit.unit())));
    text.append('\n').append(Table.of(results, limits).markdown()).append('\n');
    results
        .leftOut()
        .forEach(
            one ->
                text.append(
                    "* left out: %s, %s: %s\n".formatted(one.task(), one.system(), one.reason())));
    return text.toString();
  }

  private Map<Limit, Double> sortedLimits() {
    return new TreeMap<>(limits.perSecond());
  }

  ObjectNode json() {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    ObjectNode setting = root.putObject("conditions");
    conditions.forEach(setting::put);
    ObjectNode rates = root.putObject("limits_per_second");
    sortedLimits().forEach((limit, rate) -> rates.put(limit.name(), rate));
    ArrayNode timings = root.putArray("timings");
    results.timings().forEach(timing -> timings.add(json(timing)));
    ArrayNode leftOut = root.putArray("left_out");
    results
        .leftOut()
        .forEach(
            one ->
                leftOut
                    .addObject()
                    .put("task", one.task())
                    .put("system", one.system())
                    .put("reason", one.reason()));
    return root;
  }

  private ObjectNode json(Timing timing) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("task", timing.task()).put("system", timing.system());
    node.put("median_s", timing.samples().median()).put("spread", timing.samples().spread());
    limits.share(timing).ifPresent(share -> node.put("share_of_limit", share));
    if (timing.work().limit() != null) {
      node.put("limit", timing.work().limit().name()).put("work", timing.work().amount());
    }
    results
        .baseline(timing.task())
        .ifPresent(
            ours -> node.put("times_ours", timing.samples().median() / ours.samples().median()));
    node.put("note", timing.note());
    ArrayNode seconds = node.putArray("samples_s");
    for (double one : timing.samples().seconds()) {
      seconds.add(one);
    }
    return node;
  }
}
