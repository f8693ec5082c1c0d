package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.drawing.LatexText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A sheet as a fragment of LaTeX, for the package graphicx: a figure as wide as the page, with the
 * tiles' files.
 *
 * @param sheet the figure
 */
record SheetLatex(Sheet sheet) {

  /** What all tiles may take of the text's width, and of a page in the same unit. */
  private static final double ACROSS = 0.97;

  private static final double DOWN = 1.15;

  /** What a line of text takes of a page. */
  private static final double LINE = 0.022;

  private static final double SMALLEST = 0.03;
  private static final double LARGEST = 0.2;

  /** The fragment; files lie in the folder of the figure's name. */
  String text() {
    int columns = sheet.columns();
    List<String> lines = new ArrayList<>();
    lines.add("\\begin{figure*}");
    lines.add("  \\centering");
    lines.add("  \\setlength{\\tabcolsep}{1pt}");
    lines.add("  \\begin{tabular}{" + "c".repeat(columns) + "}");
    if (sheet.hasGroups()) {
      lines.add(groups());
    }
    if (sheet.hasHeads()) {
      lines.add(cells(sheet.heads().stream().map(head -> small(head.title())).toList()));
    }
    sheet.rows().forEach(row -> row(row, lines));
    lines.add("  \\end{tabular}");
    lines.add("  \\caption{" + LatexText.of(sheet.caption()) + "}");
    lines.add("  \\label{fig:anople-" + sheet.figure().number() + "}");
    lines.add("\\end{figure*}");
    return String.join("\n", lines) + "\n";
  }

  private String groups() {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < sheet.columns(); column += sheet.span(column)) {
      String name = sheet.heads().get(column).group();
      cells.add("\\multicolumn{%d}{c}{%s}".formatted(sheet.span(column), small(name)));
    }
    return cells(cells);
  }

  private void row(Sheet.Row row, List<String> lines) {
    if (!row.label().isEmpty()) {
      lines.add(cells(List.of(label(row))));
    }
    if (row.titled()) {
      lines.add(cells(row.tiles().stream().map(SheetLatex::title).toList()));
    }
    lines.add(cells(row.tiles().stream().map(this::picture).toList()));
  }

  /** As wide as the tiles, and as high as its words need. */
  private String label(Sheet.Row row) {
    return String.format(
        Locale.ROOT,
        "\\multicolumn{%d}{p{%.3f\\textwidth}}{\\raggedright %s}",
        sheet.columns(),
        sheet.columns() * side(),
        small(row.label()));
  }

  private static String title(Optional<Tile> tile) {
    return tile.map(one -> small(one.title())).orElse("");
  }

  private String picture(Optional<Tile> tile) {
    return tile.map(
            one ->
                String.format(
                    Locale.ROOT,
                    "\\includegraphics[width=%1$.3f\\textwidth,height=%1$.3f\\textwidth,"
                        + "keepaspectratio]{%2$s/%3$s.png}",
                    side(),
                    sheet.figure().id(),
                    one.name()))
        .orElse(small("nothing to show"));
  }

  /** The side of a tile, of the text's width: all have to be on one page. */
  private double side() {
    double text = 0;
    for (Sheet.Row row : sheet.rows()) {
      text += (row.label().isEmpty() ? 0 : LINE) + (row.titled() ? LINE : 0);
    }
    double down = (DOWN - text) / Math.max(1, sheet.rows().size());
    double side = Math.min(LARGEST, Math.min(ACROSS / sheet.columns(), down));
    return Math.max(SMALLEST, side);
  }

  private static String small(String text) {
    return text.isEmpty() ? "" : "{\\scriptsize " + LatexText.of(text) + "}";
  }

  private static String cells(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" & ", "    ", " \\\\"));
  }
}
