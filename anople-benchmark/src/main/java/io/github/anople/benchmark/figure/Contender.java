package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.Cell;
import io.github.anople.benchmark.Grid;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands beside others in a figure: a variant on a number of shots, with a seed.
 *
 * @param name what the figure calls it
 * @param cells its runs, which together have the categories of all data sets
 */
record Contender(String name, List<Cell> cells) {

  Contender {
    cells = List.copyOf(cells);
  }

  /** The contenders of some of a grid's runs, in their order. */
  static List<Contender> of(Grid grid, List<Cell> cells) {
    Map<String, List<Cell>> named = new LinkedHashMap<>();
    for (Cell cell : cells) {
      named.computeIfAbsent(name(grid, cell), name -> new ArrayList<>()).add(cell);
    }
    return named.entrySet().stream()
        .map(entry -> new Contender(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** The variant, and what else the grid has several of. */
  private static String name(Grid grid, Cell cell) {
    StringBuilder name = new StringBuilder(cell.variant().name());
    if (grid.shots().size() > 1) {
      name.append(", ").append(shots(cell.shots()));
    }
    if (grid.seeds().size() > 1) {
      name.append(", seed ").append(cell.seed());
    }
    return name.toString();
  }

  private static String shots(int count) {
    return count == 1 ? "1 shot" : count + " shots";
  }

  /** Numbers of shots and seeds that all contenders share, for a caption. */
  static String conditions(Grid grid) {
    List<String> shared = new ArrayList<>();
    if (grid.shots().size() == 1) {
      shared.add(shots(grid.shots().get(0)));
    }
    if (grid.seeds().size() == 1) {
      shared.add("seed " + grid.seeds().get(0));
    }
    return shared.isEmpty() ? "" : " (" + String.join(", ", shared) + ")";
  }

  /** Their names as a list for people. */
  static String names(List<Contender> contenders) {
    return contenders.size() == 1
        ? contenders.get(0).name()
        : String.join(
                ", ",
                contenders.subList(0, contenders.size() - 1).stream().map(Contender::name).toList())
            + " and "
            + contenders.get(contenders.size() - 1).name();
  }
}
