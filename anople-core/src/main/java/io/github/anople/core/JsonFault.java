package io.github.anople.core;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;

/** What is wrong with a text that is no JSON, for a person who looks into the file. */
public final class JsonFault {

  private JsonFault() {}

  /**
   * The parser's words, with the line and the column, and without what it says of its source.
   *
   * @param fault what the parser threw
   * @return one sentence without a full stop
   */
  public static String of(JsonProcessingException fault) {
    // Some messages quote another place, such as where a list began, in the parser's own form.
    String words =
        fault
            .getOriginalMessage()
            .replaceAll("\\[Source: .*?; line: (\\d+), column: (\\d+)]", "line $1, column $2");
    JsonLocation at = fault.getLocation();
    return at == null
        ? words
        : words + " (line " + at.getLineNr() + ", column " + at.getColumnNr() + ")";
  }
}
