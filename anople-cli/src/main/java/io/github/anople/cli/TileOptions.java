package io.github.anople.cli;

import io.github.anople.core.detect.Tiling;
import io.github.anople.torch.config.TileSettings;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a training looks at pictures in tiles. */
final class TileOptions {

  /** The settings that have an option here. */
  static final Map<String, String> OPTIONS =
      Map.of(
          "tiles.columns", "--tiles",
          "tiles.rows", "--tiles",
          "tiles.size", "--tile-size",
          "tiles.overlap", "--tile-overlap",
          "tiles.memory", "--tile-memory");

  private static final Pattern GRID = Pattern.compile("(\\d{1,4})[xX](\\d{1,4})");

  @Option(
      names = "--tiles",
      paramLabel = "CxR",
      description =
          "Look at pictures in tiles, such as 3x2: three columns, two rows. For pictures that are so "
              + "large, or so long, that a defect is lost when they are made as small as the "
              + "backbone's input. Detection takes as many times as long.")
  private String grid;

  @Option(
      names = "--tile-size",
      paramLabel = "N",
      description =
          "The same by the size of a tile, N pixels of the picture wide and high: larger pictures "
              + "have more.")
  private Integer size;

  @Option(
      names = "--tile-overlap",
      paramLabel = "SHARE",
      description =
          "How much of a tile its neighbour sees too, at least: 0 to 0.5. Default: 0.1. A defect "
              + "should fit in.")
  private Double overlap;

  @Option(
      names = "--tile-memory",
      paramLabel = "shared|place",
      description =
          "What a tile is compared with: all tiles of the shots, or, for parts in a fixture, with "
              + "those at the same place; place needs --tiles. Default: shared.")
  private String memory;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  /** Adds the settings that were given. */
  void putInto(Map<String, String> given) {
    if (grid != null) {
      Matcher sides = GRID.matcher(grid);
      if (!sides.matches()) {
        throw wrong("--tiles '%s' is no grid: write it as 3x2".formatted(grid));
      }
      int columns = Integer.parseInt(sides.group(1));
      int rows = Integer.parseInt(sides.group(2));
      if (Math.min(columns, rows) < 1
          || Math.max(columns, rows) > Tiling.MOST_PER_AXIS
          || columns * rows == 1) {
        throw wrong(
            "--tiles '%s' must have 1 to %d tiles along each axis, and at least 2 in all"
                .formatted(grid, Tiling.MOST_PER_AXIS));
      }
      if (size != null) {
        throw wrong("--tiles and --tile-size both say which tiles there are: leave one out");
      }
      given.put("tiles.columns", Integer.toString(columns));
      given.put("tiles.rows", Integer.toString(rows));
    }
    if (size != null) {
      if (size < Tiling.SMALLEST || size > Tiling.LARGEST) {
        throw wrong(
            "--tile-size %d must be %d to %d pixels"
                .formatted(size, Tiling.SMALLEST, Tiling.LARGEST));
      }
      given.put("tiles.size", size.toString());
    }
    if (overlap != null) {
      if (!(overlap >= 0 && overlap <= Tiling.MOST_OVERLAP)) {
        throw wrong("--tile-overlap %s must be 0 to %s".formatted(overlap, Tiling.MOST_OVERLAP));
      }
      given.put("tiles.overlap", overlap.toString());
    }
    if (memory != null) {
      boolean place = memory.equals(TileSettings.Memory.PLACE.id());
      if (!place && !memory.equals(TileSettings.Memory.SHARED.id())) {
        throw wrong("--tile-memory '%s' is neither shared nor place".formatted(memory));
      }
      if (place && size != null) {
        throw wrong(
            "--tile-memory place needs a grid, in which every picture has the same places: give"
                + " --tiles instead of --tile-size");
      }
      given.put("tiles.memory", memory);
    }
  }

  /** Whether an option is given that says nothing without tiles. */
  void requireTiles(TileSettings tiles) {
    if (!tiles.enabled() && (overlap != null || memory != null)) {
      throw wrong(
          "%s needs tiles: give --tiles or --tile-size too"
              .formatted(overlap != null ? "--tile-overlap" : "--tile-memory"));
    }
  }

  private ParameterException wrong(String problem) {
    return new ParameterException(command.commandLine(), problem);
  }
}
