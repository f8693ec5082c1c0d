package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCleaningTest {

  /** Right-hand sides are what Python 3.11's {@code html.unescape} gives. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "&amp;amp; | &amp;",
        "&lt&gt;&LT;x | <><x",
        "&notit; | ¬it;",
        "&notin; | ∉",
        "&nopenot; | &nopenot;",
        "&AMP &ampere | & &ere",
        "&eacute&Eacute; | éÉ",
        "&NotEqualTilde; | ≂̸",
        "&#39;&#x27;&#X27z | '''z",
        "&#38;amp; | &amp;",
        "&#128;&#x99;&#150 | €™–",
        "a&#0;b | a\uFFFDb",
        "a&#xD800;b&#x110000;c | a\uFFFDb\uFFFDc",
        "a&#99999999999999999999;b | a\uFFFDb",
        "a&#1;b&#x7f;c&#xFFFE;d&#x1FFFF;e&#xfdd0;f | abcdef",
        "&#x1F529; | \uD83D\uDD29",
        "&; &#; &#x; &  & amp; | &; &#; &#x; &  & amp;",
      })
  void htmlEntitiesAreUnescapedAsPythonDoes(String text, String expected) {
    assertEquals(expected, TextCleaning.unescape(text));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`  a \t\r\n b\u0085c\u001cd\u00a0e\u2003f\u2028g\u3000`, a b c d e f g",
        "a\u200bb, a\u200bb",
        "` `, ``",
        "`&nbsp;`, ``",
        "cafe\u0301, caf\u00e9",
        "\u212b, \u00e5",
        "&amp;lt;B&amp;gt;, <b>",
        "I\u0130, ii\u0307",
        "\u039f\u0394\u039f\u03a3 \u03a3, \u03bf\u03b4\u03bf\u03c2 \u03c3",
        "\u1e9e, \u00df",
        // A final sigma: a cased letter before, none after, marks and word punctuation aside.
        "A\u03a3\u65e5, a\u03c2\u65e5",
        "A'\u03a3'B, a'\u03c3'b",
        "A.\u0301\u03a3.\u0301 B, a.\u0301\u03c2.\u0301 b",
      })
  void textIsCleanedAsClipDoes(String text, String expected) {
    assertEquals(expected, TextCleaning.clean(text));
  }
}
