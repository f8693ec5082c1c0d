package io.github.anople.benchmark.command;

import io.github.anople.benchmark.Grid;
import io.github.anople.benchmark.GridChanges;
import io.github.anople.benchmark.GridData;
import io.github.anople.benchmark.GridJson;
import io.github.anople.benchmark.Method;
import io.github.anople.benchmark.Preset;
import io.github.anople.benchmark.ReadyGrids;
import io.github.anople.benchmark.Variant;
import io.github.anople.console.SettingOptions;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Which grid: a ready-made one, a file, or one made of options; and what is changed of it. */
final class GridOptions {

  /** The names that {@code --help} lists. */
  static final class Ready implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return ReadyGrids.NAMES.iterator();
    }
  }

  /** A layout by name. */
  static final class Layouts implements ITypeConverter<GridData.Layout> {
    @Override
    public GridData.Layout convert(String text) {
      return GridData.Layout.of(text.toLowerCase(Locale.ROOT))
          .orElseThrow(
              () -> new TypeConversionException("'%s' is no layout of data sets".formatted(text)));
    }
  }

  @Option(
      names = "--data",
      paramLabel = "LAYOUT",
      converter = Layouts.class,
      description =
          "Layout of the data sets where there is no GRID: mvtec, loco, mvtec-ad2, btad, visa, "
              + "real-iad or lookout. Default: what is found at their --root.")
  private GridData.Layout layout;

  @Option(
      names = "--root",
      paramLabel = "[NAME=]DIR",
      description = "Folder of a data set of the grid, may be repeated: mvtec=../MVTec.")
  private List<String> roots = List.of();

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description = "Categories. Default: those of the grid.")
  private List<String> categories = List.of();

  @Option(
      names = "--shots",
      paramLabel = "K",
      split = ",",
      description = "Numbers of good pictures of each category, such as 1,2,4.")
  private List<Integer> shots = List.of();

  @Option(names = "--seeds", paramLabel = "N", split = ",", description = "Seeds, such as 0,1,2.")
  private List<Long> seeds = List.of();

  @Option(
      names = "--variant",
      paramLabel = "NAME",
      split = ",",
      description = "Variants of the grid. Default: those that stand at GRID.")
  private List<String> variants = List.of();

  @Option(
      names = "--preset",
      paramLabel = "paper|usual",
      description =
          "What all variants begin with: the paper's settings for the layout, or the program's own, "
              + "which train uses. Default: the grid's, else the paper's.")
  private Optional<Preset> preset = Optional.empty();

  @Mixin private SettingOptions settings;

  /**
   * The grid that is asked for.
   *
   * @param name a ready-made one, or a file; empty for the data sets of {@code --root}
   */
  Grid grid(Optional<String> name) {
    return changed(name.map(this::named).orElseGet(this::ofRoots));
  }

  private Grid changed(Grid grid) {
    Map<String, String> changes = settings.values(Map.of(), Map.of());
    if (changes.containsKey("seed")) {
      throw settings.wrong("--set seed is of no use in a grid of seeds: use --seeds");
    }
    return new GridChanges(categories, shots, seeds, variants, preset, changes).of(grid);
  }

  /** The grids of a whole paper, with the changes that are asked for. */
  List<Grid> paper() {
    if (!variants.isEmpty()) {
      throw new InputException(
          "--variant", "is of no use for a whole paper", "name one grid, or leave it out");
    }
    Map<String, Path> all = namedRoots();
    List<Grid> grids = new ArrayList<>();
    for (String grid : ReadyGrids.NAMES) {
      Map<String, Path> own = new LinkedHashMap<>(all);
      own.keySet().removeIf(data -> !ReadyGrids.concerns(grid, data));
      if (!own.isEmpty() || all.isEmpty()) {
        grids.add(changed(GridJson.ready(grid, own, Optional.ofNullable(layout))));
      }
    }
    return grids;
  }

  /**
   * A grid of one number of shots, which is enough for all variants, and one seed, where nobody
   * asked for more.
   *
   * @param name see {@link #grid}
   * @param usual variants of a grid without a name, where nobody asked for others
   */
  Grid smallGrid(Optional<String> name, List<String> usual) {
    List<String> kept = variants.isEmpty() && name.isEmpty() ? usual : List.of();
    Grid grid = changed(grid(name), List.of(), List.of(), kept);
    return changed(
        grid,
        shots.isEmpty() ? List.of(grid.shotsForAll()) : List.of(),
        seeds.isEmpty() ? grid.seeds().subList(0, 1) : List.of(),
        List.of());
  }

  private static Grid changed(
      Grid grid, List<Integer> shots, List<Long> seeds, List<String> variants) {
    return new GridChanges(List.of(), shots, seeds, variants, Optional.empty(), Map.of()).of(grid);
  }

  private Grid named(String grid) {
    if (ReadyGrids.has(grid)) {
      return GridJson.ready(grid, namedRoots(), Optional.ofNullable(layout));
    }
    Path file = Path.of(grid);
    if (!Files.isRegularFile(file)) {
      throw new InputException(
          grid,
          "is neither a ready-made grid nor a file",
          "name a JSON file, or one of " + String.join(", ", ReadyGrids.NAMES));
    }
    try {
      Path base = file.toAbsolutePath().getParent();
      return GridJson.parse(Files.readString(file), grid, base, namedRoots());
    } catch (IOException e) {
      throw new InputException(
          grid, "cannot be read (" + e.getMessage() + ")", "give a JSON file in UTF-8", e);
    }
  }

  private Map<String, Path> namedRoots() {
    Map<String, Path> named = new LinkedHashMap<>();
    for (String root : roots) {
      int equals = root.indexOf('=');
      if (equals < 1) {
        throw new InputException(
            "--root", "'" + root + "' does not name a data set", "write it as mvtec=" + root);
      }
      named.put(root.substring(0, equals), Path.of(root.substring(equals + 1)));
    }
    return named;
  }

  private Grid ofRoots() {
    if (roots.isEmpty()) {
      throw new InputException(
          "--root", "is missing", "name a data set's folder, or a grid with it");
    }
    List<GridData> data = new ArrayList<>();
    for (String root : roots) {
      int equals = root.indexOf('=');
      Path folder = Path.of(root.substring(equals + 1));
      String called =
          equals > 0
              ? root.substring(0, equals)
              : String.valueOf(folder.toAbsolutePath().normalize().getFileName());
      GridData.Layout found = layout == null ? GridData.Layout.find(folder) : layout;
      data.add(new GridData(called, found, folder, List.of()));
    }
    return new Grid(
        "benchmark",
        Optional.empty(),
        data,
        List.of(1),
        List.of(0L, 1L, 2L),
        Arrays.stream(Method.values()).map(Variant::of).toList());
  }
}
