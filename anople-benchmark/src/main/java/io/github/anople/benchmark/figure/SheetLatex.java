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
  private static final double ACROSS = 0.93;

  private static final double DOWN = 1.15;

  /** The side of a tile at most. */
  private static final double LARGEST = 0.16;

  /** What a line of small text takes of a page, and how many letters the text's width holds. */
  private static final double LINE = 0.022;

  private static final int LETTERS = 105;

  /** The fragment, in as many parts as it needs pages; files lie in the folder of its name. */
  String text() {
    List<String> lines = new ArrayList<>();
    for (List<Sheet.Row> page : pages()) {
      part(page, lines.isEmpty(), lines);
    }
    return String.join("\n", lines) + "\n";
  }

  private void part(List<Sheet.Row> page, boolean first, List<String> lines) {
    lines.add("\\begin{figure*}");
    if (!first) {
      lines.add("  \\addtocounter{figure}{-1}");
    }
    lines.add("  \\centering");
    lines.add("  \\setlength{\\tabcolsep}{1pt}");
    lines.add("  \\begin{tabular}{" + "c".repeat(sheet.columns()) + "}");
    if (sheet.hasGroups()) {
      lines.add(groups());
    }
    if (sheet.hasHeads()) {
      lines.add(cells(sheet.heads().stream().map(head -> small(head.title())).toList()));
    }
    page.forEach(row -> row(row, lines));
    lines.add("  \\end{tabular}");
    if (first) {
      lines.add("  \\caption{" + LatexText.of(sheet.caption()) + "}");
      lines.add("  \\label{fig:anople-" + sheet.figure().number() + "}");
    } else {
      lines.add("  \\caption{" + LatexText.of(sheet.figure().title()) + ", continued.}");
    }
    lines.add("\\end{figure*}");
  }

  /** As many rows on each page as it holds, beside heads and caption. */
  private List<List<Sheet.Row>> pages() {
    List<List<Sheet.Row>> pages = new ArrayList<>();
    double left = 0;
    for (Sheet.Row row : sheet.rows()) {
      double height = height(row);
      if (height > left) {
        String caption = pages.isEmpty() ? sheet.caption() : sheet.figure().title();
        pages.add(new ArrayList<>());
        left = DOWN - LINE * (2 + lines(caption, 1));
      }
      pages.get(pages.size() - 1).add(row);
      left -= height;
    }
    return pages;
  }

  private double height(Sheet.Row row) {
    double text = row.label().isEmpty() ? 0 : lines(row.label(), sheet.columns() * side());
    return side() * row.height() + LINE * (text + (row.titled() ? 1 : 0));
  }

  /** How many lines a text has in a part of the text's width. */
  private static double lines(String text, double width) {
    return Math.ceil(text.length() / (LETTERS * width));
  }

  private String groups() {
    List<String> cells = new ArrayList<>();
    for (int column = 0; column < sheet.columns(); column += sheet.span(column)) {
      String name = sheet.heads().get(column).group();
      cells.add(
          String.format(Locale.ROOT, "\\multicolumn{%d}{c}{%s}", sheet.span(column), small(name)));
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
        "\\multicolumn{%d}{p{%.3f\\textwidth}}{{\\raggedright %s\\par}}",
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

  /** The side of a tile, of the text's width. */
  private double side() {
    return Math.min(LARGEST, ACROSS / sheet.columns());
  }

  private static String small(String text) {
    return text.isEmpty() ? "" : "{\\scriptsize " + LatexText.of(text) + "}";
  }

  private static String cells(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" & ", "    ", " \\\\"));
  }
}
