package io.github.anople.benchmark.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.GridData;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.Variant;
import io.github.anople.benchmark.baseline.KeptDetectors;
import io.github.anople.benchmark.baseline.TorchCells;
import io.github.anople.core.InputException;
import io.github.anople.core.Sha256;
import io.github.anople.core.image.ImageReader;
import io.github.anople.torch.TinyTraining;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class FiguresTest {

  @TempDir private static Path folder;

  private static LoadedBackbone backbone;
  private static GridData data;

  private final List<String> said = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  @BeforeAll
  static void open() throws IOException {
    backbone = TinyTraining.backbone();
    Path root = folder.resolve("set");
    DrawnParts.write(root, "nut", true);
    DrawnParts.write(root, "b&t $1$ 螺丝", false);
    Files.writeString(root.resolve("nut/test/good/broken.png"), "no picture");
    data = new GridData("parts", GridData.Layout.MVTEC, root, List.of());
  }

  @AfterAll
  static void close() {
    backbone.close();
  }

  private Figures figures(String output, FigureChoice choice) {
    FigureListener listener =
        new FigureListener() {
          @Override
          public void progress(String line) {
            said.add(line);
          }

          @Override
          public void leftOut(String line) {
            leftOut.add(line);
          }
        };
    TorchCells cells = new TorchCells(backbone);
    return new Figures(
        folder.resolve(output),
        new KeptDetectors(cells, folder.resolve("detectors"), said::add),
        new ImageReader(),
        choice,
        listener);
  }

  private static FigureChoice usual() {
    return new FigureChoice(List.of(), 1, 3);
  }

  private static Grid grid() {
    return DrawnParts.grid(data, DrawnParts.anople(), Variant.of(Method.WINCLIP));
  }

  private static Element svg(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(file.toFile())
        .getDocumentElement();
  }

  /** The tiles' names, each read as a picture. */
  private static List<String> tiles(Drawn drawn) throws IOException {
    List<String> names = new ArrayList<>();
    for (Path file : drawn.files().subList(2, drawn.files().size())) {
      assertNotNull(ImageIO.read(file.toFile()), file::toString);
      names.add(file.getFileName().toString());
    }
    return names;
  }

  @Test
  void mapsOfSeveralMethodsStandSideBySide() throws Exception {
    Drawn drawn = figures("maps", usual()).draw(PaperFigure.MAPS, grid());

    assertEquals(
        List.of(
            // No ground truth, no binary map.
            "001-01-image.png",
            "001-03-anople_heat_map.png",
            "001-05-winclip_heat_map.png",
            "002-01-image.png",
            "002-02-ground_truth.png",
            "002-03-anople_heat_map.png",
            "002-04-anople_binary_map.png",
            "002-05-winclip_heat_map.png",
            "002-06-winclip_binary_map.png"),
        tiles(drawn).stream().map(name -> name.replace("anople__", "anople_")).toList().stream()
            .map(name -> name.replace("winclip__", "winclip_"))
            .toList());
    Element svg = svg(drawn.files().get(0));
    assertEquals(9, svg.getElementsByTagName("image").getLength());
    assertTrue(svg.getTextContent().contains("b&t $1$ 螺丝"), "the category's name is shown");
    assertTrue(drawn.caption().contains("anople and winclip (1 shot, seed 0)"), drawn.caption());
    assertTrue(drawn.caption().contains("largest F1"), drawn.caption());
    assertTrue(leftOut.get(0).contains("broken.png"), leftOut::toString);
    String latex = Files.readString(drawn.files().get(1));
    assertTrue(latex.contains("b\\&t \\$1\\$"), latex);
  }

  @Test
  void everyFigureIsDrawnAndAgainTheSameWithoutTrainingAnew() throws Exception {
    for (PaperFigure figure :
        List.of(
            PaperFigure.MAPS_MVTEC, PaperFigure.WORST, PaperFigure.CONTEXTS, PaperFigure.PATCHES)) {
      Drawn drawn = figures("first", usual()).draw(figure, grid());
      assertFalse(tiles(drawn).isEmpty());
      svg(drawn.files().get(0));
      said.clear();
      figures("second", usual()).draw(figure, grid());
      assertTrue(
          said.stream().anyMatch(line -> line.startsWith("taking the detector")), said::toString);
      assertTrue(said.stream().noneMatch(line -> line.startsWith("training")), said::toString);
    }
    assertEquals(files("first"), files("second"));
  }

  private static Map<String, String> files(String output) throws IOException {
    Path root = folder.resolve(output);
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(root.relativize(file).toString(), Sha256.of(file));
      }
    }
    return files;
  }

  @Test
  void attentionIsShownForEveryLayerOfBothTowersAndForEachSignal() throws Exception {
    Figures figures = figures("attention", usual());

    List<String> contexts = tiles(figures.draw(PaperFigure.CONTEXTS, grid()));
    List<String> patches = tiles(figures.draw(PaperFigure.PATCHES, grid()));

    assertEquals(8, contexts.size(), "four layers of each tower");
    assertEquals(2 * 4, patches.size(), "image and three maps of each picture");
    assertTrue(said.stream().noneMatch(line -> line.contains("winclip")), said::toString);
  }

  @Test
  void theWorstCasesSayWhatIsWrong() throws Exception {
    Drawn drawn =
        figures("worst", new FigureChoice(List.of(), 2, 3))
            .draw(PaperFigure.WORST, DrawnParts.grid(data, Variant.of(Method.WINCLIP)));

    String text = svg(drawn.files().get(0)).getTextContent();
    assertTrue(text.contains("binary map and ground truth overlap by"), text);
    assertTrue(drawn.caption().contains("up to 2 good pictures"), drawn.caption());
  }

  @Test
  void picturesCanBeNamed() throws Exception {
    Path image = data.root().resolve("nut/test/good/001.png");
    Variant winclip = Variant.of(Method.WINCLIP);

    Drawn drawn =
        figures("named", new FigureChoice(List.of(image), 1, 3))
            .draw(PaperFigure.MAPS, DrawnParts.grid(data, winclip));

    assertEquals(4, tiles(drawn).size());
    assertTrue(svg(drawn.files().get(0)).getTextContent().contains("nut/test/good/001.png"));
    Path other = data.root().resolve("nut/train/good/good_000.png");
    InputException fault =
        assertThrows(
            InputException.class,
            () ->
                figures("named", new FigureChoice(List.of(other), 1, 3))
                    .draw(PaperFigure.MAPS, DrawnParts.grid(data, winclip)));
    assertTrue(fault.getMessage().contains("is no test picture"), fault.getMessage());
  }

  @Test
  void whatCannotBeShownIsToldInALine() {
    Variant winclip = Variant.of(Method.WINCLIP);
    Grid remembering = DrawnParts.grid(data, winclip);

    for (PaperFigure figure :
        List.of(PaperFigure.MAPS_VISA, PaperFigure.CONTEXTS, PaperFigure.PATCHES)) {
      InputException fault =
          assertThrows(
              InputException.class, () -> figures("none", usual()).draw(figure, remembering));
      assertTrue(fault.getMessage().startsWith("figure " + figure.number()), fault.getMessage());
      assertEquals(1, fault.getMessage().lines().count());
    }
    FigureChoice deep = new FigureChoice(List.of(), 1, 5);
    InputException fault =
        assertThrows(
            InputException.class, () -> figures("none", deep).draw(PaperFigure.PATCHES, grid()));
    assertTrue(fault.getMessage().contains("has 4 layers"), fault.getMessage());
    assertThrows(InputException.class, () -> new FigureChoice(List.of(), 0, 3));
    assertThrows(InputException.class, () -> new FigureChoice(List.of(), 1, 0));
  }
}
