package io.github.anople.benchmark;

import io.github.anople.benchmark.plot.LinePlotSvg;
import io.github.anople.benchmark.plot.LinePlotTex;
import io.github.anople.core.AtomicFile;
import io.github.anople.core.InputException;
import io.github.anople.inspect.metric.Metric;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The files that tell a benchmark's results: {@code results.csv} (a row for each run and category,
 * metrics in [0, 1], empty where undefined), {@code tables.md} and {@code tables.tex}; and where
 * thresholds were asked for {@code thresholds.csv} and {@code thresholds.md}; where the grid is
 * drawn {@code plot.svg} and {@code plot.tex}. They hold no times, so that equal runs write equal
 * files.
 *
 * @param folder where they go
 */
record ResultFiles(Path folder) {

  private static final String LINE_END = "\r\n";

  void write(Results results) {
    write("results.csv", csv(results));
    ThresholdTable thresholds = new ThresholdTable(results);
    if (!thresholds.isEmpty()) {
      write("thresholds.csv", csv(thresholds));
      write("thresholds.md", thresholds.table().toMarkdown());
    } else {
      // Those of an earlier call would not belong to the new results.
      remove("thresholds.csv");
      remove("thresholds.md");
    }
    results
        .chart()
        .ifPresentOrElse(
            chart -> {
              write("plot.svg", LinePlotSvg.of(chart));
              write("plot.tex", LinePlotTex.of(chart));
            },
            () -> {
              remove("plot.svg");
              remove("plot.tex");
            });
    List<Table> tables = results.tables();
    write("tables.md", tables.stream().map(Table::toMarkdown).collect(Collectors.joining("\n")));
    write("tables.tex", tables.stream().map(Table::toLatex).collect(Collectors.joining("\n")));
  }

  private void write(String name, String text) {
    AtomicFile.write(folder.resolve(name), out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private void remove(String name) {
    Path file = folder.resolve(name);
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new InputException(
          file, "is left from an earlier run and cannot be removed (" + e + ")", "remove it", e);
    }
  }

  /** As RFC 4180 says; numbers with the digits that give them back. */
  static String csv(Results results) {
    List<String> header =
        new ArrayList<>(
            List.of(
                "data",
                "variant",
                "method",
                "encoder",
                "fitted_on",
                "shots",
                "seed",
                "category",
                "good",
                "defective"));
    for (Metric metric : Metric.values()) {
      header.add(metric.id());
    }
    StringBuilder text = new StringBuilder(String.join(",", header)).append(LINE_END);
    for (Cell cell : results.cells()) {
      CellResult result = results.finished().get(cell);
      if (result != null) {
        String encoder = results.encoders().getOrDefault(cell, "");
        result
            .categories()
            .forEach(measured -> text.append(row(cell, encoder, measured)).append(LINE_END));
      }
    }
    return text.toString();
  }

  static String csv(ThresholdTable thresholds) {
    StringBuilder text = new StringBuilder();
    text.append(String.join(",", ThresholdTable.csvHeader())).append(LINE_END);
    for (ThresholdTable.Row row : thresholds.rows()) {
      List<String> fields = ThresholdTable.csvRow(row).stream().map(ResultFiles::quoted).toList();
      text.append(String.join(",", fields)).append(LINE_END);
    }
    return text.toString();
  }

  private static String row(Cell cell, String encoder, CellResult.Measured measured) {
    List<String> fields = new ArrayList<>();
    fields.add(quoted(cell.data().name()));
    fields.add(quoted(cell.variant().name()));
    fields.add(cell.variant().method().id());
    fields.add(quoted(encoder));
    fields.add(cell.variant().fittedOn().id());
    fields.add(Integer.toString(cell.shots()));
    fields.add(Long.toString(cell.seed()));
    fields.add(quoted(measured.category()));
    fields.add(Integer.toString(measured.good()));
    fields.add(Integer.toString(measured.defective()));
    for (Metric metric : Metric.values()) {
      Double value = measured.metrics().values().get(metric);
      fields.add(value == null ? "" : value.toString());
    }
    return String.join(",", fields);
  }

  /** A spreadsheet must not take a name for a formula. */
  private static String quoted(String name) {
    String safe = !name.isEmpty() && "=+-@\t\r".indexOf(name.charAt(0)) >= 0 ? "'" + name : name;
    return safe.chars().anyMatch(c -> ",\"\r\n".indexOf(c) >= 0)
        ? '"' + safe.replace("\"", "\"\"") + '"'
        : safe;
  }
}
