package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.PlainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rows of tiles that are named by their place, so that no two share a file. */
final class PictureTiles {

  private final List<Sheet.Row> rows = new ArrayList<>();

  /**
   * Adds a row.
   *
   * @param label stands above it
   * @param names what each tile shows
   * @param rasters as many
   */
  void add(String label, List<String> names, List<Optional<Raster>> rasters) {
    List<Optional<Tile>> tiles = new ArrayList<>();
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      String file = file(column, name);
      tiles.add(rasters.get(column).map(raster -> Tile.of(file, raster, name + ", " + label)));
    }
    rows.add(new Sheet.Row(label, tiles));
  }

  /** Adds a row whose tiles have titles, and the same names of rows and columns. */
  void addTitled(String label, List<String> titles, List<Raster> rasters, List<String> ticks) {
    List<Optional<Tile>> tiles = new ArrayList<>();
    for (int column = 0; column < titles.size(); column++) {
      Raster raster = rasters.get(column);
      String title = titles.get(column);
      tiles.add(
          Optional.of(
              new Tile(
                  file(column, title),
                  raster.png(),
                  raster.width(),
                  raster.height(),
                  title,
                  title,
                  ticks)));
    }
    rows.add(new Sheet.Row(label, tiles));
  }

  /** Without dots: older LaTeX takes what follows the first for the file's kind. */
  private String file(int column, String name) {
    return String.format(
        Locale.ROOT,
        "%03d-%02d-%s",
        rows.size() + 1,
        column + 1,
        PlainName.of(name).replace('.', '_'));
  }

  List<Sheet.Row> rows() {
    return List.copyOf(rows);
  }
}
