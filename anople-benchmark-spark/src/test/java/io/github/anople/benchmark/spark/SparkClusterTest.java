package io.github.anople.benchmark.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.benchmark.CellRunner;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.baseline.TorchCells;
import io.github.anople.spark.StandaloneCluster;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.ExecutorLostFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** On two workers, whose executors are processes with nothing but what the job brings. */
class SparkClusterTest {

  @TempDir static Path folder;

  private static StandaloneCluster workers;
  private static SparkCluster cluster;
  private static LoadedBackbone backbone;
  private static TorchCells here;
  private static CellRunner there;
  private static Path set;
  private static Path temporary;

  @BeforeAll
  static void start() throws IOException {
    set = TinyGrid.draw(folder.resolve("set"));
    workers = StandaloneCluster.start(Files.createDirectory(folder.resolve("cluster")), 2, 1);
    Map<String, String> settings = new HashMap<>(workers.settings());
    temporary = Files.createDirectory(folder.resolve("temporary"));
    settings.put("spark.executor.extraJavaOptions", "-Djava.io.tmpdir=" + temporary);
    cluster = SparkCluster.start(workers.master(), settings, TinyGrid.NO_HOME);
    backbone = TinyGrid.backbone();
    here = new TorchCells(backbone);
    there = cluster.runner(here, TinyGrid.settings(here, "fp32"));
  }

  @AfterAll
  static void stop() {
    cluster.close();
    workers.close();
    backbone.close();
  }

  /** Kills the executor that was given a certain task, and counts the tasks that went with it. */
  private static final class Killer extends SparkListener {

    private final int victim;
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger lost = new AtomicInteger();

    Killer(int victim) {
      this.victim = victim;
    }

    @Override
    public void onTaskStart(SparkListenerTaskStart task) {
      if (started.incrementAndGet() == victim) {
        workers.executors().stream()
            .filter(process -> isOf(process, task.taskInfo().executorId()))
            .forEach(ProcessHandle::destroyForcibly);
      }
    }

    private static boolean isOf(ProcessHandle process, String executor) {
      String line = String.join(" ", process.info().arguments().orElse(new String[0]));
      return line.contains("--executor-id " + executor + " ");
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd task) {
      if (task.reason() instanceof ExecutorLostFailure) {
        lost.incrementAndGet();
      }
    }
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "processes tell their arguments")
  void anExecutorThatIsKilledChangesNothing() throws Exception {
    Grid grid = TinyGrid.grid(List.of(0L, 1L), TinyGrid.data("parts", set));
    Killer killer = new Killer(3);
    cluster.spark().sc().addSparkListener(killer);
    try {
      TinyGrid.run(folder.resolve("here"), here, grid);
      TinyGrid.Ear ear = TinyGrid.run(folder.resolve("there"), there, grid);

      assertEquals(List.of(), ear.faults, workers::logs);
      assertEquals(1, killer.lost.get(), "a cell that was running when its executor died");
      assertEquals(grid.cells().size() + 1, killer.started.get());
      assertEquals(grid.cells().size(), ear.finished.size());
      assertEquals(new HashSet<>(grid.cells()), new HashSet<>(ear.finished));
      assertEquals(
          TinyGrid.tables(folder.resolve("here")), TinyGrid.tables(folder.resolve("there")));
      assertEquals(scores("here"), scores("there"));
    } finally {
      cluster.spark().sc().removeSparkListener(killer);
    }
  }

  private static List<String> scores(String run) throws IOException {
    List<String> all = new ArrayList<>();
    Path cells = folder.resolve(run).resolve("cells");
    try (Stream<Path> files = Files.walk(cells)) {
      for (Path file : files.filter(one -> one.endsWith("scores.csv")).sorted().toList()) {
        all.add(cells.relativize(file) + "\n" + Files.readString(file));
      }
    }
    assertNotEquals(List.of(), all);
    return all;
  }

  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      disabledReason = "a path that each process understands its own way")
  void dataThatAWorkerLacksIsToldAndTheOthersGoOn() throws Exception {
    Path module = Path.of("").toAbsolutePath();
    Path own = Files.createTempDirectory(module.resolve("target"), "set");
    Path hidden = Path.of("/proc/self/cwd").resolve(module.relativize(TinyGrid.draw(own)));
    Grid grid =
        TinyGrid.grid(List.of(0L), TinyGrid.data("everywhere", set), TinyGrid.data("here", hidden));
    List<Path> before = cellFolders();

    TinyGrid.Ear ear = TinyGrid.run(folder.resolve("lacking"), there, grid);

    assertEquals(3, ear.finished.size(), ear.faults::toString);
    assertTrue(ear.finished.stream().allMatch(cell -> cell.data().name().equals("everywhere")));
    assertEquals(3, ear.faults.size());
    for (String fault : ear.faults) {
      assertEquals(
          hidden
              + " on 127.0.0.1: is not there, and the driver has it; put the data set at the same"
              + " place on all workers, or on a disk that they share",
          fault);
    }
    assertEquals(before, cellFolders(), "the executors' temporary folders are gone");
  }

  /** One of them is left of the executor that was killed. */
  private static List<Path> cellFolders() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("anople-cell"))
          .sorted()
          .toList();
    }
  }
}
