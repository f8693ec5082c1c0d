package io.github.anople.benchmark.report;

import io.github.anople.benchmark.Table;
import io.github.anople.benchmark.drawing.LatexText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A report as a LaTeX document, on wide pages: tables have many columns. */
final class LatexReport {

  private static final String PREAMBLE =
      """
      \\documentclass[10pt]{article}
      \\usepackage[landscape,margin=15mm]{geometry}
      \\usepackage{booktabs}
      \\usepackage{caption}
      \\captionsetup{labelformat=empty}
      \\usepackage{float}
      \\floatplacement{table}{H}
      \\usepackage{graphicx}
      \\usepackage{pgfplots}
      \\pgfplotsset{compat=1.16}
      """;

  private static final int MOST_COLUMNS = 10;

  /** With ± in each of them. */
  private static final int COLUMNS = 6;

  private LatexReport() {}

  static String of(PaperReport report, Path folder) {
    List<String> lines = new ArrayList<>();
    lines.add(PREAMBLE + folders(report, folder));
    lines.add("\\title{" + LatexText.of(report.title()) + "}");
    lines.add("\\date{}");
    lines.add("\\begin{document}");
    lines.add("\\maketitle");
    report.remarks().forEach(remark -> lines.add(LatexText.of(remark) + "\n"));
    for (PaperReport.Section section : report.sections()) {
      lines.add("\\section*{" + LatexText.of(section.title()) + "}");
      section.remarks().forEach(remark -> lines.add(LatexText.of(remark) + "\n"));
      lines.add("{\\scriptsize");
      section.tables().stream()
          .flatMap(table -> parts(table).stream())
          .forEach(part -> lines.add(fitted(part.toLatex())));
      lines.add("}");
      section
          .pictures()
          .forEach(one -> lines.add("\\input{" + PaperReport.relative(folder, one.tex()) + "}"));
      lines.add("\\clearpage");
    }
    lines.add("\\end{document}");
    return String.join("\n", lines) + "\n";
  }

  /** A table of more columns than can be read on a page, in several; each names its rows. */
  static List<Table> parts(Table table) {
    int columns = table.header().size() - 1;
    if (columns <= MOST_COLUMNS) {
      return List.of(table);
    }
    List<Table> parts = new ArrayList<>();
    for (int first = 1; first <= columns; first += COLUMNS) {
      int from = first;
      int to = Math.min(first + COLUMNS, columns + 1);
      String caption = first == 1 ? table.caption() : table.caption() + " (continued)";
      parts.add(
          new Table(
              caption,
              some(table.header(), from, to),
              table.rows().stream().map(row -> some(row, from, to)).toList(),
              to > columns ? table.notes() : List.of()));
    }
    return parts;
  }

  private static List<String> some(List<String> cells, int from, int to) {
    return Stream.concat(Stream.of(cells.get(0)), cells.subList(from, to).stream()).toList();
  }

  /** A table that is wider than the page shrinks. */
  private static String fitted(String table) {
    return table
        .replace(
            "\\begin{tabular}",
            "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{\\begin{tabular}")
        .replace("\\end{tabular}", "\\end{tabular}}");
  }

  /** Drawings name their pictures as seen from their own folder. */
  private static String folders(PaperReport report, Path folder) {
    TreeSet<String> folders = new TreeSet<>();
    for (PaperReport.Section section : report.sections()) {
      for (PaperReport.Picture picture : section.pictures()) {
        Path parent = picture.tex().toAbsolutePath().getParent();
        folders.add("{" + PaperReport.relative(folder, parent) + "/}");
      }
    }
    return folders.isEmpty() ? "" : "\\graphicspath{" + String.join("", folders) + "}\n";
  }
}
