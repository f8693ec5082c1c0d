package io.github.anople.benchmark.spark;

import io.github.anople.benchmark.Benchmark;
import io.github.anople.benchmark.BenchmarkListener;
import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellResult;
import io.github.anople.benchmark.CellRunner;
import io.github.anople.benchmark.CellSettings;
import io.github.anople.benchmark.FittedOn;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.GridData;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.Variant;
import io.github.anople.benchmark.baseline.TorchCells;
import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import io.github.anople.core.open.OpenSettings;
import io.github.anople.torch.engine.Precision;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A grid that runs in seconds, on a random backbone and drawn parts. */
final class TinyGrid {

  /** What tests ask of Spark besides. */
  static final Map<String, String> ON_LOOPBACK =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.driver.bindAddress", "127.0.0.1",
          "spark.driver.host", "127.0.0.1");

  static final SparkHome NO_HOME = new SparkHome(Optional.empty(), Optional.empty());

  private static final Path BACKBONE = Fixtures.golden("tiny_clip");

  private TinyGrid() {}

  static LoadedBackbone backbone() {
    return LoadedBackbone.open(BACKBONE, Precision.FP32);
  }

  /** How executors are to make their runners. */
  static CellSettings settings(TorchCells here, String precision) {
    return here.settings(
        new OpenSettings(
            Optional.of(BACKBONE.toString()),
            precision,
            "cpu",
            Optional.empty(),
            OptionalInt.empty()));
  }

  static Path draw(Path root) {
    for (String category : List.of("nut", "bolt")) {
      Path one = root.resolve(category);
      SyntheticParts.writeGood(one.resolve("train/good"), 2);
      SyntheticParts.writeGood(one.resolve("test/good"), 2);
      SyntheticParts.write(one.resolve("test/bent/000.png"), SyntheticParts.scratched(1));
    }
    return root;
  }

  static GridData data(String name, Path root) {
    return new GridData(name, GridData.Layout.MVTEC, root, List.of());
  }

  /** One trained cell and two of a memory for each data set and seed. */
  static Grid grid(List<Long> seeds, GridData... data) {
    return new Grid(
        "tiny",
        Optional.empty(),
        List.of(data),
        List.of(1),
        seeds,
        List.of(
            new Variant("anople", Method.ANOPLE, FittedOn.ALL, "{\"epochs\": 2}"),
            Variant.of(Method.MEMORY)));
  }

  static Ear run(Path folder, CellRunner runner, Grid grid) throws InterruptedException {
    Ear ear = new Ear();
    new Benchmark(folder, runner, ear, 4).run(grid);
    return ear;
  }

  static String tables(Path folder) throws IOException {
    return Files.readString(folder.resolve("results.csv"))
        + Files.readString(folder.resolve("tables.md"));
  }

  static String thresholds(Path folder) throws IOException {
    return Files.readString(folder.resolve("thresholds.csv"));
  }

  /** Hears what became of the cells. */
  static final class Ear implements BenchmarkListener {

    final List<Cell> finished = Collections.synchronizedList(new ArrayList<>());
    final List<String> faults = Collections.synchronizedList(new ArrayList<>());
    int before;

    @Override
    public void started(int cells, int finishedBefore) {
      before = finishedBefore;
    }

    @Override
    public void finished(Progress progress, Cell cell, CellResult result) {
      finished.add(cell);
    }

    @Override
    public void failed(Progress progress, Cell cell, RuntimeException fault) {
      faults.add(fault.getMessage());
    }
  }
}
