package io.github.anople.lab.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.torch.engine.ComputeDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The benches run, at a size at which their numbers mean nothing. */
@Timeout(600)
class ToyBenchTest {

  @TempDir private Path folder;

  @Test
  void eachBenchIsCalledByAnotherName() {
    List<String> names = BenchMain.all().stream().map(Bench::name).toList();

    assertEquals(new TreeSet<>(names).size(), names.size());
    assertTrue(names.containsAll(Set.of("encode", "memory", "start")), names.toString());
  }

  @Test
  void aTinyBackboneIsEncodedDecodedRememberedAndBesideItsLimits() {
    Results results = new Results(line -> {});
    try (Workbench workbench = new Workbench(settings("no-such-python"))) {
      List<Bench> benches = List.of(new EncodeBench(), new DecoderBench(), new MemoryBench());
      Limits limits = BenchMain.run(benches, workbench, results);

      assertEquals(Set.of(Limit.values()), limits.perSecond().keySet());
    }

    Set<String> tasks = results.timings().stream().map(Timing::task).collect(Collectors.toSet());
    assertTrue(
        tasks.containsAll(Set.of("encode, batch 1", "encode, batch 8", "decoder, batch 1")),
        tasks.toString());
    for (String memory : List.of(", 32 rows", ", 32 rows at random", ", 50000 rows at random")) {
      assertTrue(tasks.stream().anyMatch(task -> task.endsWith(memory)), tasks.toString());
    }
    assertTrue(
        results.leftOut().stream().anyMatch(one -> one.system().startsWith("PyTorch")),
        results.leftOut().toString());
  }

  @Test
  void commandsAreLeftOutWhereThereIsNone() {
    Results results = new Results(line -> {});
    try (Workbench workbench = new Workbench(settings("no-such-python"))) {
      new CommandBench(CommandBench.Kind.TRAIN).run(workbench, results);
    }

    assertEquals("train", results.leftOut().get(0).task());
  }

  private Workbench.Settings settings(String python) {
    return new Workbench.Settings(
        folder,
        Optional.of(Fixtures.golden("tiny_clip")),
        Optional.empty(),
        python,
        new Repetitions(0, 1, 0),
        new Workbench.Scale(64, 1 << 16, List.of(32L, 50_000L), 4),
        false,
        ComputeDevice.CPU);
  }
}
