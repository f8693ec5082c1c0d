package io.github.anople.benchmark;

import io.github.anople.inspect.evaluate.ThresholdQuality;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * What thresholds from good pictures alone are worth: false alarms that came against those that
 * were promised or aimed at, and F1 against the best that any threshold reaches.
 */
final class ThresholdTable {

  /** One row of the CSV: a threshold of a run. */
  record Row(Cell cell, ThresholdResult result) {}

  private final List<Row> rows = new ArrayList<>();

  ThresholdTable(Results results) {
    for (Cell cell : results.cells()) {
      CellResult result = results.finished().get(cell);
      if (result != null) {
        result.thresholds().forEach(one -> rows.add(new Row(cell, one)));
      }
    }
  }

  boolean isEmpty() {
    return rows.isEmpty();
  }

  List<Row> rows() {
    return rows;
  }

  static List<String> csvHeader() {
    return List.of(
        "data",
        "variant",
        "shots",
        "seed",
        "category",
        "origin",
        "pictures",
        "threshold",
        "target_false_alarm",
        "promised_false_alarm",
        "false_alarm_rate",
        "recall",
        "f1",
        "f1_max");
  }

  static List<String> csvRow(Row row) {
    Cell cell = row.cell();
    ThresholdQuality quality = row.result().quality();
    return List.of(
        cell.data().name(),
        cell.variant().name(),
        Integer.toString(cell.shots()),
        Long.toString(cell.seed()),
        row.result().category(),
        quality.calibration().kind().id(),
        Integer.toString(quality.calibration().images()),
        Float.toString(quality.calibration().imageThreshold()),
        Double.toString(quality.calibration().targetFalseAlarm()),
        quality.calibration().promised().map(Object::toString).orElse(""),
        text(quality.falseAlarmRate()),
        text(quality.recall()),
        text(quality.f1()),
        text(quality.f1Max()));
  }

  private static String text(OptionalDouble value) {
    return value.isPresent() ? Double.toString(value.getAsDouble()) : "";
  }

  /** Each seed, and the mean over them, for each data set, variant, shots, category and origin. */
  Table table() {
    Map<List<Object>, List<Row>> groups = new LinkedHashMap<>();
    for (Row row : rows) {
      List<Object> key =
          List.of(
              row.cell().data().name(),
              row.cell().variant().name(),
              row.cell().shots(),
              row.result().category(),
              row.result().quality().calibration().kind().id());
      groups.computeIfAbsent(key, any -> new ArrayList<>()).add(row);
    }
    List<List<String>> lines = new ArrayList<>();
    groups.forEach(
        (key, members) -> {
          members.forEach(
              row -> lines.add(line(key, Long.toString(row.cell().seed()), List.of(row))));
          if (members.size() > 1) {
            lines.add(line(key, "mean", members));
          }
        });
    return new Table(
        "Thresholds from good pictures alone, in percent",
        List.of(
            "data set",
            "variant",
            "shots",
            "category",
            "threshold",
            "seed",
            "promised",
            "false alarms",
            "recall",
            "F1",
            "F1-max"),
        lines);
  }

  private static List<String> line(List<Object> key, String seed, List<Row> rows) {
    List<String> line = new ArrayList<>();
    key.forEach(part -> line.add(part.toString()));
    line.add(seed);
    line.add(percent(rows, ThresholdTable::promised));
    line.add(percent(rows, ThresholdQuality::falseAlarmRate));
    line.add(percent(rows, ThresholdQuality::recall));
    line.add(percent(rows, ThresholdQuality::f1));
    line.add(percent(rows, ThresholdQuality::f1Max));
    return line;
  }

  private static OptionalDouble promised(ThresholdQuality quality) {
    return quality.calibration().promised().map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  private static String percent(List<Row> rows, Function<ThresholdQuality, OptionalDouble> what) {
    OptionalDouble mean =
        rows.stream()
            .map(row -> what.apply(row.result().quality()))
            .filter(OptionalDouble::isPresent)
            .mapToDouble(OptionalDouble::getAsDouble)
            .average();
    return mean.isPresent()
        ? String.format(Locale.ROOT, "%.1f", 100 * mean.getAsDouble())
        : Numbers.ABSENT;
  }
}
