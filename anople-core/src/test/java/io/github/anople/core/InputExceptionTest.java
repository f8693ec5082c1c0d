package io.github.anople.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.github.anople.core.InputException.Topic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputExceptionTest {

  @Test
  void itKeepsItsPartsAndItsMessageIsAllThreeInOneLine() {
    InputException fault = new InputException("a.png", "is empty", "copy it again");

    assertEquals("a.png", fault.where());
    assertEquals("is empty", fault.problem());
    assertEquals("copy it again", fault.remedy());
    assertEquals("a.png: is empty; copy it again", fault.getMessage());
    assertEquals(Optional.empty(), fault.topic());
  }

  @Test
  void noPartBreaksTheLine() {
    InputException fault = new InputException("a\nb", "has\ta \u0000", "see\r\nc\u007f");

    assertEquals("a?b", fault.where());
    assertEquals("has?a ?", fault.problem());
    assertEquals("see??c?", fault.remedy());
    assertEquals("a?b: has?a ?; see??c?", fault.getMessage());
  }

  @Test
  void aFileIsNamedByItsPathAndTheCauseIsKept() {
    IOException cause = new IOException("disk");
    Path file = Path.of("in", "a.png");

    InputException fault = new InputException(file, "cannot be read", "check it", cause);

    assertEquals(file.toString(), fault.where());
    assertSame(cause, fault.getCause());
  }

  @Test
  void aTopicChangesNothingElse() {
    InputException fault =
        new InputException("a.onnx", "is cut short", "copy it", new IOException("end"));

    InputException about = fault.about(Topic.GRAPH);

    assertEquals(Optional.of(Topic.GRAPH), about.topic());
    assertEquals(fault.getMessage(), about.getMessage());
    assertSame(fault.getCause(), about.getCause());
    assertArrayEquals(fault.getStackTrace(), about.getStackTrace());
  }

  @Test
  void aLongNameIsCut() {
    assertEquals("'short'", InputException.quoted("short"));
    assertEquals(
        "'" + "x".repeat(120) + "...' (500 characters)", InputException.quoted("x".repeat(500)));
  }
}
