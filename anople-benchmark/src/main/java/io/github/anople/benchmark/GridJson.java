package io.github.anople.benchmark;

import io.github.anople.core.InputException;
import io.github.anople.core.InputException.Topic;
import io.github.anople.core.json.StrictJson;
import io.github.anople.inspect.data.DataLayout;
import io.github.anople.inspect.metric.Metric;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A grid as a JSON file that people write:
 *
 * <pre>{@code
 * {
 *   "name": "my grid",
 *   "data": [{"name": "mvtec", "layout": "mvtec", "root": "../MVTec", "categories": ["bottle"]}],
 *   "shots": [1, 2, 4],
 *   "seeds": [0, 1, 2],
 *   "variants": [
 *     {"method": "memory"},
 *     {"method": "anople", "name": "no align", "fitted_on": "all", "settings": {"losses.align": "none"}}
 *   ]
 * }
 * }</pre>
 *
 * <p>{@code root}, {@code categories} (all), {@code name} and {@code fitted_on} ({@code all},
 * {@code one}, or {@code others} to leave each out) of a variant, {@code preset} ({@code paper}, or
 * {@code usual} for the program's own), {@code settings}, {@code paper} (whose table to show
 * beside), {@code metrics} (of the summary) and {@code plot} (its settings along the axis and a
 * line each) may be left out; a root must then come from elsewhere.
 */
public final class GridJson {

  private static final String REMEDY = "correct the grid";

  private GridJson() {}

  /**
   * Reads a grid.
   *
   * @param text the file's text
   * @param where the file, for messages
   * @param base the folder that relative roots start from
   * @param roots folders of data sets by name, which go before those in the file
   * @return the grid, without the data sets that have no folder
   * @throws InputException naming the file and the field at fault, if no data set has a folder, or
   *     a folder is given for a data set that is not there
   */
  public static Grid parse(String text, String where, Path base, Map<String, Path> roots) {
    return StrictJson.parse(
        text,
        where,
        "grid",
        REMEDY,
        json -> grid(json, where, new Folders(base, roots, Optional.empty())));
  }

  /**
   * A ready-made grid. It runs on any data: a set that it does not know stands beside its own,
   * without a paper's figures.
   *
   * @param name one that {@link ReadyGrids} has
   * @param roots folders of data sets by name
   * @param layout of those that the grid does not know; empty to find out
   * @return the grid, without the data sets that have no folder
   * @throws InputException if no folder is named
   */
  public static Grid ready(String name, Map<String, Path> roots, Optional<GridData.Layout> layout) {
    Folders folders = new Folders(Path.of(""), roots, Optional.of(layout));
    return StrictJson.parse(
        ReadyGrids.json(name), name, "grid", REMEDY, json -> grid(json, name, folders));
  }

  /**
   * Where data sets are.
   *
   * @param base the folder that relative roots start from
   * @param named folders by the names of data sets
   * @param others whether there may be further ones, and of which layout
   */
  private record Folders(
      Path base, Map<String, Path> named, Optional<Optional<GridData.Layout>> others) {

    /** A data set that the grid does not have. */
    GridData other(String name, String where, List<String> known) {
      Path root = named.get(name);
      return others
          .map(
              layout ->
                  new GridData(
                      name, layout.orElseGet(() -> GridData.Layout.find(root)), root, List.of()))
          .orElseThrow(
              () ->
                  new InputException(
                      where,
                      "has no data set " + InputException.quoted(name),
                      "name one of " + String.join(", ", known)));
    }
  }

  private static Grid grid(StrictJson json, String where, Folders folders) {
    List<String> names = new ArrayList<>();
    List<GridData> data = new ArrayList<>();
    json.objects("data", one -> data(one, folders, names)).forEach(one -> one.ifPresent(data::add));
    for (String name : folders.named().keySet()) {
      if (!names.contains(name)) {
        data.add(folders.other(name, where, names));
      }
    }
    if (data.isEmpty() && !names.isEmpty()) {
      throw new InputException(
              where,
              "does not say where its data sets are",
              "give the folder of at least one of them (" + String.join(", ", names) + ")")
          .about(Topic.DATA_FOLDER);
    }
    return new Grid(
        json.text("name"),
        text(json, "paper"),
        json.has("metrics")
            ? json.texts("metrics").stream().map(GridJson::metric).toList()
            : Grid.USUAL_METRICS,
        json.has("plot") ? Optional.of(json.object("plot", GridJson::plot)) : Optional.empty(),
        data,
        json.integers("shots").stream().map(GridJson::count).toList(),
        json.integers("seeds"),
        json.objects("variants", GridJson::variant));
  }

  private static Metric metric(String id) {
    return Grid.AVERAGED_METRICS.stream()
        .filter(metric -> metric.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "metrics hold '%s', which is none of %s"
                        .formatted(
                            id,
                            Grid.AVERAGED_METRICS.stream()
                                .map(Metric::id)
                                .collect(Collectors.joining(", ")))));
  }

  private static Grid.Plot plot(StrictJson json) {
    return new Grid.Plot(
        json.text("x"), json.text("x_label"), text(json, "series"), text(json, "series_label"));
  }

  private static Optional<String> text(StrictJson json, String name) {
    return json.has(name) ? Optional.of(json.text(name)) : Optional.empty();
  }

  private static int count(long shots) {
    if (shots < 0 || shots > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("shots are " + shots);
    }
    return (int) shots;
  }

  private static Optional<GridData> data(StrictJson json, Folders folders, List<String> names) {
    String name = json.text("name");
    names.add(name);
    GridData.Layout layout = layout(json.text("layout"));
    List<String> categories = json.has("categories") ? json.texts("categories") : List.of();
    Optional<Path> written =
        json.has("root") ? Optional.of(path(json.text("root"), folders.base())) : Optional.empty();
    return Optional.ofNullable(folders.named().get(name))
        .or(() -> written)
        .map(root -> new GridData(name, layout, root, categories));
  }

  private static Path path(String text, Path base) {
    try {
      return base.resolve(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("root is not a path: " + e.getMessage(), e);
    }
  }

  private static GridData.Layout layout(String id) {
    return GridData.Layout.of(id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "layout '" + id + "' is none of " + DataLayout.IDS.replace("|", ", ")));
  }

  private static Variant variant(StrictJson json) {
    Variant plain = Variant.of(Method.of(json.text("method")));
    return new Variant(
        json.has("name") ? json.text("name") : plain.name(),
        plain.method(),
        json.has("fitted_on") ? FittedOn.of(json.text("fitted_on")) : plain.fittedOn(),
        json.has("preset") ? Preset.of(json.text("preset")) : plain.preset(),
        json.has("settings") ? json.json("settings") : plain.settings());
  }
}
