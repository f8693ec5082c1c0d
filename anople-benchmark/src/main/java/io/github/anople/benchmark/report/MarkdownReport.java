package io.github.anople.benchmark.report;

import io.github.anople.benchmark.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A report as Markdown; drawings are files beside it. */
final class MarkdownReport {

  private MarkdownReport() {}

  static String of(PaperReport report, Path folder) {
    List<String> parts = new ArrayList<>();
    parts.add("# " + Table.markdown(report.title()) + "\n");
    report.remarks().forEach(remark -> parts.add(Table.markdown(remark) + "\n"));
    for (PaperReport.Section section : report.sections()) {
      parts.add("## " + Table.markdown(section.title()) + "\n");
      section.remarks().forEach(remark -> parts.add(Table.markdown(remark) + "\n"));
      section.tables().forEach(table -> parts.add(table.toMarkdown()));
      for (PaperReport.Picture picture : section.pictures()) {
        String caption = Table.markdown(picture.caption());
        parts.add(
            "![%s](<%s>)\n\n%s\n"
                .formatted(caption, PaperReport.relative(folder, picture.svg()), caption));
      }
    }
    return String.join("\n", parts);
  }
}
