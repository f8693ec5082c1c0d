package io.github.anople.benchmark;

import io.github.anople.benchmark.drawing.LatexText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A table of text.
 *
 * @param caption what it shows
 * @param header a word a column
 * @param rows as many cells each
 * @param notes sentences below it
 */
public record Table(
    String caption, List<String> header, List<List<String>> rows, List<String> notes) {

  /** A table. */
  public Table {
    header = List.copyOf(header);
    rows = rows.stream().map(List::copyOf).toList();
    notes = List.copyOf(notes);
  }

  /**
   * A table without notes.
   *
   * @param caption what it shows
   * @param header a word a column
   * @param rows as many cells each
   */
  public Table(String caption, List<String> header, List<List<String>> rows) {
    this(caption, header, rows, List.of());
  }

  /**
   * As Markdown, the first column to the left and numbers to the right.
   *
   * @return lines, with the caption as a heading of the third level
   */
  public String toMarkdown() {
    List<String> lines = new ArrayList<>();
    lines.add("### " + markdown(caption));
    lines.add("");
    lines.add(row(header));
    lines.add("|---|" + "---:|".repeat(header.size() - 1));
    rows.forEach(cells -> lines.add(row(cells)));
    if (!notes.isEmpty()) {
      lines.add("");
      notes.forEach(note -> lines.add("* " + markdown(note)));
    }
    return String.join("\n", lines) + "\n";
  }

  private static String row(List<String> cells) {
    return cells.stream().map(Table::markdown).collect(Collectors.joining(" | ", "| ", " |"));
  }

  /**
   * A text in Markdown that is shown as it is: names come from folders and files, and none may
   * begin markup.
   *
   * @param text any text
   * @return the same, escaped
   */
  public static String markdown(String text) {
    return text.replaceAll("\\p{Cntrl}", " ").replaceAll("([\\\\|`*_<>\\[\\]])", "\\\\$1");
  }

  /**
   * As LaTeX, for the package booktabs.
   *
   * @return a table that floats
   */
  public String toLatex() {
    List<String> lines = new ArrayList<>();
    lines.add("\\begin{table}");
    lines.add("  \\centering");
    lines.add("  \\caption{" + LatexText.of(caption) + "}");
    lines.add("  \\begin{tabular}{l" + "r".repeat(header.size() - 1) + "}");
    lines.add("    \\toprule");
    lines.add(line(header));
    lines.add("    \\midrule");
    rows.forEach(cells -> lines.add(line(cells)));
    lines.add("    \\bottomrule");
    lines.add("  \\end{tabular}");
    notes.forEach(note -> lines.add("  \\par\\smallskip\\footnotesize " + LatexText.of(note)));
    lines.add("\\end{table}");
    return String.join("\n", lines) + "\n";
  }

  private static String line(List<String> cells) {
    String row = cells.stream().map(LatexText::of).collect(Collectors.joining(" & "));
    // Behind the end of the row before, these two would be its options.
    String start = row.matches("\\s*[\\[*].*") ? "    {}" : "    ";
    return start + row + " \\\\";
  }
}
