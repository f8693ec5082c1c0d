package io.github.anople.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.benchmark.BenchmarkTest.Ear;
import io.github.anople.benchmark.BenchmarkTest.MadeUp;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What one benchmark has done is taken over by another. */
class FinishedWorkTest {

  @TempDir private Path folder;

  private Path root;

  @BeforeEach
  void drawDataSet() {
    root = BenchmarkTest.drawn(folder);
  }

  private Grid named(String variant) {
    return BenchmarkTest.grid(root, new Variant(variant, Method.MEMORY, FittedOn.ONE, "{}"));
  }

  /** What a table calls a row is not what is run. */
  @Test
  void aRunThatIsDoneUnderAnotherNameIsTakenOver() throws InterruptedException, IOException {
    MadeUp runner = new MadeUp("same");
    Path first = folder.resolve("first");
    new Benchmark(first, runner, new Ear(), 1).run(named("one name"));
    int done = runner.runs.size();
    FinishedWork work = FinishedWork.below(folder);
    Benchmark second = new Benchmark(folder.resolve("second"), runner, new Ear(), 1, work);

    assertEquals(Map.of(), second.open(named("another")));
    Benchmark.Outcome outcome = second.run(named("another"));

    assertEquals(done, runner.runs.size());
    assertEquals(done, outcome.results().finished().size());
    String cell = "cells/parts/another/nut/shots-1-seed-0/";
    assertTrue(
        Files.exists(folder.resolve("second").resolve(cell).resolve("half")),
        "what the run left is there too");
    // Its own from now on: the other folder may go.
    new Benchmark(folder.resolve("second"), runner, new Ear(), 1).run(named("another"));
    assertEquals(done, runner.runs.size());
    // Another configuration is another run.
    MadeUp changed = new MadeUp("changed");
    assertEquals(
        done,
        new Benchmark(folder.resolve("third"), changed, new Ear(), 1, work)
            .open(named("another"))
            .size());
  }

  /** What is finished in the same call serves the next benchmark as well. */
  @Test
  void finishedWorkGrowsWhileBenchmarksRun() throws InterruptedException {
    MadeUp runner = new MadeUp("same");
    FinishedWork work = new FinishedWork();
    new Benchmark(folder.resolve("a"), runner, new Ear(), 2, work).run(named("one name"));
    int done = runner.runs.size();

    new Benchmark(folder.resolve("b"), runner, new Ear(), 2, work).run(named("another"));

    assertEquals(done, runner.runs.size());
  }

  /** A folder that was written anew in between is not what it was found to be. */
  @Test
  void aRunWhoseFolderHasAnothersResultByNowIsDone() throws InterruptedException {
    MadeUp first = new MadeUp("a");
    Path shared = folder.resolve("first");
    new Benchmark(shared, first, new Ear(), 1).run(named("one name"));
    FinishedWork work = FinishedWork.below(folder);
    new Benchmark(shared, new MadeUp("b"), new Ear(), 1).run(named("one name"));
    MadeUp again = new MadeUp("a");
    Benchmark second = new Benchmark(folder.resolve("second"), again, new Ear(), 1, work);

    assertEquals(first.runs.size(), second.open(named("one name")).size());
    Benchmark.Outcome outcome = second.run(named("one name"));

    assertEquals(first.runs, again.runs);
    assertEquals(
        new Benchmark(folder.resolve("alone"), again, new Ear(), 1)
            .run(named("one name"))
            .results()
            .finished(),
        outcome.results().finished());
  }

  @Test
  void aCellTakesOverNothingButItsOwnConfiguration() {
    Cell cell = named("one name").cells().get(0);
    CellFiles other = new CellFiles(folder.resolve("other"), cell, "{\"setting\": 1}", "print");
    other.start();
    MetricTable metrics = new MetricTable(Map.of(Metric.IMAGE_AUROC, 0.5));
    other.finish(
        new CellResult(List.of(new CellResult.Measured("nut", metrics, 1, 1)), List.of()), 1);

    CellFiles same = new CellFiles(folder.resolve("a"), cell, "{\"setting\": 1}", "print");
    CellFiles another = new CellFiles(folder.resolve("b"), cell, "{\"setting\": 2}", "print");

    assertTrue(same.adopt(folder.resolve("other")).isPresent());
    assertTrue(another.adopt(folder.resolve("other")).isEmpty());
    assertFalse(Files.exists(folder.resolve("b")));
  }

  @Test
  void aRunUnderANewNameInTheSameFolderKeepsItsFiles() throws InterruptedException {
    MadeUp runner = new MadeUp("a");
    new Benchmark(folder.resolve("out"), runner, new Ear(), 1).run(named("a b"));
    int done = runner.runs.size();

    FinishedWork work = FinishedWork.below(folder);
    new Benchmark(folder.resolve("out"), runner, new Ear(), 1, work).run(named("a_b"));

    Path cell = folder.resolve("out/cells/parts/a_b/nut/shots-1-seed-0");
    assertTrue(Files.exists(cell.resolve("half")));
    new Benchmark(folder.resolve("out"), runner, new Ear(), 1).run(named("a_b"));
    assertEquals(done, runner.runs.size(), "its files have the new name");
  }

  @Test
  void aRunThatCannotBeCopiedIsDoneAndEndsNoOther() throws InterruptedException, IOException {
    MadeUp first = new MadeUp("a");
    new Benchmark(folder.resolve("first"), first, new Ear(), 1).run(named("one name"));
    String cell = "cells/" + first.runs.get(0).folder();
    Files.writeString(folder.resolve("first").resolve(cell).resolve("scores.csv"), "scores");
    // Stands where the copy should go.
    Files.createDirectories(
        folder.resolve("second").resolve(cell).resolve("scores.csv/in the way"));
    MadeUp again = new MadeUp("a");
    FinishedWork work = FinishedWork.below(folder);

    Benchmark.Outcome outcome =
        new Benchmark(folder.resolve("second"), again, new Ear(), 1, work).run(named("one name"));

    assertEquals(first.runs.subList(0, 1), again.runs);
    assertEquals(first.runs.size(), outcome.results().finished().size());
  }

  /** A path that is longer than the system takes cannot be listed, even by its administrator. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatCannotBeListedHidesNoOther() throws InterruptedException, IOException {
    MadeUp runner = new MadeUp("a");
    new Benchmark(folder.resolve("z"), runner, new Ear(), 1).run(named("one name"));
    Path one = deep("one");
    Path two = deep("two");
    Path inside = one.resolve("two");
    Files.move(folder.resolve("two"), inside);
    try {
      assertThrows(IOException.class, () -> Files.list(one.resolve(folder.relativize(two))));

      assertEquals(
          Map.of(),
          new Benchmark(folder.resolve("other"), runner, new Ear(), 1, FinishedWork.below(folder))
              .open(named("one name")));
    } finally {
      Files.move(inside, folder.resolve("two"));
    }
  }

  private Path deep(String name) throws IOException {
    Path deep = folder.resolve(name);
    for (int i = 0; i < 12; i++) {
      deep = deep.resolve("d".repeat(200));
    }
    return Files.createDirectories(deep);
  }
}
