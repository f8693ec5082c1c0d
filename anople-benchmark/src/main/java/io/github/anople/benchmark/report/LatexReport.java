package io.github.anople.benchmark.report;

import io.github.anople.benchmark.drawing.LatexText;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** A report as a LaTeX document, on wide pages: tables have many columns. */
final class LatexReport {

  private static final String PREAMBLE =
      """
      \\documentclass[10pt]{article}
      \\usepackage[landscape,margin=15mm]{geometry}
      \\usepackage{booktabs}
      \\usepackage{graphicx}
      \\usepackage{pgfplots}
      \\pgfplotsset{compat=1.16}
      """;

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
      section.tables().forEach(table -> lines.add(table.toLatex()));
      lines.add("}");
      section
          .pictures()
          .forEach(one -> lines.add("\\input{" + PaperReport.relative(folder, one.tex()) + "}"));
      lines.add("\\clearpage");
    }
    lines.add("\\end{document}");
    return String.join("\n", lines) + "\n";
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
