package io.github.anople.benchmark.command;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellRun;
import io.github.anople.benchmark.CellRunner;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.GridData;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.Variant;
import io.github.anople.console.Output;
import io.github.anople.core.InputException;
import io.github.anople.core.SyntheticParts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholePaperGridsTest {

  @TempDir private Path folder;

  private Grid grid(List<Integer> shots, Method... methods) {
    Path nut = folder.resolve("set/nut");
    SyntheticParts.writeGood(nut.resolve("train/good"), 1);
    SyntheticParts.writeGood(nut.resolve("test/good"), 1);
    GridData data = new GridData("parts", GridData.Layout.MVTEC, folder.resolve("set"), List.of());
    return new Grid(
        "table1",
        Optional.empty(),
        List.of(data),
        shots,
        List.of(3L, 4L),
        Arrays.stream(methods).map(Variant::of).toList());
  }

  private WholePaper paper(Grid grid) {
    return WholePaper.of(folder.resolve("paper"), List.of(grid), new Output());
  }

  @Test
  void figuresHaveShotsWhereWhatTheyShowNeedsThem() {
    Grid mixed = paper(grid(List.of(0, 2, 4), Method.WINCLIP, Method.ANOPLE, Method.SPADE)).shown();

    assertEquals(List.of(2), mixed.shots());
    assertEquals(List.of(3L), mixed.seeds());
    assertEquals(
        List.of("winclip", "anople"), mixed.variants().stream().map(Variant::name).toList());
    Grid without = paper(grid(List.of(0, 2), Method.WINCLIP, Method.SPADE)).shown();
    assertEquals(List.of(0), without.shots());
  }

  /** A runner that times runs, and fails on those of some methods. */
  private record Timing(Map<Method, RuntimeException> faults) implements CellRunner {

    @Override
    public String configuration(Cell cell) {
      return "{}";
    }

    @Override
    public Optional<Duration> expected(Cell cell) {
      RuntimeException fault = faults.get(cell.variant().method());
      if (fault != null) {
        throw fault;
      }
      return Optional.of(Duration.ofMinutes(3));
    }

    @Override
    public CellRun run(Cell cell, Path folder) {
      throw new AssertionError("a forecast runs nothing");
    }
  }

  /** It may fail at its turn as well, and the others are worth running. */
  @Test
  void aRunThatCannotBeTimedIsNoReasonNotToBegin() throws InterruptedException {
    WholePaper paper =
        paper(grid(List.of(1), Method.ANOPLE, Method.SPADE, Method.PADIM, Method.MEMORY));
    Timing runner =
        new Timing(
            Map.of(
                Method.SPADE, new IllegalStateException("a fault of the native library"),
                Method.PADIM, new InputException("padim", "is not here", "get it")));

    WholePaper.Plan plan = paper.plan(runner);

    assertEquals(2 * 4, plan.runs().size());
    assertEquals(Optional.of(Duration.ofMinutes(2 * 2 * 3)), plan.takes());
    assertEquals(
        "8 runs to do; about 12 min 0 s on this computer, one at a time, without the figures of"
            + " pictures (measured on a few pictures)",
        plan.words());
  }
}
