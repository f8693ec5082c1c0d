package io.github.anople.benchmark;

import io.github.anople.core.InputException;
import io.github.anople.inspect.data.InspectionDataset;
import java.util.ArrayList;
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
 * @param data the data sets, at least one
 * @param shots numbers of good pictures of each category, at least one
 * @param seeds of the shots and of all draws, at least one
 * @param variants the rows, at least one
 */
public record Grid(
    String name,
    Optional<String> paper,
    List<GridData> data,
    List<Integer> shots,
    List<Long> seeds,
    List<Variant> variants) {

  private static final int MOST_SHOTS = 10_000;
  private static final long MOST_CELLS = 100_000;

  /**
   * Checks the values.
   *
   * @throws InputException naming what is at fault
   */
  public Grid {
    data = List.copyOf(data);
    shots = List.copyOf(shots);
    seeds = List.copyOf(seeds);
    variants = List.copyOf(variants);
    distinct("data", data.stream().map(one -> one.name().strip()).toList());
    distinct("shots", shots);
    distinct("seeds", seeds);
    distinct("variants", variants.stream().map(one -> one.name().strip()).toList());
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
        for (List<String> categories : groups(variant, dataset.categoryNames())) {
          cells.addAll(cells(one, variant, categories));
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

  private static List<List<String>> groups(Variant variant, List<String> categories) {
    return variant.together() ? List.of(categories) : categories.stream().map(List::of).toList();
  }

  private List<Cell> cells(GridData one, Variant variant, List<String> categories) {
    List<Cell> cells = new ArrayList<>();
    for (int count : shots) {
      if (count >= variant.method().leastShots()) {
        for (long seed : seeds(count)) {
          cells.add(new Cell(one, variant, categories, count, seed));
        }
      }
    }
    return cells;
  }

  /** The seeds that a number of shots is run with. */
  List<Long> seeds(int count) {
    return count == 0 ? seeds.subList(0, 1) : seeds;
  }
}
