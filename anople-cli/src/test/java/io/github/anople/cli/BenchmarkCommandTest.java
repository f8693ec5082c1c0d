package io.github.anople.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.SyntheticParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkCommandTest {

  @TempDir private static Path folder;

  @BeforeAll
  static void drawDataSet() {
    for (String category : List.of("nut", "bolt")) {
      Path one = folder.resolve("set").resolve(category);
      SyntheticParts.writeGood(one.resolve("train/good"), 2);
      SyntheticParts.writeGood(one.resolve("test/good"), 1);
      SyntheticParts.write(one.resolve("test/bent/000.png"), SyntheticParts.scratched(1));
    }
  }

  private static String[] arguments(String output, String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "benchmark",
                "--root",
                folder.resolve("set").toString(),
                "--backbone",
                Fixtures.golden("tiny_clip").toString(),
                "--compute",
                "fp32",
                "--set",
                "optimizer.epochs=2",
                "--output",
                folder.resolve(output).toString()));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private static String files(String output) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file : List.of("results.csv", "tables.md", "tables.tex")) {
      all.append(Files.readString(folder.resolve(output).resolve(file)));
    }
    return all.toString();
  }

  @Test
  @Timeout(value = 10, unit = TimeUnit.MINUTES)
  void aProcessKilledInTheMiddleEndsAsOneThatNeverWasAndTwoJobsAsOne() throws Exception {
    String[] grid = {"--seeds", "0,1", "--variant", "anople,memory,winclip,patch-descriptors"};
    CommandRun whole = CommandRun.of(arguments("whole", grid));
    assertEquals(0, whole.code(), whole.err());
    assertTrue(whole.err().contains("[14/14]") && whole.err().contains("left)"), whole.err());
    assertEquals(Files.readString(folder.resolve("whole/tables.md")), whole.out());

    kill(arguments("killed", grid));
    assertFalse(Files.exists(folder.resolve("killed/results.csv")), "it was killed too late");
    CommandRun resumed = CommandRun.of(arguments("killed", with(grid, "--jobs", "2")));

    assertEquals(0, resumed.code(), resumed.err());
    assertTrue(resumed.err().contains("of them finished before"), resumed.err());
    assertEquals(files("whole"), files("killed"));
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  /** Starts the command as a process of its own and kills it when two runs are finished. */
  private static void kill(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("child.txt").toFile())
            .start();
    long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
    while (finished() < 2 && process.isAlive() && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    process.destroyForcibly().waitFor();
    assertTrue(finished() >= 2, Files.readString(folder.resolve("child.txt")));
  }

  private static long finished() throws IOException {
    Path cells = folder.resolve("killed/cells");
    if (!Files.isDirectory(cells)) {
      return 0;
    }
    try (Stream<Path> all = Files.walk(cells)) {
      return all.filter(file -> file.endsWith("result.json")).count();
    }
  }

  @Test
  void aDryRunListsTheRunsAndLoadsNothing() {
    CommandRun run =
        CommandRun.of(
                "benchmark",
                "table1-mvtec",
                "--root",
                "mvtec=" + folder.resolve("set"),
                "--shots",
                "1",
                "--seeds",
                "5",
                "--dry-run")
            .done();

    assertTrue(run.lines().contains("anople, mvtec, 2 categories, 1 shot, seed 5"), run.out());
    assertTrue(run.lines().contains("memory, mvtec, bolt, 1 shot, seed 5"), run.out());
    assertEquals(2 + 2 * 8, run.lines().size(), run.out());
  }

  @Test
  void whereThereIsNoSparkOneLineSaysSo() {
    CommandRun.of(arguments("none", "--spark", "local[*]"))
        .inputFault("SPARK_HOME: ", "Spark 4 (Scala 2.13)");
    CommandRun.of(arguments("none", "--spark-conf", "spark.executor.memory=4g"))
        .wrongUsage("--spark-conf: is of no use alone; add --spark MASTER");
    assertFalse(Files.exists(folder.resolve("none")));
  }

  @Test
  void faultsOfTheGridAreNamedBeforeAnythingIsLoaded() throws IOException {
    Path grid = Files.writeString(folder.resolve("grid.json"), "{\"name\": 7}");

    CommandRun.of("benchmark", grid.toString()).inputFault("grid.json", "data");
    CommandRun.of("benchmark").wrongUsage("--root", "is missing");
    CommandRun.of("benchmark", "table7").inputFault("table7", "table1");
    CommandRun.of("benchmark", "table3").inputFault("table3", "mvtec", "--root NAME=DIR");
    CommandRun.of("benchmark", "table3", "--root", "x").wrongUsage("--root", "mvtec=x");
    CommandRun.of("benchmark", "--root", folder.resolve("no").toString()).inputFault("no");
    CommandRun.of("benchmark", "--root", folder.resolve("set").toString(), "--variant", "magic")
        .inputFault("'magic'", "patch-descriptors");
  }

  @Test
  void aSettingThatThereIsNotIsRefused() {
    CommandRun.of(arguments("refused", "--set", "epoch=2"))
        .wrongUsage("'epoch'", "use optimizer.epochs");
    CommandRun.of(arguments("refused", "--set", "seed=2")).wrongUsage("--seeds");
  }
}
