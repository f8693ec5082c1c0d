package io.github.anople.benchmark.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.benchmark.CellRunner;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.baseline.TorchCells;
import io.github.anople.benchmark.command.BenchmarkSubcommand;
import io.github.anople.core.Fixtures;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class SparkCommandTest {

  @TempDir static Path folder;

  private final StringWriter words = new StringWriter();

  @BeforeAll
  static void draw() {
    TinyGrid.draw(folder.resolve("set"));
  }

  private int command(String output, String... more) {
    List<String> arguments = new ArrayList<>(List.of("--root", folder.resolve("set").toString()));
    arguments.addAll(List.of("--backbone", Fixtures.golden("tiny_clip").toString()));
    arguments.addAll(List.of("--compute", "fp32", "--set", "optimizer.epochs=2"));
    arguments.addAll(List.of("--variant", "anople,memory", "--seeds", "3", "--thresholds"));
    arguments.addAll(List.of("--target-false-alarm", "0.5", "--output", output));
    arguments.addAll(List.of(more));
    return new CommandLine(new BenchmarkSubcommand().command())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setOut(new PrintWriter(new StringWriter()))
        .setErr(new PrintWriter(words, true))
        .execute(arguments.toArray(String[]::new));
  }

  @Test
  void itWritesWhatItWritesWithoutSpark() throws IOException {
    String here = folder.resolve("here").toString();
    String there = folder.resolve("there").toString();
    List<String> spark = new ArrayList<>(List.of("--spark", "local[2]"));
    TinyGrid.ON_LOOPBACK.forEach((name, value) -> spark.add("--spark-conf=" + name + "=" + value));
    assertEquals(0, command(here), words::toString);

    int code = command(there, spark.toArray(String[]::new));

    assertEquals(0, code, words::toString);
    assertEquals(TinyGrid.tables(Path.of(here)), TinyGrid.tables(Path.of(there)));
    assertEquals(TinyGrid.thresholds(Path.of(here)), TinyGrid.thresholds(Path.of(there)));
  }

  @Test
  void whereSparkHasEndedEachRunSaysSoInOneLine() throws InterruptedException {
    SparkCluster cluster = SparkCluster.start("local[1]", TinyGrid.ON_LOOPBACK, TinyGrid.NO_HOME);
    cluster.spark().stop();
    Grid grid = TinyGrid.grid(List.of(0L), TinyGrid.data("parts", folder.resolve("set")));
    try (LoadedBackbone backbone = TinyGrid.backbone()) {
      TorchCells here = new TorchCells(backbone);
      CellRunner there = cluster.runner(here, TinyGrid.settings(here, "fp32"));

      TinyGrid.Ear ear = TinyGrid.run(folder.resolve("ended"), there, grid);

      assertEquals(3, ear.faults.size());
      for (String fault : ear.faults) {
        assertTrue(fault.startsWith("Spark: has ended ("), fault);
        assertEquals(1, fault.lines().count(), fault);
      }
    }
  }

  @Test
  void whatIsNoSettingOfSparkIsRefused() {
    assertEquals(1, command("refused", "--spark", "local", "--spark-conf", "cores=2"));

    assertTrue(words.toString().contains("'cores' is not a setting of Spark"), words::toString);
  }

  @Test
  void aSettingOfSparkTakesSpark() {
    assertEquals(1, command("refused", "--spark-conf", "spark.cores.max=2"));

    assertTrue(words.toString().contains("--spark-conf: is of no use alone"), words::toString);
  }
}
