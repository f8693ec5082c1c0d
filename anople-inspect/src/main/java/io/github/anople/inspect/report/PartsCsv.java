package io.github.anople.inspect.report;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The table {@code parts.csv}: a header and a row a part, in the form of {@link ScoresCsv}. The
 * columns are {@code part,score,verdict,views,worst,missing,failed}: how many pictures were scored,
 * the path of the worst, how many views are missing, and how many pictures could not be scored.
 */
public final class PartsCsv {

  private static final String HEADER = "part,score,verdict,views,worst,missing,failed";

  private PartsCsv() {}

  /**
   * The table's text.
   *
   * @param parts the rows, in order
   * @return header and rows
   */
  public static String format(List<Part> parts) {
    StringBuilder text = new StringBuilder(HEADER).append(CsvText.LINE_END);
    for (Part part : parts) {
      OptionalDouble score = part.score();
      List<String> fields =
          List.of(
              CsvText.quoted(CsvText.guarded(part.name(), "./")),
              score.isPresent() ? Float.toString((float) score.getAsDouble()) : "",
              part.kind().orElse(""),
              Integer.toString(part.images().size()),
              CsvText.quoted(CsvText.guarded(part.worst().map(Inspection::path).orElse(""), "./")),
              Integer.toString(part.missing()),
              Integer.toString(part.failed().size()));
      text.append(String.join(",", fields)).append(CsvText.LINE_END);
    }
    return text.toString();
  }

  /**
   * Writes the table.
   *
   * @param file where to
   * @param parts the rows, in order
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public static void write(Path file, List<Part> parts) {
    ReportFile.write(file, format(parts));
  }
}
