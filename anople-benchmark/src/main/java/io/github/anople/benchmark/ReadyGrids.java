package io.github.anople.benchmark;

import java.util.List;
import java.util.Map;

/** Grids that come with the program: the tables and figures of the paper and of its revision. */
public final class ReadyGrids {

  private static final List<Map.Entry<String, String>> TITLES =
      List.of(
          Map.entry("table1", "Table 1: AnoPLe and other methods"),
          Map.entry("table2", "Table 2: prompts without a memory and without known defects"),
          Map.entry("table3", "Table 3: interaction of the prompts, views, alignment"),
          Map.entry("table4", "Table 4: words for an abnormal state"),
          Map.entry("table5", "Table 5: where anomalies are simulated"),
          Map.entry("figure5", "Figure 5: lengths of the contexts"),
          Map.entry("figure6", "Figure 6: depth of the prompts"),
          Map.entry("figure7", "Figure 7: the class's name or one word for all"),
          Map.entry("revision", "Revision, Table 1: all products by one detector"),
          Map.entry("revision-ablations", "Revision: ablations"),
          Map.entry("leave-one-out", "Revision: a product that was never seen"));

  /** Their names. */
  public static final List<String> NAMES = TITLES.stream().map(Map.Entry::getKey).toList();

  private static final String REVISION_DATA = "real-iad";
  private static final List<String> REVISION =
      List.of("revision", "revision-ablations", "leave-one-out");

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
   * Whether the paper has a data set in a table. A set that it knows nothing of may stand in any.
   *
   * @param grid one of {@link #NAMES}
   * @param data what the data set is called
   * @return false for Real-IAD in the tables of the first version, which are not of it
   */
  public static boolean concerns(String grid, String data) {
    return !data.equals(REVISION_DATA) || REVISION.contains(grid);
  }

  /**
   * What a grid is of the paper.
   *
   * @param name of a grid
   * @return a heading; the name itself where it is no ready-made one
   */
  public static String title(String name) {
    return TITLES.stream()
        .filter(one -> one.getKey().equals(name))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(name);
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
