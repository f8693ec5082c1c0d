package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Every grid and figure, end to end, on drawn parts and a tiny backbone. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholePaperTest {

  private static final List<String> GRIDS =
      List.of(
          "table1",
          "table2",
          "table3",
          "table4",
          "table5",
          "figure5",
          "figure6",
          "figure7",
          "revision",
          "revision-ablations",
          "leave-one-out");

  @TempDir private static Path folder;

  /** What the whole run told meanwhile. */
  private static String said;

  @BeforeAll
  static void drawDataSet() {
    for (String category : List.of("nut", "bolt")) {
      Path one = folder.resolve("set").resolve(category);
      SyntheticParts.writeGood(one.resolve("train/good"), 1);
      SyntheticParts.writeGood(one.resolve("test/good"), 1);
      SyntheticParts.write(one.resolve("test/bent/000.png"), SyntheticParts.scratched(1));
      SyntheticParts.write(
          one.resolve("ground_truth/bent/000_mask.png"), SyntheticParts.scratched(2));
    }
  }

  private static CommandRun all(String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "benchmark",
                "all",
                "--root",
                "mvtec=" + folder.resolve("set"),
                "--backbone",
                Fixtures.golden("tiny_clip").toString(),
                "--compute",
                "fp32",
                "--shots",
                "1",
                "--seeds",
                "0",
                "--set",
                "optimizer.epochs=1",
                "--output",
                folder.resolve("paper").toString()));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static String report(String name) throws IOException {
    return Files.readString(folder.resolve("paper").resolve(name));
  }

  @Test
  @Order(1)
  void aForecastRunsNothing() throws Exception {
    CommandRun run = all("--dry-run");

    assertEquals(0, run.code(), run.err());
    assertTrue(
        run.out().matches("[0-9]+ runs to do; about [0-9].* on this computer.*\\R"), run.out());
    assertFalse(Files.exists(folder.resolve("paper/table1")));
  }

  @Test
  @Order(2)
  void everyGridIsRunAndStandsInTheReport() throws Exception {
    CommandRun run = all();
    said = run.err();

    assertEquals(0, run.code(), run.err());
    for (String grid : GRIDS) {
      String csv = report(grid + "/results.csv");
      assertTrue(csv.lines().count() > 2, grid);
      assertFalse(
          Pattern.compile(",,(all|one|others),").matcher(csv).find(),
          "every row tells its encoder: " + grid);
    }
    for (String plot : List.of("figure5", "figure6", "figure7")) {
      assertTrue(report(plot + "/plot.svg").startsWith("<svg"), plot);
      assertTrue(report(plot + "/plot.tex").contains("\\addplot"), plot);
    }
    for (String figure : List.of("figure3", "figure8", "figure9", "figure11", "figure12")) {
      assertTrue(Files.exists(folder.resolve("paper/figures/" + figure + ".svg")), figure);
    }
    String markdown = report("report.md");
    assertEquals(markdown, run.out());
    for (String title :
        List.of("## Table 1:", "## Table 5:", "## Figure 6:", "## Figure 12:", "## Revision:")) {
      assertTrue(markdown.contains(title), title);
    }
    assertTrue(markdown.contains("| paper |"), "ours beside the paper's");
    assertTrue(report("report.html").contains("data:image/svg+xml;base64,"));
    assertTrue(report("report.tex").contains("\\input{figure5/plot.tex}"));
    assertTrue(report("report.tex").contains("\\graphicspath{"));
  }

  /** The paper's usual settings are a row of many tables, under many names. */
  @Test
  @Order(3)
  void whatSeveralTablesShareIsRunOnce() throws Exception {
    long runs = said.lines().filter(line -> line.matches("\\[[0-9/]+] .*: image AUROC .*")).count();
    long rows;
    try (Stream<Path> files = Files.walk(folder.resolve("paper"))) {
      rows = files.filter(file -> file.endsWith("result.json")).count();
    }

    assertTrue(runs > 0 && runs < rows, runs + " runs for " + rows + " results");
    assertTrue(said.contains(runs + " runs to do"), said);
  }

  @Test
  @Order(4)
  void calledAgainItHasNothingToDoAndWritesTheSame() throws Exception {
    String before = report("report.html");

    CommandRun run = all();

    assertEquals(0, run.code(), run.err());
    assertTrue(run.err().contains("0 runs to do"), run.err());
    assertFalse(run.err().contains("training"), run.err());
    assertEquals(before, report("report.html"));
  }

  /** Nothing of this computer or of today stands in a report. */
  @Test
  @Order(5)
  void reportsHoldNoPlaces() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("paper"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertFalse(
            Files.readString(file).contains(folder.toString()), file.getFileName().toString());
      }
    }
  }
}
