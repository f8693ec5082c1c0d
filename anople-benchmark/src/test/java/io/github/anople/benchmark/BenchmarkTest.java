package io.github.anople.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import io.github.anople.inspect.metric.Metric;
import io.github.anople.inspect.metric.MetricTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkTest {

  @TempDir private Path folder;

  private Grid grid;

  @BeforeEach
  void drawDataSet() {
    grid = grid(drawn(folder), Variant.of(Method.MEMORY), Variant.of(Method.ANOPLE));
  }

  /** The root of a data set of two categories. */
  static Path drawn(Path folder) {
    Path root = folder.resolve("set");
    for (String category : List.of("nut", "bolt")) {
      Path one = root.resolve(category);
      SyntheticParts.writeGood(one.resolve("train/good"), 2);
      SyntheticParts.writeGood(one.resolve("test/good"), 1);
      SyntheticParts.write(one.resolve("test/bent/000.png"), SyntheticParts.scratched(1));
    }
    return root;
  }

  static Grid grid(Path root, Variant... variants) {
    return new Grid(
        "test",
        Optional.empty(),
        List.of(new GridData("parts", GridData.Layout.MVTEC, root, List.of())),
        List.of(1, 2),
        List.of(0L, 7L),
        List.of(variants));
  }

  /** A power cut, as far as the benchmark is concerned. */
  private static final class Killed extends Error {
    private static final long serialVersionUID = 1;
  }

  /** Makes up results from the cell alone, and counts its runs. */
  static final class MadeUp implements CellRunner {

    final List<Cell> runs = Collections.synchronizedList(new ArrayList<>());
    private final String setting;
    private Predicate<Cell> dies = cell -> false;
    private Predicate<Cell> fails = cell -> false;

    MadeUp(String setting) {
      this.setting = setting;
    }

    @Override
    public String configuration(Cell cell) {
      return "{\"setting\": \"%s\", \"rate\": 2e-4}".formatted(setting);
    }

    @Override
    public CellRun run(Cell cell, Path where) {
      runs.add(cell);
      try {
        Files.writeString(where.resolve("half"), "written");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if (dies.test(cell)) {
        throw new Killed();
      }
      if (fails.test(cell)) {
        throw new IllegalStateException("bad luck");
      }
      List<CellResult.Measured> measured = new ArrayList<>();
      for (String category : cell.categories()) {
        double value =
            new SplittableRandom((cell.folder() + category + setting).hashCode()).nextDouble();
        measured.add(
            new CellResult.Measured(
                category,
                new MetricTable(
                    Map.of(Metric.IMAGE_AUROC, value, Metric.PIXEL_AUROC, (1 + value) / 3)),
                1,
                1));
      }
      return new CellRun(new CellResult(measured, List.of("a note")), Duration.ofMinutes(2));
    }
  }

  /** Hears nothing but failures. */
  static final class Ear implements BenchmarkListener {

    private final List<Duration> took = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private int finishedBefore;
    private Progress last;

    @Override
    public void started(int cells, int finished) {
      finishedBefore = finished;
    }

    @Override
    public void finished(Progress progress, Cell cell, CellResult result) {
      took.add(progress.took());
      last = progress;
    }

    @Override
    public void failed(Progress progress, Cell cell, RuntimeException fault) {
      last = progress;
      failures.add(cell + ": " + fault.getMessage());
    }
  }

  private Benchmark benchmark(String name, CellRunner runner, Ear ear, int jobs) {
    return new Benchmark(folder.resolve(name), runner, ear, jobs);
  }

  private String files(String name) throws IOException {
    StringBuilder all = new StringBuilder();
    for (String file : List.of("results.csv", "tables.md", "tables.tex")) {
      all.append(Files.readString(folder.resolve(name).resolve(file)));
    }
    return all.toString();
  }

  @Test
  void killedTenTimesItEndsAsOneThatNeverWas() throws Exception {
    benchmark("whole", new MadeUp("a"), new Ear(), 1).run(grid);
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    MadeUp runner = new MadeUp("a");
    int kills = 0;
    for (int i = 0; i < 10; i++) {
      int survives = random.nextInt(2);
      int before = runner.runs.size();
      runner.dies = cell -> runner.runs.size() > before + survives;
      try {
        benchmark("killed", runner, new Ear(), 1).run(grid);
      } catch (Killed e) {
        kills++;
        assertFalse(Files.exists(folder.resolve("killed/results.csv")), "seed " + seed);
      }
    }
    runner.dies = cell -> false;

    benchmark("killed", runner, new Ear(), 1).run(grid);

    assertTrue(kills > 0, "seed " + seed);
    assertEquals(files("whole"), files("killed"), "seed " + seed);
    assertEquals(grid.cells().size() + kills, runner.runs.size(), "nothing was done twice");
  }

  @Test
  void finishedCellsAreNotDoneAgain() throws Exception {
    benchmark("out", new MadeUp("a"), new Ear(), 1).run(grid);
    MadeUp again = new MadeUp("a");
    Ear ear = new Ear();

    Benchmark.Outcome outcome = benchmark("out", again, ear, 1).run(grid);

    assertEquals(List.of(), again.runs);
    assertEquals(grid.cells().size(), ear.finishedBefore);
    assertEquals(grid.cells().size(), outcome.results().finished().size());
  }

  @Test
  void cellsWhoseFilesHaveChangedAreDoneAgainAndNoOthers() throws Exception {
    benchmark("out", new MadeUp("a"), new Ear(), 1).run(grid);
    Path root = grid.data().get(0).root();
    SyntheticParts.write(root.resolve("nut/test/bent/001.png"), SyntheticParts.scratched(2));
    MadeUp more = new MadeUp("a");
    benchmark("out", more, new Ear(), 1).run(grid);
    assertEquals(grid.cells().stream().filter(BenchmarkTest::isOfNut).toList(), more.runs);

    Path image = root.resolve("nut/train/good/good_000.png");
    Files.setLastModifiedTime(image, FileTime.fromMillis(1));
    MadeUp touched = new MadeUp("a");
    benchmark("out", touched, new Ear(), 1).run(grid);
    assertEquals(more.runs, touched.runs);
  }

  @Test
  void aCopyOfTheDataHasTheSameFilesWhateverItsTimes() throws Exception {
    Path copy = folder.resolve("copy");
    try (Stream<Path> files = Files.walk(grid.data().get(0).root())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(grid.data().get(0).root().relativize(file)));
      }
    }
    Path image = copy.resolve("nut/train/good/good_000.png");
    Files.setLastModifiedTime(image, FileTime.fromMillis(1));
    List<Cell> there = grid(copy, Variant.of(Method.MEMORY)).cells();
    List<Cell> here = grid.cells().subList(0, there.size());
    assertEquals(here.stream().map(Cell::files).toList(), there.stream().map(Cell::files).toList());

    Files.write(image, new byte[] {0}, StandardOpenOption.APPEND);

    for (int i = 0; i < here.size(); i++) {
      assertEquals(!isOfNut(here.get(i)), here.get(i).files().equals(there.get(i).files()));
    }
  }

  private static boolean isOfNut(Cell cell) {
    return cell.categories().contains("nut");
  }

  @Test
  void aCellFromBeforeFingerprintsIsDoneAgain() throws Exception {
    benchmark("out", new MadeUp("a"), new Ear(), 1).run(grid);
    Cell cell = grid.cells().get(0);
    Path own = folder.resolve("out/cells").resolve(cell.folder());
    Path result = own.resolve("result.json");
    String text = Files.readString(result);
    String without = text.replaceAll(",\\s+\"files\" : \"[0-9a-f]{64}\"", "");
    assertFalse(text.equals(without));
    Files.writeString(result, without);
    String same = new MadeUp("a").configuration(cell);
    assertTrue(new CellFiles(own, cell, same, "print").outdated());
    assertFalse(
        new CellFiles(own, cell, new MadeUp("b").configuration(cell), "print").outdated(),
        "another setting is no news");
    MadeUp again = new MadeUp("a");

    benchmark("out", again, new Ear(), 1).run(grid);

    assertEquals(List.of(cell), again.runs);
  }

  @ParameterizedTest
  @ValueSource(strings = {"thresholds.csv", "thresholds.md", "plot.svg", "plot.tex"})
  void whatAnEarlierCallHadDoesNotStayBesideNewResults(String name) throws Exception {
    Files.createDirectories(folder.resolve("out"));
    Path old = Files.writeString(folder.resolve("out").resolve(name), "old");

    benchmark("out", new MadeUp("a"), new Ear(), 1).run(grid);

    assertFalse(Files.exists(old));
  }

  @Test
  void anotherConfigurationDoesThemAgainAndClearsTheirFolders() throws Exception {
    benchmark("out", new MadeUp("a"), new Ear(), 1).run(grid);
    String first = files("out");
    MadeUp changed = new MadeUp("b");

    benchmark("out", changed, new Ear(), 1).run(grid);

    assertEquals(grid.cells().size(), changed.runs.size());
    assertFalse(files("out").equals(first));
  }

  @Test
  void whatAKilledRunOfTheSameConfigurationLeftStaysForTheNext() throws Exception {
    Cell cell = grid.cells().get(0);
    String same = new MadeUp("a").configuration(cell);
    Path own = folder.resolve("cell");
    Files.createDirectories(own);
    new CellFiles(own, cell, same, "print").start();
    Files.writeString(own.resolve("training.checkpoint"), "epoch 7");

    new CellFiles(own, cell, same, "print").start();
    assertTrue(Files.exists(own.resolve("training.checkpoint")));

    new CellFiles(own, cell, new MadeUp("b").configuration(cell), "print").start();
    assertFalse(Files.exists(own.resolve("training.checkpoint")));
  }

  @Test
  void aDamagedResultIsARunToDoAgain() throws Exception {
    benchmark("out", new MadeUp("a"), new Ear(), 1).run(grid);
    String whole = files("out");
    List<String> damages =
        List.of("", "{", "[]", "null", "{\"format\": \"anople-cell 1\"}", "\u0000");
    for (String damage : damages) {
      Path result =
          folder.resolve("out/cells").resolve(grid.cells().get(1).folder()).resolve("result.json");
      Files.writeString(result, damage);
      MadeUp again = new MadeUp("a");

      benchmark("out", again, new Ear(), 1).run(grid);

      assertEquals(1, again.runs.size(), damage);
      assertEquals(whole, files("out"));
    }
  }

  @Test
  void twoJobsEndAsOneDoes() throws Exception {
    benchmark("one", new MadeUp("a"), new Ear(), 1).run(grid);

    benchmark("two", new MadeUp("a"), new Ear(), 2).run(grid);

    assertEquals(files("one"), files("two"));
  }

  @Test
  void aFailingCellEndsNoOtherAndIsTriedAgain() throws Exception {
    MadeUp runner = new MadeUp("a");
    runner.fails = cell -> cell.seed() == 7 && cell.categories().equals(List.of("nut"));
    Ear ear = new Ear();

    Benchmark.Outcome outcome = benchmark("out", runner, ear, 2).run(grid);

    assertEquals(2, outcome.failed(), "memory on nut with 1 and 2 shots");
    assertEquals(2, ear.failures.size());
    assertTrue(ear.failures.get(0).contains("nut") && ear.failures.get(0).contains("bad luck"));
    assertEquals(grid.cells().size(), ear.last.done());
    assertTrue(ear.last.left().isEmpty());
    assertTrue(files("out").contains("(1 of 2 seeds)"), files("out"));
    runner.fails = cell -> false;
    int before = runner.runs.size();
    assertEquals(0, benchmark("out", runner, new Ear(), 1).run(grid).failed());
    assertEquals(before + 2, runner.runs.size());
    assertFalse(files("out").contains("seeds)"));
  }

  @Test
  void whatARunTookIsWhatItsRunnerSays() throws Exception {
    Ear ear = new Ear();

    benchmark("out", new MadeUp("a"), ear, 1).run(grid);

    assertEquals(Collections.nCopies(grid.cells().size(), Duration.ofMinutes(2)), ear.took);
    Path cell = folder.resolve("out/cells").resolve(grid.cells().get(0).folder());
    assertTrue(Files.readString(cell.resolve("result.json")).contains("\"seconds\" : 120.0"));
  }

  @Test
  void aFolderInUseIsRefused() throws Exception {
    CellRunner nested =
        new CellRunner() {
          @Override
          public String configuration(Cell cell) {
            return "{}";
          }

          @Override
          public CellRun run(Cell cell, Path where) throws InterruptedException {
            benchmark("out", new MadeUp("a"), new Ear(), 1).run(grid);
            return new CellRun(new CellResult(List.of(), List.of()), Duration.ZERO);
          }
        };
    Ear ear = new Ear();

    benchmark("out", nested, ear, 1).run(grid);

    assertTrue(ear.failures.get(0).contains("in use by another benchmark"));
  }

  @Test
  void jobsAreAtLeastOne() {
    assertThrows(InputException.class, () -> benchmark("out", new MadeUp("a"), new Ear(), 0));
  }

  @Test
  void cellsThatWouldShareAFolderAreRefused() {
    Path root = grid.data().get(0).root();
    Grid twins =
        grid(
            root,
            new Variant("a b", Method.MEMORY, FittedOn.ONE, "{}"),
            new Variant("A_b", Method.MEMORY, FittedOn.ONE, "{}"));

    InputException fault = assertThrows(InputException.class, twins::cells);

    assertTrue(fault.getMessage().contains("share the folder"), fault.getMessage());
  }

  @Test
  void namesCannotLeadOutOfTheFolder() {
    GridData data = new GridData("../..", GridData.Layout.MVTEC, Path.of("x"), List.of());
    Variant variant = new Variant("/etc/passwd\n", Method.MEMORY, FittedOn.ALL, "{}");
    Cell cell = new Cell(data, variant, List.of("..", "."), 1, -3);

    Path inside = Path.of("cells").resolve(cell.folder()).normalize();

    assertTrue(inside.startsWith("cells") && inside.getNameCount() == 5, inside.toString());
  }
}
