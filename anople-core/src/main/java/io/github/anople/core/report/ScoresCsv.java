package io.github.anople.core.report;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The table {@code scores.csv}: a header and a row an image, UTF-8, quoted and ended by CRLF as RFC
 * 4180 says, numbers with a point in every locale.
 *
 * <p>The columns are {@code path,score,verdict,label,category,defect_type}, always all and in this
 * order; new ones come after them. A label is {@code normal}, {@code anomalous} or {@code unknown};
 * a verdict is empty where there was no threshold. A spreadsheet would run a field that begins with
 * {@code =}, {@code +}, {@code -}, {@code @}, a tab or a carriage return as a formula: such a path
 * is written with {@code ./} before it, which names the same file, and other text with {@code '}.
 */
public final class ScoresCsv {

  private static final String HEADER = "path,score,verdict,label,category,defect_type";
  private static final String LINE_END = "\r\n";

  private ScoresCsv() {}

  /**
   * The table's text.
   *
   * @param results the rows, in order
   * @return header and rows
   */
  public static String format(List<ImageResult> results) {
    StringBuilder text = new StringBuilder(HEADER).append(LINE_END);
    for (ImageResult result : results) {
      List<String> fields =
          List.of(
              quoted(guarded(result.path(), "./")),
              // Shortest digits that give the float back: no locale, no rounding.
              Float.toString(result.score()),
              quoted(guarded(result.verdict().orElse(""), "'")),
              result.label().name().toLowerCase(Locale.ROOT),
              quoted(guarded(result.category(), "'")),
              quoted(guarded(result.defectType(), "'")));
      text.append(String.join(",", fields)).append(LINE_END);
    }
    return text.toString();
  }

  /**
   * Writes the table.
   *
   * @param file where to
   * @param results the rows, in order
   * @throws io.github.anople.core.InputException if it cannot be written
   */
  public static void write(Path file, List<ImageResult> results) {
    ReportFile.write(file, format(results));
  }

  private static String guarded(String field, String guard) {
    return !field.isEmpty() && "=+-@\t\r".indexOf(field.charAt(0)) >= 0 ? guard + field : field;
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    boolean trimmed = field.equals(field.strip());
    return plain && trimmed ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
