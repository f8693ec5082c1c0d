package io.github.anople.benchmark.spark;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.FittedOn;
import io.github.anople.benchmark.GridData;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.Preset;
import io.github.anople.benchmark.Variant;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.List;

/**
 * A cell in words and numbers. The root is absolute: executors have working folders of their own.
 */
record SentCell(
    String data,
    GridData.Layout layout,
    String root,
    String variant,
    Method method,
    FittedOn fittedOn,
    Preset preset,
    String settings,
    List<String> fitted,
    List<String> categories,
    int shots,
    long seed)
    implements Serializable {

  static SentCell of(Cell cell) {
    GridData data = cell.data();
    Variant variant = cell.variant();
    return new SentCell(
        data.name(),
        data.layout(),
        data.root().toAbsolutePath().toString(),
        variant.name(),
        variant.method(),
        variant.fittedOn(),
        variant.preset(),
        variant.settings(),
        cell.fitted(),
        cell.categories(),
        cell.shots(),
        cell.seed());
  }

  Cell toCell() {
    return new Cell(
        new GridData(data, layout, Path.of(root), List.of()),
        new Variant(variant, method, fittedOn, preset, settings),
        fitted,
        categories,
        shots,
        seed);
  }
}
