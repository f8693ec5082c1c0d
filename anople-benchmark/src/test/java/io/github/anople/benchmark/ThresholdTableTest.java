package io.github.anople.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.decide.Calibration;
import io.github.anople.inspect.evaluate.ThresholdQuality;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ThresholdTableTest {

  private static final GridData DATA =
      new GridData("parts", GridData.Layout.MVTEC, Path.of("parts"), List.of());
  private static final Variant ANOPLE = Variant.of(Method.ANOPLE);

  @TempDir Path folder;

  private static Calibration conformal(float threshold) {
    return new Calibration(
        Calibration.Kind.CONFORMAL, threshold, 0.5f, 0.1f, 0.01, 99, Optional.of(0.01));
  }

  private static CellResult result(Calibration calibration) {
    ThresholdQuality quality =
        ThresholdQuality.of(
            calibration, new double[] {0.1, 0.2, 0.3, 0.4}, new double[] {0.35, 0.6});
    return new CellResult(
        List.of(
            new CellResult.Measured("nut", new MetricTable(Map.of(Metric.IMAGE_AUROC, 0.9)), 4, 2)),
        List.of(),
        List.of(new ThresholdResult("nut", quality)));
  }

  private static Results results() {
    Cell first = new Cell(DATA, ANOPLE, List.of("nut"), 1, 0);
    Cell second = new Cell(DATA, ANOPLE, List.of("nut"), 1, 1);
    Map<Cell, CellResult> finished = new LinkedHashMap<>();
    finished.put(first, result(conformal(0.5f)));
    finished.put(second, result(conformal(0.3f)));
    Grid grid =
        new Grid(
            "mine", Optional.empty(), List.of(DATA), List.of(1), List.of(0L, 1L), List.of(ANOPLE));
    return new Results(grid, List.of(first, second), finished);
  }

  @Test
  void seedsAndTheirMeanStandBesidePromiseAndBest() {
    String table = new ThresholdTable(results()).table().toMarkdown();
    List<String> rows = table.lines().filter(line -> line.contains("nut")).toList();
    assertEquals(
        List.of(
            "| parts | anople | 1 | nut | conformal | 0 | 1.0 | 0.0 | 50.0 | 66.7 | 80.0 |",
            "| parts | anople | 1 | nut | conformal | 1 | 1.0 | 25.0 | 100.0 | 80.0 | 80.0 |",
            "| parts | anople | 1 | nut | conformal | mean | 1.0 | 12.5 | 75.0 | 73.3 | 80.0 |"),
        rows);
  }

  @Test
  void theFilesAreWrittenWhereThereAreThresholds() throws IOException {
    new ResultFiles(folder).write(results());
    List<String> csv = Files.readAllLines(folder.resolve("thresholds.csv"));
    assertEquals(3, csv.size());
    assertTrue(
        csv.get(1).startsWith("parts,anople,1,0,nut,conformal,99,0.5,0.01,0.01,0.0,0.5,0.66"),
        csv::toString);
    assertTrue(Files.readString(folder.resolve("thresholds.md")).contains("F1-max"));
  }

  @Test
  void aFinishedCellGivesItsThresholdsBack() {
    Cell cell = results().cells().get(1);
    CellFiles files = new CellFiles(folder, cell, "{}", "print");
    files.start();
    CellResult written = result(conformal(0.3f));
    files.finish(written, 1);
    assertEquals(Optional.of(written), files.finished());
  }
}
