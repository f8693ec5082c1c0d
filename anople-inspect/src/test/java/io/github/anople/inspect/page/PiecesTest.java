package io.github.anople.inspect.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import gg.jte.Content;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PiecesTest {

  private static final String HOSTILE =
      "\"'></td></li><script>alert(1)</script><b onclick='x'>&lt;";

  /** Every piece, with a text wherever one may stand. */
  private static List<Content> pieces(String text) {
    Chip chip = new Chip(text, true);
    Picture picture = new Picture(Picture.held("image/png", new byte[3]), 4, 5, text);
    Table table = new Table(text, List.of(text, text), List.of(new Table.Row(text, List.of(text))));
    return List.of(
        chip,
        picture,
        table,
        new NumberCard(text, text, List.of(new NumberCard.Entry(text, Optional.of(text)))),
        new ChartFigure(text, text, text, true, table),
        new Pairs(text, Map.of(text, text)),
        new ImageCard(
            text,
            chip,
            text,
            List.of(new ImageCard.Fact(text, text)),
            List.of(
                new ImageCard.Captioned(text, Optional.of(picture), text),
                new ImageCard.Captioned(text, Optional.empty(), text)),
            new ImageCard.Keys(1, 0.5f, text, text, true, false, text)));
  }

  private static Stream<Content> hostile() {
    return pieces(HOSTILE).stream();
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileTextStaysTextInEveryPiece(Content piece) {
    Content harmless =
        pieces("harmless").stream()
            .filter(other -> other.getClass() == piece.getClass())
            .findFirst()
            .orElseThrow();
    Element page = page(piece);
    assertEquals(shape(page(harmless)), shape(page));
    assertFalse(page.text().isEmpty() && page.select("img").isEmpty());
    for (Element element : page.select("bdi, .chip, caption, figcaption")) {
      assertEquals(HOSTILE, element.wholeText());
    }
    for (String alt : page.select("[alt]").eachAttr("alt")) {
      assertEquals(HOSTILE, alt);
    }
  }

  private static Element page(Content piece) {
    StringOutput output = new StringOutput();
    piece.writeTo(output);
    return Jsoup.parse(output.toString()).body();
  }

  /** Elements and the names of their attributes. */
  private static List<String> shape(Element page) {
    return page.getAllElements().stream()
        .map(
            element ->
                element.tagName()
                    + element.attributes().asList().stream().map(it -> it.getKey()).toList())
        .toList();
  }
}
