package io.github.anople.benchmark;

import java.util.List;
import java.util.Map;

/** Grids that come with the program: the tables and figures of the paper and of its revision. */
public final class ReadyGrids {

  /** Their names. */
  public static final List<String> NAMES =
      List.of(
          "table1",
          "table2",
          "table3",
          "table4",
          "table5",
          "figure5",
          "figure6",
          "figure7",
          "revision",
          "revision-ablations",
          "leave-one-out");

  /** What some were called before. */
  private static final Map<String, String> FORMER =
      Map.of(
          "table1-mvtec", "table1",
          "table1-visa", "table1",
          "state-word", "table4",
          "context-lengths", "figure5",
          "depth", "figure6",
          "class-word", "figure7");

  private ReadyGrids() {}

  /**
   * Whether there is a grid of a name.
   *
   * @param name one of {@link #NAMES}, or what such a grid was called before
   * @return whether {@link #json} has it
   */
  public static boolean has(String name) {
    return NAMES.contains(name) || FORMER.containsKey(name);
  }

  /**
   * A ready-made grid, whose data sets have no folders yet.
   *
   * @param name of a grid that there {@link #has is}
   * @return its JSON, for {@link GridJson#parse}
   * @throws IllegalArgumentException if there is not one of that name
   */
  public static String json(String name) {
    if (!has(name)) {
      throw new IllegalArgumentException(name + " is not one of " + NAMES);
    }
    return BenchmarkResource.text("grids/" + FORMER.getOrDefault(name, name) + ".json");
  }
}
