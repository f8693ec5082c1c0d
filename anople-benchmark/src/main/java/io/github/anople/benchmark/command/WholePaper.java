package io.github.anople.benchmark.command;

import io.github.anople.benchmark.Benchmark;
import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.CellRunner;
import io.github.anople.benchmark.FinishedWork;
import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.ReadyGrids;
import io.github.anople.benchmark.Results;
import io.github.anople.benchmark.Variant;
import io.github.anople.benchmark.baseline.KeptDetectors;
import io.github.anople.benchmark.baseline.TorchCells;
import io.github.anople.benchmark.figure.Drawn;
import io.github.anople.benchmark.figure.FigureChoice;
import io.github.anople.benchmark.figure.Figures;
import io.github.anople.benchmark.figure.PaperFigure;
import io.github.anople.benchmark.report.PaperReport;
import io.github.anople.console.Output;
import io.github.anople.core.InputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a paper needs: its grids one after another, each in a folder of its own, then its
 * figures of pictures, and one report of everything, which is written anew after each of them.
 *
 * @param folder where everything goes
 * @param grids what is run, at least one
 * @param leftOut what is not, and why
 * @param output told of progress
 */
record WholePaper(Path folder, List<Grid> grids, List<String> leftOut, Output output) {

  private static final Logger LOG = LoggerFactory.getLogger(WholePaper.class);

  /** What stands side by side in figures: more would be too small to see. */
  private static final Set<Method> SHOWN =
      Set.of(Method.ANOPLE, Method.PROMPTAD, Method.WINCLIP, Method.PATCHCORE);

  /** The paper's Figure 12. */
  private static final int SIGNAL_LAYER = 3;

  /**
   * The paper on some data.
   *
   * @throws InputException if none of the grids can be run
   */
  static WholePaper of(Path folder, List<Grid> grids, Output output) {
    List<Grid> possible = new ArrayList<>();
    List<InputException> faults = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (Grid grid : grids) {
      try {
        grid.cells();
        possible.add(grid);
      } catch (InputException e) {
        faults.add(e);
        words.add(ReadyGrids.title(grid.name()) + " is left out: " + e.getMessage());
      }
    }
    if (possible.isEmpty()) {
      throw faults.get(0);
    }
    words.forEach(output::info);
    return new WholePaper(folder, possible, words, output);
  }

  /**
   * What is left to do.
   *
   * @param runs all of them, those that several grids share once
   * @param takes how long they take here one at a time; empty where nobody knows
   */
  record Plan(Map<String, Cell> runs, Optional<Duration> takes) {

    /** What a person wants to know before it begins. */
    String words() {
      String runs = BenchmarkProgress.runs(this.runs.size()) + " to do";
      return takes
          .map(
              time ->
                  "%s; about %s on this computer, one at a time, without the figures of pictures"
                          .formatted(runs, BenchmarkProgress.words(time))
                      + " (measured on a few pictures)")
          .orElse(runs);
    }
  }

  /** What is to be done, and how long it will take. */
  Plan plan(CellRunner runner) throws InterruptedException {
    FinishedWork done = FinishedWork.below(folder);
    Map<String, Cell> open = new LinkedHashMap<>();
    for (Grid grid : grids) {
      benchmark(grid, runner, 1, done).open(grid).forEach(open::putIfAbsent);
    }
    Duration all = Duration.ZERO;
    for (Cell cell : open.values()) {
      Optional<Duration> one = expected(runner, cell);
      if (one.isEmpty()) {
        return new Plan(open, Optional.empty());
      }
      all = all.plus(one.get());
    }
    return new Plan(open, Optional.of(all));
  }

  /**
   * How long a run takes: none where it fails, as it will when its turn comes, and is told then.
   */
  private static Optional<Duration> expected(CellRunner runner, Cell cell)
      throws InterruptedException {
    try {
      return runner.expected(cell);
    } catch (InputException e) {
      return Optional.of(Duration.ZERO);
    } catch (RuntimeException e) {
      LOG.warn("{} is left out of the forecast", cell, e);
      return Optional.of(Duration.ZERO);
    }
  }

  private Benchmark benchmark(Grid grid, CellRunner runner, int jobs, FinishedWork done) {
    return new Benchmark(
        folder.resolve(grid.name()), runner, new BenchmarkProgress(output), jobs, done);
  }

  /**
   * Runs the grids, draws the figures and writes the report.
   *
   * @param here makes the detectors of the figures
   * @return how many runs and figures failed
   */
  int run(CellRunner runner, int jobs, TorchCells here) throws InterruptedException {
    List<Benchmark.Outcome> outcomes = grids(runner, jobs);
    List<String> faults = new ArrayList<>();
    List<Drawn> drawn = draw(here, faults);
    report(outcomes, drawn, faults);
    return faults.size() + outcomes.stream().mapToInt(Benchmark.Outcome::failed).sum();
  }

  private List<Benchmark.Outcome> grids(CellRunner runner, int jobs) throws InterruptedException {
    FinishedWork done = FinishedWork.below(folder);
    List<Benchmark.Outcome> outcomes = new ArrayList<>();
    for (Grid grid : grids) {
      output.info(ReadyGrids.title(grid.name()));
      outcomes.add(benchmark(grid, runner, jobs, done).run(grid));
      report(outcomes, List.of(), List.of());
    }
    return outcomes;
  }

  /**
   * Draws the figures of pictures, on a few variants of the first table, with as many shots as they
   * need.
   */
  private List<Drawn> draw(TorchCells here, List<String> faults) throws InterruptedException {
    Grid shown = shown();
    Path own = folder.resolve("figures");
    KeptDetectors detectors = new KeptDetectors(here, own.resolve("detectors"), output::info);
    FigureChoice choice = new FigureChoice(List.of(), 1, SIGNAL_LAYER);
    Figures figures = new Figures(own, detectors, here.reader(), choice, new FigureWords(output));
    List<Drawn> drawn = new ArrayList<>();
    for (PaperFigure figure : PaperFigure.values()) {
      if (shown.data().stream().anyMatch(data -> figure.shows(data.layout()))) {
        try {
          drawn.add(figures.draw(figure, shown));
        } catch (InputException e) {
          output.fault(e.getMessage());
          faults.add(e.getMessage());
        }
      }
    }
    return drawn;
  }

  /** What the figures of pictures show. */
  Grid shown() {
    Grid first = grids.get(0);
    List<Variant> some =
        first.variants().stream().filter(one -> SHOWN.contains(one.method())).toList();
    List<Variant> variants = some.isEmpty() ? first.variants() : some;
    Grid all = figures(first, first.shots(), variants);
    return figures(first, List.of(all.shotsForAll()), variants);
  }

  private static Grid figures(Grid first, List<Integer> shots, List<Variant> variants) {
    return new Grid(
        "figures", Optional.empty(), first.data(), shots, first.seeds().subList(0, 1), variants);
  }

  /** Writes the report of what there is. */
  private void report(List<Benchmark.Outcome> outcomes, List<Drawn> drawn, List<String> faults) {
    List<PaperReport.Section> sections = new ArrayList<>();
    outcomes.forEach(outcome -> sections.add(section(outcome)));
    for (Drawn one : drawn) {
      sections.add(
          new PaperReport.Section(
              "Figure " + one.figure().number() + ": " + one.title(),
              List.of(),
              List.of(),
              List.of(
                  new PaperReport.Picture(one.caption(), one.files().get(0), one.files().get(1)))));
    }
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "Columns called \"paper\" have what papers report, each with its source below its table;"
            + " the others were measured by this program.");
    if (outcomes.size() < grids.size()) {
      remarks.add(
          String.format(
              Locale.ROOT,
              "Not finished: %d of %d tables and figures of numbers are run.",
              outcomes.size(),
              grids.size()));
    }
    remarks.addAll(leftOut);
    remarks.addAll(faults);
    new PaperReport("AnoPLe: tables and figures", remarks, sections).write(folder);
  }

  private PaperReport.Section section(Benchmark.Outcome outcome) {
    Results results = outcome.results();
    Path own = folder.resolve(results.grid().name());
    List<String> remarks = new ArrayList<>();
    if (outcome.failed() > 0) {
      remarks.add(
          BenchmarkProgress.runs(outcome.failed()) + " failed; the command's log says why.");
    }
    List<PaperReport.Picture> pictures =
        results
            .chart()
            .map(
                chart ->
                    List.of(
                        new PaperReport.Picture(
                            chart.title(), own.resolve("plot.svg"), own.resolve("plot.tex"))))
            .orElse(List.of());
    return new PaperReport.Section(
        ReadyGrids.title(results.grid().name()), remarks, results.tables(), pictures);
  }
}
