package io.github.anople.benchmark.figure;

import java.util.List;
import java.util.Optional;

/**
 * A figure as rows of tiles.
 *
 * @param figure which
 * @param caption all that a reader has to know
 * @param heads what stands above the columns; its length is the number of columns
 * @param rows from the top
 */
record Sheet(PaperFigure figure, String caption, List<Head> heads, List<Row> rows) {

  Sheet {
    heads = List.copyOf(heads);
    rows = List.copyOf(rows);
  }

  /**
   * What stands above a column.
   *
   * @param group stands above all columns in a row that share it; empty for nothing
   * @param title of the column alone; empty for nothing
   */
  record Head(String group, String title) {}

  /**
   * A row of tiles.
   *
   * @param label stands above it; empty for nothing
   * @param tiles one for each column; empty where there is nothing to show
   */
  record Row(String label, List<Optional<Tile>> tiles) {

    Row {
      tiles = List.copyOf(tiles);
    }

    /** How high its highest tile is when it is as wide as its column, which is 1; at most 1. */
    double height() {
      return tiles.stream()
          .flatMap(Optional::stream)
          .mapToDouble(tile -> Math.min(1, (double) tile.height() / tile.width()))
          .max()
          .orElse(1);
    }

    /** Whether a tile of it has a title. */
    boolean titled() {
      return tiles.stream().flatMap(Optional::stream).anyMatch(tile -> !tile.title().isEmpty());
    }
  }

  int columns() {
    return heads.size();
  }

  /** Whether a column has something to say. */
  boolean hasHeads() {
    return heads.stream().anyMatch(head -> !head.title().isEmpty());
  }

  boolean hasGroups() {
    return heads.stream().anyMatch(head -> !head.group().isEmpty());
  }

  /** How many columns from one on share its group. */
  int span(int column) {
    int end = column + 1;
    while (end < columns() && heads.get(end).group().equals(heads.get(column).group())) {
      end++;
    }
    return end - column;
  }
}
