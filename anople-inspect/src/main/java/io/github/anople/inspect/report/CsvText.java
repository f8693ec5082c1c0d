package io.github.anople.inspect.report;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Lines of a table as RFC 4180 says, safe in a spreadsheet: a field that begins with {@code =},
 * {@code +}, {@code -}, {@code @}, a tab or a carriage return would run as a formula, and gets
 * something before it.
 */
public final class CsvText {

  static final String LINE_END = "\r\n";

  private CsvText() {}

  /**
   * A line of texts and numbers.
   *
   * @param fields in the order of the columns
   * @return the line with its end
   */
  public static String line(List<String> fields) {
    return fields.stream()
        .map(field -> quoted(guarded(field, "'")))
        .collect(Collectors.joining(",", "", LINE_END));
  }

  static String guarded(String field, String guard) {
    return !field.isEmpty() && "=+-@\t\r".indexOf(field.charAt(0)) >= 0 ? guard + field : field;
  }

  static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> ",\"\r\n".indexOf(c) >= 0);
    boolean trimmed = field.equals(field.strip());
    return plain && trimmed ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
