package io.github.anople.benchmark.drawing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.benchmark.drawing.TextStyle.Anchor;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SvgFileTest {

  private static final String HOSTILE = "<script>&\"'</text> \u0007 \uD800 \uFFFF 螺丝 😀 ]]>";
  private static final String SHOWN = "<script>&\"'</text>   \uFFFD \uFFFD 螺丝 😀 ]]>";

  private static Element parsed(String svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    return document.getDocumentElement();
  }

  private static Element only(Element root, String name) {
    assertEquals(1, root.getElementsByTagName(name).getLength(), name);
    return (Element) root.getElementsByTagName(name).item(0);
  }

  private static Element drawn(Consumer<SvgCanvas> body) throws Exception {
    return parsed(new SvgFile(200, 100.5, "a title", "a description").text(body));
  }

  @Test
  void hasASizeAGroundAndWordsForThoseWhoCannotSee() throws Exception {
    Element root = drawn(canvas -> {});

    assertEquals("http://www.w3.org/2000/svg", root.getNamespaceURI());
    assertEquals("0 0 200 100.5", root.getAttribute("viewBox"));
    assertEquals("sans-serif", root.getAttribute("font-family"));
    assertEquals("a title", only(root, "title").getTextContent());
    assertEquals("a description", only(root, "desc").getTextContent());
    assertEquals("#ffffff", only(root, "rect").getAttribute("fill"));
    assertEquals("100.5", only(root, "rect").getAttribute("height"));
  }

  @Test
  void textIsTextWhateverItHolds() throws Exception {
    TextStyle style = new TextStyle(12, Anchor.END).inBold().turned(-90);
    SvgFile file = new SvgFile(10, 10, HOSTILE, HOSTILE);

    Element root = parsed(file.text(canvas -> canvas.text(new Point(3, 4), HOSTILE, style)));

    Element text = only(root, "text");
    assertEquals(SHOWN, text.getTextContent());
    assertEquals("end", text.getAttribute("text-anchor"));
    assertEquals("bold", text.getAttribute("font-weight"));
    assertEquals("rotate(-90 3 4)", text.getAttribute("transform"));
    assertEquals(SHOWN, only(root, "title").getTextContent());
    assertEquals(SHOWN, only(root, "desc").getTextContent());
  }

  @Test
  void coloursCannotEndTheirAttribute() throws Exception {
    Element root =
        drawn(canvas -> canvas.circle(new Point(1, 2), 3, "red\"/><script>&'</script><a b=\""));

    assertEquals(0, root.getElementsByTagName("script").getLength());
    assertTrue(only(root, "circle").getAttribute("fill").startsWith("red\"/><script>"));
  }

  @Test
  void linesAndFramesHaveTheirStroke() throws Exception {
    Stroke stroke = new Stroke("#0072b2", 1.5, List.of(4.0, 2.0));

    Element root =
        drawn(
            canvas -> {
              canvas.line(new Point(0, 1), new Point(2.25, -0.0001), stroke);
              canvas.polyline(
                  List.of(new Point(0, 0), new Point(1.23456, 10)), new Stroke("#000", 1));
            });

    Element line = only(root, "line");
    assertEquals("0", line.getAttribute("y2"));
    assertEquals("2.25", line.getAttribute("x2"));
    assertEquals("4 2", line.getAttribute("stroke-dasharray"));
    Element several = only(root, "polyline");
    assertEquals("0,0 1.235,10", several.getAttribute("points"));
    assertEquals("none", several.getAttribute("fill"));
    assertFalse(several.hasAttribute("stroke-dasharray"));
  }

  @Test
  void aPictureIsPartOfTheFile() throws Exception {
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 0, -1};

    Element root = drawn(canvas -> canvas.picture(new Box(1, 2, 3, 4), png, "a <picture>"));

    Element image = only(root, "image");
    String data = image.getAttribute("href");
    assertTrue(data.startsWith("data:image/png;base64,"), data);
    assertArrayEquals(png, Base64.getDecoder().decode(data.substring(data.indexOf(',') + 1)));
    assertEquals("a <picture>", only(image, "title").getTextContent());
    assertEquals("4", image.getAttribute("height"));
  }

  @Test
  void equalDrawingsAreEqualFiles(@TempDir Path folder) throws Exception {
    SvgFile file = new SvgFile(20, 10, "t", "d");
    Consumer<SvgCanvas> body = canvas -> canvas.frame(new Box(1, 2, 3, 4), new Stroke("#999", 1));

    file.write(folder.resolve("a.svg"), body);
    file.write(folder.resolve("b.svg"), body);

    assertEquals(-1, Files.mismatch(folder.resolve("a.svg"), folder.resolve("b.svg")));
    assertEquals(Files.readString(folder.resolve("a.svg")), file.text(body));
  }

  @Test
  void refusesWhatIsNowhere() {
    SvgFile file = new SvgFile(20, 10, "t", "d");

    assertThrows(
        IllegalArgumentException.class,
        () -> file.text(canvas -> canvas.circle(new Point(Double.NaN, 0), 1, "red")));
    assertThrows(IllegalArgumentException.class, () -> new SvgFile(0, 10, "t", "d"));
  }
}
