package io.github.anople.core.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.anople.core.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordJsonTest {

  private static final RecordJson.Source SOURCE =
      new RecordJson.Source("box.json", "box", "correct it");

  private static final String GOOD =
      "{'side_length': 1.5, 'count': 3, 'serial': 7, 'open': true, 'words': ['a', 'b'],"
          + " 'lid': {'colour': 'RED', 'label': 'x'}}";

  enum Colour {
    RED,
    BLUE
  }

  record Lid(Colour colour, String label) {
    Lid {
      if (label.equals("own")) {
        throw new IllegalArgumentException("has a label of its own");
      }
      if (label.equals("input")) {
        throw new InputException("lid", "is input", "lift it");
      }
    }
  }

  record Box(
      double sideLength, int count, long serial, boolean open, List<String> words, Lid lid) {}

  private static Box read(String json) {
    return RecordJson.read(json.replace('\'', '"'), Box.class, SOURCE);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Box box = new Box(1.5, 3, 7, true, List.of("a", "b"), new Lid(Colour.RED, "x"));

    assertEquals(box, read(GOOD));
    assertEquals(box, read("\ufeff" + GOOD));
    assertEquals(box, read(RecordJson.write(box)));
    assertEquals(box, read(RecordJson.pretty(box)));
    assertEquals(
        GOOD.replace("'", "\"").replace(": ", ":").replace(", ", ","), RecordJson.write(box));
    assertEquals(2, read(GOOD.replace("1.5", "2")).sideLength());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "'count': 3;'count': 3.0;.count: should be a whole number of 32 bits, is number 3.0",
        "'count': 3;'count': 3e9;.count: should be a whole number of 32 bits, is number 3.0E9",
        "'count': 3;'count': 3000000000;.count: should be a whole number of 32 bits, is number 3000",
        "'count': 3;'count': '3';.count: should be a whole number of 32 bits, is string \"3\"",
        "'count': 3;'count': true;.count: should be a whole number of 32 bits, is boolean true",
        "'count': 3;'count': null;.count: should be a whole number of 32 bits, is null",
        "'count': 3;'count': [3];.count: should be a whole number of 32 bits, is array",
        "'count': 3, ;-;.count: is missing",
        "'count': 3;'count': 3, 'count': 3;box: is not JSON: Duplicate",
        "'count': 3;'count': 3, 'cuont': 3;.cuont: is not a field that this version knows; known",
        "'serial': 7;'serial': 9223372036854775808;.serial: should be a whole number of 64 bits",
        "'serial': 7;'serial': '';.serial: should be a whole number of 64 bits, is string \"\"",
        "1.5;1e400;.side_length: should be a number, is ",
        "1.5;NaN;box: is not JSON",
        "1.5;'1.5';.side_length: should be a number, is string \"1.5\"",
        "1.5;null;.side_length: should be a number, is null",
        "true;1;.open: should be true or false, is number 1",
        "true;'true';.open: should be true or false, is string \"true\"",
        "['a', 'b'];'a';.words: should be a list, is string \"a\"",
        "['a', 'b'];null;.words: should be a list, is null",
        "['a', 'b'];['a', 2];.words[1]: should be text, is number 2",
        "['a', 'b'];['a', null];.words[1]: should be text, is null",
        "['a', 'b'];['a', true];.words[1]: should be text, is boolean true",
        "'RED';'GREEN';.lid.colour: should be one of RED, BLUE, is string \"GREEN\"",
        "'RED';0;.lid.colour: should be one of RED, BLUE, is number 0",
        "'RED';'';.lid.colour: should be one of RED, BLUE, is string \"\"",
        "'x';2;.lid.label: should be text, is number 2",
        "'x';null;.lid.label: should be text, is null",
        "'x';'own';.lid: has a label of its own; correct it",
        "'x';'input';lid: is input; lift it",
        "}};}} {};box: is not JSON",
        "}};};box: is not JSON",
      })
  void aFaultIsNamedWithItsFieldAndItsValue(String good, String bad, String message) {
    String json = GOOD.replace(good, bad.equals("-") ? "" : bad);

    InputException fault = assertThrows(InputException.class, () -> read(json), json);

    String told = fault.getMessage();
    String expected =
        message.startsWith("lid:")
            ? message
            : "box.json, " + (message.startsWith("box") ? "" : "box") + message;
    assertEquals(expected, told.substring(0, Math.min(told.length(), expected.length())), told);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "[];box: should be an object, is array",
        "7;box: should be an object, is number 7",
        "'x';box: should be an object, is string \"x\"",
        "null;box: should be an object, is null",
        "` `;box: is empty",
        "{;box: is not JSON"
      })
  void aTextThatIsNotAnObjectIsRefused(String json, String message) {
    InputException fault = assertThrows(InputException.class, () -> read(json), json);

    assertEquals(
        "box.json, " + message,
        fault
            .getMessage()
            .substring(0, Math.min(11 + message.length() - 1, fault.getMessage().length())));
  }
}
