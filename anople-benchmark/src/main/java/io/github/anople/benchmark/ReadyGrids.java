package io.github.anople.benchmark;

import java.util.List;

/** Grids that come with the program: the paper's tables and figures. */
public final class ReadyGrids {

  /** Their names. */
  public static final List<String> NAMES =
      List.of(
          "table1-mvtec",
          "table1-visa",
          "table3",
          "table5",
          "state-word",
          "context-lengths",
          "depth",
          "class-word");

  private ReadyGrids() {}

  /**
   * A ready-made grid, whose data sets have no folders yet.
   *
   * @param name one of {@link #NAMES}
   * @return its JSON, for {@link GridJson#parse}
   * @throws IllegalArgumentException if there is not one of that name
   */
  public static String json(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(name + " is not one of " + NAMES);
    }
    return BenchmarkResource.text("grids/" + name + ".json");
  }
}
