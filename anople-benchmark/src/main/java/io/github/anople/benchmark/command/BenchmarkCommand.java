package io.github.anople.benchmark.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.benchmark.Benchmark;
import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellCluster;
import io.github.anople.benchmark.CellRunner;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.baseline.TorchCells;
import io.github.anople.console.BackboneOption;
import io.github.anople.console.ExitCode;
import io.github.anople.console.Output;
import io.github.anople.console.PictureOptions;
import io.github.anople.console.TargetOption;
import io.github.anople.torch.pretrained.LoadedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code anople benchmark}: how good, against what, over which seeds? */
@Command(
    name = "benchmark",
    description =
        "Fits and tests a grid of data sets, shots, seeds and variants, and writes tables next to "
            + "the paper's. Called again, it does only what is not finished.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:all runs are finished",
      "1:the input is at fault, or a run failed",
      "2:wrong usage",
      "3:an internal fault"
    },
    mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {

  /** Not a grid, but all of them. */
  private static final String ALL = "all";

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "GRID",
      completionCandidates = GridOptions.Ready.class,
      description =
          "A grid as a JSON file, or one of ${COMPLETION-CANDIDATES}; or all: every one of them, the "
              + "figures of pictures, and a report of everything. Without: the data sets of --root, "
              + "every method, 1 shot, seeds 0 to 2.")
  private Optional<String> name = Optional.empty();

  @Mixin private GridOptions options;

  @Option(
      names = "--output",
      paramLabel = "DIR",
      description =
          "For results.csv, tables.md, tables.tex and cells/; with all, a folder of them for each "
              + "grid, and report.md, report.tex and report.html. Default: ${DEFAULT-VALUE}.")
  private Path folder = Path.of("benchmark");

  @Option(
      names = "--jobs",
      paramLabel = "N",
      description =
          "Runs at a time; each needs the memory of a training, 3 to 4 GB with the paper's "
              + "backbone. Default: 1; with --spark as many as there is room for.")
  private Optional<Integer> jobs = Optional.empty();

  @Mixin private ClusterOptions clusters;

  @Option(
      names = "--dry-run",
      description =
          "List the runs and do nothing else; with all, say how many there are and how long they "
              + "take here.")
  private boolean dryRun;

  @Option(
      names = "--thresholds",
      description =
          "Also measure what thresholds from good pictures alone are worth, with a promise and as "
              + "an estimate: thresholds.csv and thresholds.md.")
  private boolean thresholds;

  @Mixin private TargetOption target;

  @Mixin private PictureOptions pictures;

  @Mixin private BackboneOption backbone;

  @Mixin private Output output;

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (name.filter(ALL::equals).isPresent()) {
      return wholePaper();
    }
    Grid grid = options.grid(name);
    List<Cell> cells = grid.cells();
    if (dryRun) {
      cells.forEach(cell -> output.result().println(cell));
      return 0;
    }
    Benchmark.Outcome outcome;
    // In this order, since a cluster that is not there is told sooner than a backbone is loaded.
    try (CellCluster cluster = clusters.start();
        LoadedBackbone loaded = backbone.load(output)) {
      CellRunner runner = runner(cluster, here(loaded));
      int most = jobs.orElseGet(() -> cluster.jobs(cells.size()));
      outcome = new Benchmark(folder, runner, new BenchmarkProgress(output), most).run(grid);
    }
    tell(cells.size(), outcome.failed(), "tables.md");
    return outcome.failed() == 0 ? 0 : ExitCode.INPUT_FAULT;
  }

  private TorchCells here(LoadedBackbone loaded) {
    OptionalDouble share = thresholds ? OptionalDouble.of(target.share()) : OptionalDouble.empty();
    return new TorchCells(loaded, share, pictures.reader());
  }

  private CellRunner runner(CellCluster cluster, TorchCells here) {
    return cluster.runner(here, here.settings(backbone.settings()));
  }

  private int wholePaper() throws InterruptedException, IOException {
    WholePaper paper = WholePaper.of(folder, options.paper(), output);
    try (CellCluster cluster = clusters.start();
        LoadedBackbone loaded = backbone.load(output)) {
      TorchCells here = here(loaded);
      CellRunner runner = runner(cluster, here);
      WholePaper.Plan plan = paper.plan(runner);
      if (dryRun) {
        output.result().println(plan.words());
        return 0;
      }
      output.info(plan.words());
      int most = jobs.orElseGet(() -> cluster.jobs(plan.runs().size()));
      int failed = paper.run(runner, most, here);
      tell(plan.runs().size(), failed, "report.md");
      return failed == 0 ? 0 : ExitCode.INPUT_FAULT;
    }
  }

  private void tell(int runs, int failed, String document) throws IOException {
    if (output.json()) {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("output", folder.toString());
      output.result().println(json.put("runs", runs).put("failed", failed).toPrettyString());
    } else {
      output.result().print(Files.readString(folder.resolve(document)));
      output.result().flush();
    }
  }
}
