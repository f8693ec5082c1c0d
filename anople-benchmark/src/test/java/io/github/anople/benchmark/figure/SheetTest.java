package io.github.anople.benchmark.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class SheetTest {

  @TempDir private Path folder;

  private static Sheet sheet(String name) {
    PictureTiles tiles = new PictureTiles();
    Raster raster = Raster.of(new BufferedImage(40, 20, BufferedImage.TYPE_INT_RGB));
    tiles.add(name, List.of(name, "map"), List.of(Optional.of(raster), Optional.empty()));
    return new Sheet(
        PaperFigure.MAPS,
        "The caption of " + name,
        List.of(new Sheet.Head("", "image"), new Sheet.Head(name, "map")),
        tiles.rows());
  }

  private static Element parsed(Path svg) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(svg.toFile())
        .getDocumentElement();
  }

  @Test
  void whateverNamesHoldTheFilesAreWhole() throws Exception {
    for (String name : List.of(DrawnParts.HOSTILE, "]]><x>", "../../up", "CON", "", "a\nb")) {
      Drawn drawn = new SheetFiles(folder).write(sheet(name));

      Element svg = parsed(folder.resolve("figure3.svg"));
      assertEquals(1, svg.getElementsByTagName("image").getLength(), name);
      assertEquals(0, svg.getElementsByTagName("x").getLength(), name);
      assertEquals(3, drawn.files().size(), name);
      Path tile = drawn.files().get(2);
      assertEquals(folder.resolve("figure3"), tile.getParent(), name);
      assertTrue(
          tile.getFileName().toString().matches("001-01-[A-Za-z0-9_+-]*\\.png"), tile::toString);
      String latex = Files.readString(folder.resolve("figure3.tex"));
      assertTrue(latex.contains("{figure3/" + tile.getFileName() + "}"), latex);
      assertEquals(name.isEmpty() ? 10 : 12, latex.lines().count(), latex);
      assertFalse(latex.contains("a&b"), latex);
    }
  }

  @Test
  void textsStayInsideTheDrawing() throws Exception {
    new SheetFiles(folder).write(sheet(DrawnParts.HOSTILE));

    Element svg = parsed(folder.resolve("figure3.svg"));
    double width = Double.parseDouble(svg.getAttribute("width"));
    double height = Double.parseDouble(svg.getAttribute("height"));
    NodeList texts = svg.getElementsByTagName("text");
    for (int i = 0; i < texts.getLength(); i++) {
      Element text = (Element) texts.item(i);
      assertTrue(Double.parseDouble(text.getAttribute("y")) < height, text::getTextContent);
      assertTrue(text.getTextContent().length() * 12 * 0.4 < width + 60, text::getTextContent);
    }
  }

  @Test
  void whatDoesNotFitOnAPageOfLatexGoesOn() {
    PictureTiles tiles = new PictureTiles();
    Raster raster = Raster.of(new BufferedImage(20, 20, BufferedImage.TYPE_INT_RGB));
    for (int i = 0; i < 20; i++) {
      tiles.add("row " + i, List.of("image"), List.of(Optional.of(raster)));
    }
    Sheet sheet =
        new Sheet(PaperFigure.WORST, "c", List.of(new Sheet.Head("", "image")), tiles.rows());

    List<String> parts = List.of(new SheetLatex(sheet).text().split("(?<=.end.figure..)\n", -1));

    assertTrue(parts.size() > 3, parts::toString);
    assertTrue(parts.get(0).contains("\\label{fig:anople-8}"), parts.get(0));
    assertTrue(parts.get(1).contains("{figure}{-1}"), parts.get(1));
    assertTrue(parts.get(1).contains("The worst cases, continued."), parts.get(1));
    assertTrue(parts.get(parts.size() - 2).contains("row 19"), parts::toString);
  }

  @Test
  void tilesOfAnEarlierCallGoAndOtherFilesStay() throws Exception {
    Path tiles = Files.createDirectories(folder.resolve("figure3"));
    Path own = Files.writeString(tiles.resolve("holiday.png"), "mine");
    Path earlier = Files.writeString(tiles.resolve("007-02-old.png"), "old");

    new SheetFiles(folder).write(sheet("nut"));

    assertTrue(Files.exists(own));
    assertFalse(Files.exists(earlier));
  }

  @Test
  void wordsAreCutWhereThereIsNoRoom() {
    assertEquals("short", SheetText.fitting("short", 10, 100));
    String cut = SheetText.fitting("a very long name of a file.png", 10, 100);
    assertTrue(cut.contains("…") && cut.startsWith("a very") && cut.endsWith(".png"), cut);
    assertEquals("…", SheetText.fitting("螺丝螺丝", 10, 5));
    assertEquals(List.of("one two", "three"), SheetText.lines("one two three", 10, 40));
    assertEquals(List.of(""), SheetText.lines("", 10, 40));
  }

  @Test
  void digitsAreThoseOfTheFormatAndNotOfTheCountry() throws Exception {
    Locale before = Locale.getDefault();
    Drawn drawn;
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      drawn = new SheetFiles(folder).write(sheet("nut"));
    } finally {
      Locale.setDefault(before);
    }
    assertTrue(drawn.files().get(2).endsWith("001-01-nut.png"), drawn.files()::toString);
    for (String file : List.of("figure3.svg", "figure3.tex")) {
      String text = Files.readString(folder.resolve(file));
      assertTrue(text.chars().allMatch(c -> c < 0x80), text);
    }
    assertTrue(parsed(folder.resolve("figure3.svg")).getTextContent().contains("Figure 3"));
  }
}
