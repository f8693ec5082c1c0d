package io.github.anople.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TablesTest {

  private static final GridData DATA =
      new GridData("mvtec", GridData.Layout.MVTEC, Path.of("x"), List.of());
  private static final Variant ANOPLE = Variant.of(Method.ANOPLE);
  private static final Variant MEMORY = Variant.of(Method.MEMORY);
  private static final List<String> CATEGORIES = List.of("metal_nut", "a|b");

  private static Grid grid(Optional<String> paper) {
    return new Grid(
        "mine", paper, List.of(DATA), List.of(1), List.of(0L, 1L), List.of(ANOPLE, MEMORY));
  }

  /** AnoPLe has all; of the memory's runs one is missing, and one has no pixel metric. */
  private static Results results(Optional<String> paper) {
    List<Cell> cells = new ArrayList<>();
    Map<Cell, CellResult> finished = new LinkedHashMap<>();
    for (long seed = 0; seed < 2; seed++) {
      Cell together = new Cell(DATA, ANOPLE, CATEGORIES, 1, seed);
      cells.add(together);
      finished.put(
          together,
          new CellResult(
              List.of(
                  measured("metal_nut", 0.9 + 0.02 * seed, 0.95),
                  measured("a|b", 0.8, 0.85 - 0.04 * seed)),
              List.of()));
      for (String category : CATEGORIES) {
        Cell one = new Cell(DATA, MEMORY, List.of(category), 1, seed);
        cells.add(one);
        if (seed == 0 || category.equals("metal_nut")) {
          finished.put(
              one,
              new CellResult(
                  List.of(measured(category, 0.7, category.equals("a|b") ? -1 : 0.6)), List.of()));
        }
      }
    }
    return new Results(grid(paper), cells, finished);
  }

  private static CellResult.Measured measured(String category, double image, double pixel) {
    return new CellResult.Measured(
        category,
        new MetricTable(
            pixel < 0
                ? Map.of(Metric.IMAGE_AUROC, image)
                : Map.of(Metric.IMAGE_AUROC, image, Metric.PIXEL_AUROC, pixel)),
        3,
        4);
  }

  @Test
  void meansDeviationsGapsAndThePapersFiguresStandInMarkdown() {
    List<Table> tables = new Tables(results(Optional.of("table1")), PaperFigures.read()).all();

    assertEquals(
        """
        ### mine: image / pixel AUROC in %, mean over categories, ± over seeds

        | variant | mvtec, 1 shot | paper |
        |---|---:|---:|
        | anople | 85.5 ± 0.7 / 89.0 ± 1.4 | 94.1 / 95.3 |
        | memory | 70.0 / 60.0 (1 of 2 seeds, pixel: 1 of 2 categories) | – |
        | promptad | – | 94.6 / 95.9 |
        | winclip | – | 93.1 / 95.2 |
        | patchcore | – | 83.4 / 92.0 |
        | padim | – | 76.6 / 89.3 |
        | spade | – | 81.0 / 91.2 |
        | AnomalyGPT | – | 94.1 / 95.3 |
        """,
        tables.get(0).toMarkdown().split("\n\\* ", 2)[0]);
    assertEquals(
        """
        ### mvtec, 1 shot: image / pixel AUROC in %, class by class

        | category | anople | memory |
        |---|---:|---:|
        | metal\\_nut | 91.0 ± 1.4 / 95.0 ± 0.0 | 70.0 ± 0.0 / 60.0 ± 0.0 |
        | a\\|b | 80.0 ± 0.0 / 83.0 ± 2.8 | 70.0 / – (1 of 2 seeds) |
        | mean | 85.5 ± 0.7 / 89.0 ± 1.4 | 70.0 / 60.0 (1 of 2 seeds, pixel: 1 of 2 categories) |
        """,
        tables.get(2).toMarkdown());
  }

  /** Whose figures they are, and why a method stands there without results of its own. */
  @Test
  void aTableNamesTheSourcesOfItsFigures() {
    List<String> notes =
        new SummaryTable(results(Optional.of("table1")), PaperFigures.read()).table().notes();

    assertTrue(notes.get(0).startsWith("Paper, anople, promptad: AnoPLe, arXiv"), notes.get(0));
    assertTrue(notes.get(1).startsWith("Paper, winclip, patchcore, padim, spade: "), notes.get(1));
    assertEquals(
        "AnomalyGPT is quoted and not run: it asks a large language model, and is trained on one"
            + " data set and tested on the other.",
        notes.get(notes.size() - 1));
    assertEquals(4, notes.size(), "nothing of figures that are not shown");
  }

  /** A table compares methods: it says what each sees with. */
  @Test
  void aColumnTellsTheEncoders() {
    Results plain = results(Optional.empty());
    Map<Cell, String> encoders = new HashMap<>();
    plain
        .cells()
        .forEach(cell -> encoders.put(cell, cell.variant().equals(ANOPLE) ? "mini" : "trunk"));
    Results told = new Results(plain.grid(), plain.cells(), plain.finished(), encoders);

    Table table = new SummaryTable(told, PaperFigures.read()).table();

    assertEquals(List.of("variant", "encoder", "mvtec, 1 shot"), table.header());
    assertEquals("mini", table.rows().get(0).get(1));
    assertEquals("trunk", table.rows().get(1).get(1));
    assertTrue(ResultFiles.csv(told).contains("mvtec,anople,anople,mini,all,1,0,metal_nut"));
  }

  @Test
  void aGridChoosesWhatItsSummaryShows() {
    Results plain = results(Optional.of("revision"));
    Grid grid = plain.grid();
    Grid other =
        new Grid(
            "mine",
            grid.paper(),
            List.of(Metric.PIXEL_AUROC, Metric.AUPRO, Metric.IMAGE_AUROC),
            Optional.empty(),
            grid.data(),
            grid.shots(),
            grid.seeds(),
            grid.variants());

    Table table =
        new SummaryTable(new Results(other, plain.cells(), plain.finished()), PaperFigures.read())
            .table();

    assertEquals(
        "mine: pixel AUROC / AUPRO / image AUROC in %, mean over categories, ± over seeds",
        table.caption());
    assertEquals("89.0 ± 1.4 / – / 85.5 ± 0.7", table.rows().get(0).get(1));
    assertEquals("– / 90.8 / 94.5", table.rows().get(0).get(2));
  }

  @Test
  void aMetricThatSomeRowHasHasAColumnAndWhatIsUndefinedADash() {
    String table =
        new Tables(results(Optional.empty()), PaperFigures.read()).all().get(1).toMarkdown();

    assertTrue(table.contains("| variant | shots | image AUROC | pixel AUROC |\n"), table);
    assertTrue(table.contains("| anople | 1 | 85.5 ± 0.7 | 89.0 ± 1.4 |\n"), table);
  }

  @Test
  void partsHaveAColumnWhereImagesShowViewsOfThem() {
    Map<Metric, Double> views = Map.of(Metric.IMAGE_AUROC, 0.8, Metric.PART_AUROC, 0.875);
    String table = ofOneCell(DATA, new MetricTable(views)).get(1);

    assertTrue(table.contains("| variant | shots | image AUROC | part AUROC |\n"), table);
    assertTrue(table.contains("| memory | 1 | 80.0 | 87.5 |\n"), table);
  }

  @Test
  void whatTheOtherDataSetLacksIsNoColumnOfThis() {
    List<String> tables = ofOneCell(DATA, new MetricTable(Map.of(Metric.AUPRO, 0.5)));

    assertTrue(tables.get(1).contains("| variant | shots | AUPRO |\n"), tables.get(1));
    assertTrue(tables.get(2).contains("| variant | shots |\n"), tables.get(2));
  }

  /** The tables of one finished run of a data set, and of another one that has none. */
  private static List<String> ofOneCell(GridData data, MetricTable metrics) {
    GridData other = new GridData("other", GridData.Layout.VISA, Path.of("y"), List.of());
    Grid grid =
        new Grid(
            "mine",
            Optional.empty(),
            List.of(data, other),
            List.of(1),
            List.of(0L),
            List.of(MEMORY));
    Cell cell = new Cell(data, MEMORY, List.of("usb"), 1, 0);
    CellResult result =
        new CellResult(List.of(new CellResult.Measured("usb", metrics, 3, 4)), List.of());
    return new Tables(new Results(grid, List.of(cell), Map.of(cell, result)), PaperFigures.read())
        .all().stream().map(Table::toMarkdown).toList();
  }

  @Test
  void withoutThePaperThereIsNoColumnOfIt() {
    String table =
        new Tables(results(Optional.empty()), PaperFigures.read()).all().get(0).toMarkdown();

    assertTrue(table.contains("| variant | mvtec, 1 shot |\n"), table);
    assertTrue(!table.contains("promptad"), table);
  }

  @Test
  void latexIsEscaped() {
    Table table =
        new Table("100 % of a_b", List.of("x", "y & z"), List.of(List.of("$1#{~^\\", "1 ± 2 –")));

    assertEquals(
        """
        \\begin{table}
          \\centering
          \\caption{100 \\% of a\\_b}
          \\begin{tabular}{lr}
            \\toprule
            x & y \\& z \\\\
            \\midrule
            \\$1\\#\\{\\textasciitilde{}\\textasciicircum{}\\textbackslash{} & 1 $\\pm$ 2 -- \\\\
            \\bottomrule
          \\end{tabular}
        \\end{table}
        """,
        table.toLatex());
  }

  @Test
  void theCsvHasARowForEachRunAndCategory() {
    List<String> lines = ResultFiles.csv(results(Optional.empty())).lines().toList();

    assertEquals(
        "data,variant,method,encoder,fitted_on,shots,seed,category,good,defective,image_auroc,image_ap,"
            + "image_f1_max,image_f1_threshold,pixel_auroc,pixel_ap,aupro,aupro_0.05,part_auroc",
        lines.get(0));
    assertEquals("mvtec,anople,anople,,all,1,0,metal_nut,3,4,0.9,,,,0.95,,,,", lines.get(1));
    assertEquals("mvtec,memory,memory,,one,1,0,a|b,3,4,0.7,,,,,,,,", lines.get(4));
    assertEquals(1 + 4 + 3, lines.size());
  }

  @Test
  void aNameIsNoFormula() {
    GridData data = new GridData("=cmd", GridData.Layout.MVTEC, Path.of("x"), List.of());
    Cell cell = new Cell(data, MEMORY, List.of("a,\"b\""), 1, 0);
    Grid grid =
        new Grid("mine", Optional.empty(), List.of(data), List.of(1), List.of(0L), List.of(MEMORY));
    CellResult result = new CellResult(List.of(measured("a,\"b\"", 0.5, 0.5)), List.of());

    String row =
        ResultFiles.csv(new Results(grid, List.of(cell), Map.of(cell, result)))
            .lines()
            .toList()
            .get(1);

    assertTrue(row.startsWith("'=cmd,memory,memory,,one,1,0,\"a,\"\"b\"\"\","), row);
  }

  /** Files and folders are the same in every country. */
  @Test
  void digitsAreThoseOfTheFormatAndNotOfTheCountry() {
    Results results = results(Optional.empty());
    String here = words(results);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertEquals(here, words(results));
    } finally {
      Locale.setDefault(before);
    }
    assertTrue(here.contains("(1 of 2 seeds") && here.contains("1 of 2 categories"), here);
  }

  private static String words(Results results) {
    StringBuilder words = new StringBuilder();
    results.tables().forEach(table -> words.append(table.toMarkdown()));
    results.cells().forEach(cell -> words.append(cell.folder()).append(cell).append('\n'));
    return words.toString();
  }

  /** Behind an end of a row, [ and * would be its options. */
  @Test
  void aRowOfLatexMayBeginWithAnySign() {
    Table table =
        new Table("c", List.of("*", "x"), List.of(List.of("[a]", "[b]"), List.of(" *c", "")));

    List<String> lines = table.toLatex().lines().map(String::strip).toList();

    assertTrue(
        lines.containsAll(List.of("{}* & x \\\\", "{}[a] & [b] \\\\", "{} *c &  \\\\")),
        lines::toString);
  }
}
