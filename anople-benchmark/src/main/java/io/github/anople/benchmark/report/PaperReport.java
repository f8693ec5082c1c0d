package io.github.anople.benchmark.report;

import io.github.anople.benchmark.Table;
import io.github.anople.core.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * All tables and figures of a paper, as one document in three forms: {@code report.md}, {@code
 * report.tex}, which LaTeX sets with the files beside it, and {@code report.html}, which stands
 * alone. It holds no times: equal results make equal reports.
 *
 * @param title what it is about
 * @param remarks what a reader should know first
 * @param sections in order
 */
public record PaperReport(String title, List<String> remarks, List<Section> sections) {

  /** A report. */
  public PaperReport {
    remarks = List.copyOf(remarks);
    sections = List.copyOf(sections);
  }

  /**
   * A table of the paper, or a figure.
   *
   * @param title what it is called
   * @param remarks sentences before it
   * @param tables the most telling first
   * @param pictures drawings
   */
  public record Section(
      String title, List<String> remarks, List<Table> tables, List<Picture> pictures) {

    /** A section. */
    public Section {
      remarks = List.copyOf(remarks);
      tables = List.copyOf(tables);
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * A drawing, whose files are there already.
   *
   * @param caption what it shows
   * @param svg the file that pages show
   * @param tex the file that LaTeX takes in
   */
  public record Picture(String caption, Path svg, Path tex) {}

  /**
   * Writes the three files.
   *
   * @param folder where to; drawings lie in it or below
   * @throws io.github.anople.core.InputException if it cannot be written, or a drawing is not there
   */
  public void write(Path folder) {
    write(folder.resolve("report.md"), MarkdownReport.of(this, folder));
    write(folder.resolve("report.tex"), LatexReport.of(this, folder));
    write(folder.resolve("report.html"), HtmlReport.of(this));
  }

  private static void write(Path file, String text) {
    AtomicFile.write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** A file's place as seen from the report's folder, with {@code /} between names. */
  static String relative(Path folder, Path file) {
    return folder.toAbsolutePath().relativize(file.toAbsolutePath()).toString().replace('\\', '/');
  }
}
