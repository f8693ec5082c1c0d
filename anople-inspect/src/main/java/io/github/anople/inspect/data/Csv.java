package io.github.anople.inspect.data;

import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as RFC 4180 has them: fields may be quoted, a quote inside is doubled, a
 * quoted field may hold commas and line ends. Lines end in LF, CRLF or CR; empty lines are skipped.
 */
final class Csv {

  /** One row, with the number of the line it begins on (from 1). */
  record Row(int line, List<String> fields) {}

  private final Path file;
  private final String text;
  private int at;
  private int line = 1;

  private Csv(Path file, String text) {
    this.file = file;
    this.text = text;
  }

  static List<Row> parse(Path file, String text) {
    Csv csv = new Csv(file, text);
    List<Row> rows = new ArrayList<>();
    while (csv.at < text.length()) {
      int start = csv.line;
      List<String> fields = csv.row();
      if (fields.size() > 1 || !fields.get(0).isBlank()) {
        rows.add(new Row(start, fields));
      }
    }
    return rows;
  }

  private List<String> row() {
    List<String> fields = new ArrayList<>();
    fields.add(field());
    while (at < text.length() && text.charAt(at) == ',') {
      at++;
      fields.add(field());
    }
    endOfLine();
    return List.copyOf(fields);
  }

  private String field() {
    if (at < text.length() && text.charAt(at) == '"') {
      return quoted();
    }
    int start = at;
    while (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return text.substring(start, at);
  }

  private String quoted() {
    int opened = line;
    StringBuilder value = new StringBuilder();
    at++;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '"') {
        value.append(c);
        if (c == '\n' || (c == '\r' && peek() != '\n')) {
          line++;
        }
      } else if (peek() == '"') {
        value.append('"');
        at++;
      } else if (at < text.length() && ",\r\n".indexOf(text.charAt(at)) < 0) {
        throw new InputException(
            TextFiles.at(file, line), "text follows a closing quote", "double the quotes inside");
      } else {
        return value.toString();
      }
    }
    throw new InputException(
        TextFiles.at(file, opened), "a quote is opened and never closed", "close it");
  }

  /** The next character, or a comma at the end of the text. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : ',';
  }

  private void endOfLine() {
    if (at < text.length()) {
      boolean carriageReturn = text.charAt(at++) == '\r';
      if (carriageReturn && peek() == '\n') {
        at++;
      }
      line++;
    }
  }
}
