package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Comma-separated values as RFC 4180 has them: fields may be quoted, a quote inside is doubled, a
 * quoted field may hold commas and line ends. Lines end in LF, CRLF or CR; empty lines are skipped.
 */
final class Csv {

  /** Empty lines count as rows here, so that the numbers of the others are right. */
  private static final CSVFormat FORMAT = CSVFormat.RFC4180;

  /** One row, with the number of the line it begins on (from 1). */
  record Row(int line, List<String> fields) {}

  private Csv() {}

  static List<Row> parse(Path file, String text) {
    List<Row> rows = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
      int start = 1;
      try {
        for (CSVRecord row : parser) {
          if (row.size() > 1 || !row.get(0).isBlank()) {
            rows.add(new Row(start, List.of(row.values())));
          }
          start = (int) parser.getCurrentLineNumber() + 1;
        }
      } catch (UncheckedIOException e) {
        throw endsInQuotes(text)
            ? new InputException(
                TextFiles.at(file, start), "a quote is opened and never closed", "close it", e)
            : new InputException(
                TextFiles.at(file, (int) parser.getCurrentLineNumber()),
                "text follows a closing quote",
                "double the quotes inside",
                e);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e); // a text in memory
    }
    return rows;
  }

  /** Whether nothing is at fault but that the last quote is not closed. */
  private static boolean endsInQuotes(String text) {
    try (CSVParser parser = CSVParser.parse(text, FORMAT.builder().setLenientEof(true).get())) {
      parser.forEach(row -> {});
      return true;
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }
}
