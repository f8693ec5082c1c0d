package io.github.anople.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.torch.config.TrainingConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class GridJsonTest {

  private static final Path BASE = Path.of("here");

  static final List<String> READY = ReadyGrids.NAMES;

  private static final String GOOD =
      """
      {
        "name": "mine",
        "data": [{"name": "parts", "layout": "mvtec", "root": "set", "categories": ["nut"]}],
        "shots": [1, 2],
        "seeds": [0, -5],
        "variants": [
          {"method": "memory"},
          {"method": "anople", "name": "no align", "fitted_on": "one",
           "settings": {"losses.align": "none"}}
        ]
      }
      """;

  private static Grid parse(String text) {
    return GridJson.parse(text, "my.json", BASE, Map.of());
  }

  @Test
  void aGridIsReadWithItsDefaults() {
    Grid grid = parse(GOOD);

    assertEquals(List.of(1, 2), grid.shots());
    assertEquals(List.of(0L, -5L), grid.seeds());
    assertEquals(Path.of("here/set"), grid.data().get(0).root());
    assertEquals(Variant.of(Method.MEMORY), grid.variants().get(0));
    assertEquals(
        new Variant("no align", Method.ANOPLE, FittedOn.ONE, "{\"losses.align\":\"none\"}"),
        grid.variants().get(1));
  }

  @Test
  void aVariantBeginsWithThePapersSettingsOrTheProgramsOwn() {
    assertEquals(Preset.PAPER, parse(GOOD).variants().get(0).preset());
    Grid usual =
        parse(
            GOOD.replace(
                "{\"method\": \"memory\"}", "{\"method\": \"memory\", \"preset\": \"usual\"}"));
    assertEquals(Preset.USUAL, usual.variants().get(0).preset());
    assertEquals(
        TrainingConfig.usual(), usual.variants().get(0).preset().settings(GridData.Layout.VISA));
    assertEquals(TrainingConfig.visa(), Preset.PAPER.settings(GridData.Layout.VISA));
    String wrong = GOOD.replace("\"fitted_on\"", "\"preset\": \"best\", \"fitted_on\"");
    assertTrue(
        assertThrows(InputException.class, () -> parse(wrong)).getMessage().contains("preset"));
  }

  @Test
  void aByteOrderMarkIsNoFault() {
    assertEquals(parse(GOOD), parse("\ufeff" + GOOD));
  }

  @Test
  void aFaultOfJsonIsToldByLineAndColumn() {
    InputException open = assertThrows(InputException.class, () -> parse("{\n  \"name\": \"x\"\n"));
    assertTrue(open.getMessage().contains("line 1, column 1"), open.getMessage());
    assertTrue(open.getMessage().contains("(line 3, column 1)"), open.getMessage());
    assertFalse(open.getMessage().contains("Source"), open.getMessage());
  }

  @Test
  void aFolderOnTheCommandLineGoesBeforeTheFiles() {
    Grid grid = GridJson.parse(GOOD, "my.json", BASE, Map.of("parts", Path.of("there")));

    assertEquals(Path.of("there"), grid.data().get(0).root());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "[1, 2];[];shots",
        "[1, 2];[1, 1];twice",
        "[1, 2];[-1];shots",
        "[1, 2];[99999999999];shots",
        "[1, 2];[1.5];whole number",
        "[1, 2];1;should be a list",
        "[0, -5];[];seeds",
        "\"memory\";\"patchwork\";'patchwork' is not a method, use one of anople",
        "\"mvtec\";\"mvtek\";layout 'mvtek'",
        "\"one\";\"some\";fitted_on 'some'",
        "{\"losses.align\": \"none\"};7;settings",
        "\"name\": \"mine\",;;name",
        "\"name\": \"mine\",;\"name\": \"mine\", \"sots\": 1,;sots",
        "\"no align\";\"memory\";twice",
        "\"no align\";\"\";empty name",
        "[\"nut\"];[3];should be text",
        "\"name\": \"mine\",;\"name\": \"mine\", \"metrics\": [\"image_f1_threshold\"],;none of",
        "\"variants\";\"name\";Duplicate field",
        "\"seeds\":;\"seeds\";is not JSON"
      })
  void aFaultIsNamedWithTheFileInOneLine(String from, String to, String expected) {
    String text = GOOD.replace(from, to == null ? "" : to);
    assertFalse(text.equals(GOOD), "nothing was changed");

    InputException fault = assertThrows(InputException.class, () -> parse(text));

    assertTrue(fault.getMessage().contains(expected), fault.getMessage());
    assertTrue(fault.getMessage().startsWith("my.json") || fault.getMessage().startsWith("grid"));
    assertEquals(1, fault.getMessage().lines().count());
  }

  @Test
  void withoutAFolderForAnyDataSetTheirNamesAreTold() {
    String homeless = GOOD.replace("\"root\": \"set\", ", "");

    InputException fault = assertThrows(InputException.class, () -> parse(homeless));

    assertTrue(fault.getMessage().contains("one of them (parts"), fault.getMessage());
  }

  @Test
  void aFolderForADataSetThatIsNotThereIsRefused() {
    InputException fault =
        assertThrows(
            InputException.class,
            () -> GridJson.parse(GOOD, "my.json", BASE, Map.of("visa", BASE)));

    assertTrue(fault.getMessage().contains("'visa'"), fault.getMessage());
    assertTrue(fault.getMessage().contains("parts"), fault.getMessage());
  }

  @Test
  void twoVariantsAtOnePlaceOfAPlotAreRefused() {
    String drawn =
        GOOD.replace(
                "\"shots\"",
                "\"plot\": {\"x\": \"losses.align\", \"x_label\": \"a\", \"series\": \"memory.k\"},"
                    + " \"shots\"")
            .replace(
                "{\"method\": \"memory\"}",
                "{\"method\": \"memory\", \"settings\": {\"losses.align\": \"none\"}}");
    assertEquals(2, parse(drawn).variants().size(), "a line each");
    String oneLine = drawn.replace(", \"series\": \"memory.k\"", "");

    InputException fault = assertThrows(InputException.class, () -> parse(oneLine));

    assertTrue(
        fault.getMessage().contains("'memory' and 'no align' at one place, 'none'"),
        fault.getMessage());
    assertEquals(1, fault.getMessage().lines().count());
  }

  /** Whoever makes a grid in Java is told at once, and not after all its runs. */
  @Test
  void aMetricThatHasNoMeanIsRefused() {
    Grid grid = parse(GOOD);

    InputException fault =
        assertThrows(
            InputException.class,
            () ->
                new Grid(
                    grid.name(),
                    grid.paper(),
                    List.of(Metric.AUPRO, Metric.IMAGE_F1_THRESHOLD),
                    grid.plot(),
                    grid.data(),
                    grid.shots(),
                    grid.seeds(),
                    grid.variants()));

    assertTrue(fault.getMessage().contains("image_f1_threshold"), fault.getMessage());
  }

  @Test
  void onlyMethodsThatCanDoWithoutShotsMayHaveNone() {
    String none = GOOD.replace("[1, 2]", "[0]");

    InputException fault = assertThrows(InputException.class, () -> parse(none));

    assertTrue(fault.getMessage().contains("needs shots"), fault.getMessage());
  }

  @Test
  void anyMutationIsReadOrRefusedInOneLine() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    int all = Fuzz.times("grid of a benchmark", 2000);
    for (int i = 0; i < all; i++) {
      StringBuilder text = new StringBuilder(GOOD);
      for (int change = random.nextInt(1, 4); change > 0; change--) {
        int at = random.nextInt(text.length());
        switch (random.nextInt(3)) {
          case 0 -> text.deleteCharAt(at);
          case 1 -> text.insert(at, (char) random.nextInt(1, 128));
          default -> text.setCharAt(at, "{}[],:\"0-9".charAt(random.nextInt(10)));
        }
      }
      try {
        parse(text.toString());
      } catch (InputException e) {
        assertEquals(1, e.getMessage().lines().count(), "seed " + seed + "\n" + text);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("READY")
  void everyReadyGridIsRead(String name) {
    Map<String, Path> roots = name.endsWith("visa") ? Map.of("visa", BASE) : Map.of("mvtec", BASE);

    Grid grid = GridJson.parse(ReadyGrids.json(name), name, BASE, roots);

    assertEquals(name, grid.name());
    assertEquals(1, grid.data().size(), "without a folder a data set is left out");
    grid.paper()
        .ifPresent(
            table ->
                assertFalse(
                    PaperFigures.read().table(table).figures().isEmpty(), "figures of " + table));
  }

  /** A ready-made grid is a way of comparing, on whatever data. */
  @Test
  void aReadyGridRunsOnOtherDataBesideItsOwn() {
    Grid grid =
        GridJson.ready(
            "table1",
            Map.of("visa", BASE, "mine", BASE.resolve("x")),
            Optional.of(GridData.Layout.BTAD));

    assertEquals(List.of("visa", "mine"), grid.data().stream().map(GridData::name).toList());
    assertEquals(GridData.Layout.VISA, grid.data().get(0).layout());
    assertEquals(GridData.Layout.BTAD, grid.data().get(1).layout());
    assertThrows(InputException.class, () -> GridJson.ready("table1", Map.of(), Optional.empty()));
  }

  @Test
  void aGridThatWasCalledOtherwiseIsFoundByThatNameToo() {
    assertEquals(ReadyGrids.json("table4"), ReadyGrids.json("state-word"));
    assertTrue(ReadyGrids.has("table1-visa"));
    assertFalse(ReadyGrids.has("table9"));
    ReadyGrids.NAMES.forEach(name -> assertFalse(ReadyGrids.title(name).equals(name), name));
  }

  /** The first version's tables are not of Real-IAD; what nobody knows may stand in all. */
  @ParameterizedTest
  @FieldSource("READY")
  void aTableConcernsTheDataSetsThatItsGridHas(String name) {
    assertEquals(
        ReadyGrids.json(name).contains("\"real-iad\""), ReadyGrids.concerns(name, "real-iad"));
    assertTrue(ReadyGrids.concerns(name, "mine") && ReadyGrids.concerns(name, "mvtec"));
  }

  @Test
  void metricsPlotAndWhatIsLeftOutAreRead() {
    Grid grid = GridJson.ready("figure5", Map.of("mvtec", BASE), Optional.empty());
    assertEquals("prompts.visual_context", grid.plot().orElseThrow().x());
    assertEquals(Optional.of("prompts.text_context"), grid.plot().orElseThrow().series());
    assertEquals(Grid.USUAL_METRICS, grid.metrics());
    Grid others = GridJson.ready("leave-one-out", Map.of("mvtec", BASE), Optional.empty());
    assertEquals(List.of(Metric.IMAGE_AUROC, Metric.AUPRO), others.metrics());
    assertEquals(FittedOn.OTHERS, others.variants().get(0).fittedOn());
    assertEquals(FittedOn.ALL, others.variants().get(1).fittedOn());
  }

  /** Each is tested on the one that its detector has not seen. */
  @Test
  void leavingOneOutFitsOnTheOthers() {
    List<FittedOn.Group> groups = FittedOn.OTHERS.groups(List.of("a", "b", "c"));

    assertEquals(
        List.of(
            new FittedOn.Group(List.of("b", "c"), List.of("a")),
            new FittedOn.Group(List.of("a", "c"), List.of("b")),
            new FittedOn.Group(List.of("a", "b"), List.of("c"))),
        groups);
  }

  @Test
  void changesOfACallAreAppliedAndChecked() {
    GridChanges changes =
        new GridChanges(
            List.of("bolt"),
            List.of(4),
            List.of(9L),
            List.of("no align"),
            Optional.of(Preset.USUAL),
            Map.of("optimizer.epochs", "10", "losses.align", "mean"));

    Grid grid = changes.of(parse(GOOD));

    assertEquals(List.of("bolt"), grid.data().get(0).categories());
    assertEquals(List.of(4), grid.shots());
    assertEquals(1, grid.variants().size());
    assertEquals(Preset.USUAL, grid.variants().get(0).preset());
    assertTrue(grid.variants().get(0).settings().contains("\"optimizer.epochs\":10"));
    assertTrue(grid.variants().get(0).settings().contains("\"losses.align\":\"mean\""));
    GridChanges unknown =
        new GridChanges(
            List.of(), List.of(), List.of(), List.of("magic"), Optional.empty(), Map.of());
    Grid whole = parse(GOOD);
    assertTrue(
        assertThrows(InputException.class, () -> unknown.of(whole))
            .getMessage()
            .contains("memory, no align"));
  }
}
