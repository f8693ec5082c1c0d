package io.github.anople.benchmark;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.InspectionDataset;
import io.github.anople.inspect.metric.Metric;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a benchmark runs: data sets × shots × seeds × variants.
 *
 * @param name what it is called
 * @param paper which of the paper's tables its results stand beside, a key of {@link PaperFigures};
 *     empty for none
 * @param metrics what a cell of the summary shows, at least one; not {@code image_f1_threshold}
 * @param plot how its results are drawn as lines; empty for tables alone
 * @param data the data sets, at least one
 * @param shots numbers of good pictures of each category, at least one
 * @param seeds of the shots and of all draws, at least one
 * @param variants the rows, at least one
 */
public record Grid(
    String name,
    Optional<String> paper,
    List<Metric> metrics,
    Optional<Plot> plot,
    List<GridData> data,
    List<Integer> shots,
    List<Long> seeds,
    List<Variant> variants) {

  /** What the paper's tables show. */
  public static final List<Metric> USUAL_METRICS = List.of(Metric.IMAGE_AUROC, Metric.PIXEL_AUROC);

  /** What is a share, so that means of it tell something: a threshold is not. */
  static final List<Metric> AVERAGED_METRICS =
      Arrays.stream(Metric.values()).filter(one -> one != Metric.IMAGE_F1_THRESHOLD).toList();

  private static final int MOST_SHOTS = 10_000;
  private static final long MOST_CELLS = 100_000;

  /**
   * How a grid is drawn: a point for each variant, at the value of one of its settings.
   *
   * @param x the setting along the axis, such as {@code prompts.depth}
   * @param xLabel what the axis says
   * @param series the setting of which each value is a line of its own; empty for one line. No two
   *     variants may have the same values of both
   * @param seriesLabel what the legend says before it
   */
  public record Plot(
      String x, String xLabel, Optional<String> series, Optional<String> seriesLabel) {}

  /**
   * A grid whose summary shows the usual metrics, without a plot.
   *
   * @param name what it is called
   * @param paper which of the paper's tables its results stand beside
   * @param data the data sets
   * @param shots numbers of good pictures of each category
   * @param seeds of the shots and of all draws
   * @param variants the rows
   * @throws InputException naming what is at fault
   */
  public Grid(
      String name,
      Optional<String> paper,
      List<GridData> data,
      List<Integer> shots,
      List<Long> seeds,
      List<Variant> variants) {
    this(name, paper, USUAL_METRICS, Optional.empty(), data, shots, seeds, variants);
  }

  /**
   * Checks the values.
   *
   * @throws InputException naming what is at fault
   */
  public Grid {
    metrics = List.copyOf(metrics);
    data = List.copyOf(data);
    shots = List.copyOf(shots);
    seeds = List.copyOf(seeds);
    variants = List.copyOf(variants);
    distinct("metrics", metrics);
    for (Metric metric : metrics) {
      require(
          AVERAGED_METRICS.contains(metric),
          "metrics",
          "holds " + metric.id() + ", of which a mean tells nothing",
          "leave it out");
    }
    distinct("data", data.stream().map(one -> one.name().strip()).toList());
    distinct("shots", shots);
    distinct("seeds", seeds);
    distinct("variants", variants.stream().map(one -> one.name().strip()).toList());
    if (plot.isPresent()) {
      GridPlot.requireApart(plot.get(), variants);
    }
    int most = 0;
    for (int count : shots) {
      require(count >= 0 && count <= MOST_SHOTS, "shots", "holds " + count, "use 1 to 4 or so");
      most = Math.max(most, count);
    }
    for (Variant variant : variants) {
      require(
          variant.method().leastShots() <= most,
          "variants",
          InputException.quoted(variant.name()) + " needs shots, and the grid has none",
          "add a number of shots, or leave the variant out");
    }
  }

  private static void distinct(String field, List<?> values) {
    require(!values.isEmpty(), field, "is empty", "name at least one");
    Set<Object> seen = new HashSet<>();
    for (Object value : values) {
      String quoted = InputException.quoted(value.toString());
      require(!value.toString().isEmpty(), field, "holds an empty name", "name each");
      require(seen.add(value), field, "holds " + quoted + " twice", "name each once");
    }
  }

  private static void require(boolean condition, String field, String problem, String remedy) {
    if (!condition) {
      throw new InputException("grid, " + field, problem, remedy);
    }
  }

  /**
   * Lists the runs: data set by data set, variant by variant, fewest shots first. A method that
   * needs shots has no run without, and without shots one seed is enough.
   *
   * @return the cells; each has a folder of its own
   * @throws InputException if a data set cannot be read, or two cells would share a folder
   */
  public List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    Map<String, Cell> folders = new HashMap<>();
    for (GridData one : data) {
      InspectionDataset dataset = one.read();
      require(
          (long) dataset.categories().size() * shots.size() * seeds.size() * variants.size()
              <= MOST_CELLS,
          "shots, seeds and variants",
          "make more than " + MOST_CELLS + " runs",
          "split the grid");
      for (Variant variant : variants) {
        require(
            variant.fittedOn() != FittedOn.OTHERS || dataset.categories().size() > 1,
            "data",
            InputException.quoted(one.name())
                + " has one category, and "
                + variant.name()
                + " learns from the others",
            "name two categories or more, or leave the variant out");
        for (FittedOn.Group group : variant.fittedOn().groups(dataset.categoryNames())) {
          cells.addAll(cells(one, variant, group));
        }
      }
    }
    for (Cell cell : cells) {
      Cell other = folders.putIfAbsent(cell.folder().toLowerCase(Locale.ROOT), cell);
      require(
          other == null,
          "names",
          "of '%s' and '%s' would share the folder %s".formatted(other, cell, cell.folder()),
          "give names that differ in letters and digits");
    }
    return List.copyOf(cells);
  }

  private List<Cell> cells(GridData one, Variant variant, FittedOn.Group group) {
    List<Cell> cells = new ArrayList<>();
    for (int count : shots) {
      if (count >= variant.method().leastShots()) {
        for (long seed : seeds(count)) {
          cells.add(new Cell(one, variant, group.fitted(), group.tested(), count, seed));
        }
      }
    }
    return cells;
  }

  /**
   * A number of shots with which every variant can be run.
   *
   * @return the first that is enough for all
   */
  public int shotsForAll() {
    int least = variants.stream().mapToInt(one -> one.method().leastShots()).max().orElseThrow();
    return shots.stream().filter(count -> count >= least).findFirst().orElseThrow();
  }

  /** The seeds that a number of shots is run with. */
  List<Long> seeds(int count) {
    return count == 0 ? seeds.subList(0, 1) : seeds;
  }
}
