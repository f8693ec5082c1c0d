package io.github.anople.inspect.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {

  @Test
  void quotedFieldsMayHoldQuotesCommasAndLineEnds() {
    String text = "\"a \"\"b\"\", c\",\"\",\"d\r\ne\"\r\nf \"g\",h,\n\n\r\n\"i\"";
    assertEquals(
        List.of(
            new Csv.Row(1, List.of("a \"b\", c", "", "d\r\ne")),
            new Csv.Row(3, List.of("f \"g\"", "h", "")),
            new Csv.Row(6, List.of("i"))),
        Csv.parse(Path.of("x.csv"), text));
  }

  @Test
  void aTextOfNothingHasNoRow() {
    assertEquals(List.of(), Csv.parse(Path.of("x.csv"), ""));
    assertEquals(List.of(), Csv.parse(Path.of("x.csv"), "\n \r"));
    assertEquals(List.of(new Csv.Row(1, List.of("", ""))), Csv.parse(Path.of("x.csv"), ","));
  }
}
