package io.github.anople.inspect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WordsTest {

  @Test
  void aShareIsNotRoundedToAllOrNothing() {
    assertEquals("100.0 %", Words.percent(1));
    assertEquals("> 99.9 %", Words.percent(0.9999));
    assertEquals("99.9 %", Words.percent(0.999));
    assertEquals("< 0.1 %", Words.percent(0.0001));
    assertEquals("0.0 %", Words.percent(0));
  }

  @Test
  void aNameOutOfAFileIsBoundedAndWithoutControlCharacters() {
    assertEquals("a\uFFFDb<", Words.name("a\u0000b<"));
    assertEquals("x".repeat(300) + "…", Words.name("x".repeat(1000)));
  }

  @Test
  void oneThingIsNotThings() {
    assertEquals("1 image", Words.count(1, "image"));
    assertEquals("1,200 images", Words.count(1200, "image"));
    assertEquals("0 images", Words.count(0, "image"));
  }
}
