package io.github.anople.inspect.report.html;

import gg.jte.output.StringOutput;
import io.github.anople.core.AtomicFile;
import io.github.anople.inspect.page.Templates;
import io.github.anople.inspect.report.InspectionReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A report as one HTML file that needs nothing else: no network, no other file. Its policy for
 * content lets only its own two scripts and its own style run, by their SHA-256, so that a hostile
 * file name could not do harm even if it were not escaped. Without scripts the page lacks the
 * charts and the sorting of the gallery; their numbers stand in tables.
 */
public final class HtmlReport {

  private HtmlReport() {}

  /**
   * Writes a report.
   *
   * @param report what it tells
   * @param file where to, usually {@code report.html}
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public static void write(InspectionReport report, Path file) {
    String page = format(report);
    AtomicFile.write(file, out -> out.write(page.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * A report's text.
   *
   * @param report what it tells
   * @return an HTML page, to be stored as UTF-8
   */
  public static String format(InspectionReport report) {
    StringOutput page = new StringOutput();
    Templates.write("report/html/report", ReportPage.of(report), page);
    return page.toString();
  }
}
