package io.github.anople.lab.speed;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What was measured, as rows for a person: on a terminal, and in Markdown. */
final class Table {

  private static final List<String> HEAD =
      List.of("task", "system", "median", "spread", "n", "of limit", "× ours", "note");

  private final List<List<String>> rows = new ArrayList<>();

  private Table() {}

  static Table of(Results results, Limits limits) {
    Table table = new Table();
    for (Timing timing : results.timings()) {
      Samples samples = timing.samples();
      Timing ours = results.baseline(timing.task()).orElseThrow();
      table.rows.add(
          List.of(
              timing.task(),
              timing.system(),
              seconds(samples.median()),
              percent(samples.spread()),
              Integer.toString(samples.count()),
              limits.share(timing).stream()
                  .mapToObj(share -> percent(share) + " " + timing.work().limit())
                  .findFirst()
                  .orElse(""),
              timing.equals(ours) ? "1" : number(samples.median() / ours.samples().median()),
              timing.note()));
    }
    return table;
  }

  /** Columns under each other. */
  String plain() {
    int[] widths = new int[HEAD.size()];
    List<List<String>> all = new ArrayList<>(rows);
    all.add(0, HEAD);
    for (List<String> row : all) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : all) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** A table of a Markdown page; cells hold no line breaks or bars of their own. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    line(text, HEAD);
    line(text, HEAD.stream().map(name -> "---").toList());
    rows.forEach(row -> line(text, row));
    return text.toString();
  }

  private static void line(StringBuilder text, List<String> cells) {
    text.append('|');
    for (String cell : cells) {
      String plain = cell.replace("|", "\\|").replaceAll("\\s+", " ");
      text.append(plain.isEmpty() ? "" : " " + plain).append(" |");
    }
    text.append('\n');
  }

  /** Three digits, in the unit that fits. */
  static String seconds(double seconds) {
    if (seconds >= 1 || seconds == 0) {
      return number(seconds) + " s";
    }
    return seconds >= 1e-3 ? number(seconds * 1e3) + " ms" : number(seconds * 1e6) + " µs";
  }

  static String percent(double part) {
    return String.format(Locale.ROOT, part < 0.0995 ? "%.1f %%" : "%.0f %%", 100 * part);
  }

  static String number(double value) {
    String format = value >= 99.95 ? "%.0f" : value >= 9.995 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
