package io.github.anople.benchmark.figure;

import io.github.anople.benchmark.drawing.Box;
import io.github.anople.benchmark.drawing.Point;
import io.github.anople.benchmark.drawing.Stroke;
import io.github.anople.benchmark.drawing.SvgCanvas;
import io.github.anople.benchmark.drawing.SvgFile;
import io.github.anople.benchmark.drawing.TextStyle;
import io.github.anople.benchmark.drawing.TextStyle.Anchor;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Draws a sheet: title, heads, rows of tiles, caption.
 *
 * @param sheet the figure
 */
record SheetSvg(Sheet sheet) {

  private static final double MARGIN = 16;
  private static final double CELL = 140;
  private static final double GAP = 6;
  private static final double ROW_GAP = 12;
  private static final double GROUP_GAP = 10;
  private static final double TICKS = 18;
  private static final double LEAST_WIDTH = 560;

  private static final double LINE = 17;
  private static final double BASE = 12; // of a line's height, down to where letters stand
  private static final TextStyle TITLE = new TextStyle(16, Anchor.START).inBold();
  private static final TextStyle GROUP = new TextStyle(13, Anchor.MIDDLE).inBold();
  private static final TextStyle HEAD = new TextStyle(12, Anchor.MIDDLE);
  private static final TextStyle LABEL = new TextStyle(12, Anchor.START);
  private static final TextStyle CAPTION = new TextStyle(12, Anchor.START).in("#404040");
  private static final TextStyle TICK = new TextStyle(9, Anchor.MIDDLE).in("#404040");
  private static final TextStyle NOTHING = new TextStyle(11, Anchor.MIDDLE).in("#707070");
  private static final Stroke EDGE = new Stroke("#c0c0c0", 0.5);
  private static final Stroke RULE = new Stroke("#808080", 1);
  private static final String EMPTY = "#f0f0f0";

  void write(Path file) {
    new SvgFile(
            width(),
            height(),
            "Figure " + sheet.figure().number() + ": " + sheet.figure().title(),
            sheet.caption())
        .write(file, this::draw);
  }

  private void draw(SvgCanvas canvas) {
    double y = MARGIN;
    canvas.text(new Point(MARGIN, y + BASE), sheet.figure().title(), TITLE);
    y = heads(canvas, y + 1.6 * LINE);
    for (Sheet.Row row : sheet.rows()) {
      y = row(canvas, row, y);
    }
    y += GAP;
    for (String line : captionLines()) {
      canvas.text(new Point(MARGIN, y + BASE), line, CAPTION);
      y += LINE;
    }
  }

  private double heads(SvgCanvas canvas, double top) {
    double y = top;
    if (sheet.hasGroups()) {
      for (int column = 0; column < sheet.columns(); column += sheet.span(column)) {
        group(canvas, column, y);
      }
      y += LINE + 2;
    }
    if (sheet.hasHeads()) {
      for (int column = 0; column < sheet.columns(); column++) {
        text(canvas, left(column) + CELL / 2, y, sheet.heads().get(column).title(), HEAD, CELL);
      }
      y += LINE;
    }
    return y;
  }

  private void group(SvgCanvas canvas, int column, double y) {
    String name = sheet.heads().get(column).group();
    int last = column + sheet.span(column) - 1;
    double from = left(column);
    double to = left(last) + CELL;
    if (!name.isEmpty()) {
      text(canvas, (from + to) / 2, y, name, GROUP, to - from);
      canvas.line(new Point(from, y + LINE), new Point(to, y + LINE), RULE);
    }
  }

  private double row(SvgCanvas canvas, Sheet.Row row, double top) {
    double y = top;
    if (!row.label().isEmpty()) {
      for (String line : labelLines(row)) {
        canvas.text(new Point(MARGIN, y + 2 + BASE), line, LABEL);
        y += LINE;
      }
      y += 2;
    }
    if (row.titled()) {
      for (int column = 0; column < row.tiles().size(); column++) {
        double middle = left(column) + CELL / 2;
        double at = y;
        row.tiles()
            .get(column)
            .ifPresent(tile -> text(canvas, middle, at, tile.title(), HEAD, CELL));
      }
      y += LINE;
    }
    double height = CELL * row.height();
    for (int column = 0; column < row.tiles().size(); column++) {
      tile(canvas, row.tiles().get(column), new Box(left(column), y, CELL, height));
    }
    return y + height + ROW_GAP;
  }

  private void tile(SvgCanvas canvas, Optional<Tile> tile, Box cell) {
    if (tile.isEmpty()) {
      canvas.rectangle(cell, EMPTY);
      text(
          canvas,
          cell.x() + cell.width() / 2,
          cell.y() + cell.height() / 2 - BASE / 2,
          "nothing to show",
          NOTHING,
          CELL);
      return;
    }
    Box box = placed(tile.get(), cell);
    canvas.picture(box, tile.get().png(), tile.get().words());
    canvas.frame(box, EDGE);
    ticks(canvas, tile.get().ticks(), box);
  }

  /** The largest box of the tile's proportions, in the middle of what its ticks leave. */
  private static Box placed(Tile tile, Box cell) {
    double spare = tile.ticks().isEmpty() ? 0 : TICKS;
    double width = cell.width() - spare;
    double height = cell.height() - spare;
    double scale = Math.min(width / tile.width(), height / tile.height());
    double across = tile.width() * scale;
    double down = tile.height() * scale;
    return new Box(
        cell.x() + spare + (width - across) / 2,
        cell.y() + spare + (height - down) / 2,
        across,
        down);
  }

  private static void ticks(SvgCanvas canvas, List<String> names, Box box) {
    for (int i = 0; i < names.size(); i++) {
      double step = (i + 0.5) / names.size();
      Point above = new Point(box.x() + box.width() * step, box.y() - 4);
      Point beside = new Point(box.x() - 10, box.y() + box.height() * step + 3);
      canvas.text(above, names.get(i), TICK);
      canvas.text(beside, names.get(i), TICK);
    }
  }

  private static void text(
      SvgCanvas canvas, double x, double y, String text, TextStyle style, double room) {
    canvas.text(new Point(x, y + BASE), SheetText.fitting(text, style.size(), room), style);
  }

  private double left(int column) {
    double groups = 0;
    for (int at = 0; at < column; at++) {
      boolean ends = !sheet.heads().get(at).group().equals(sheet.heads().get(at + 1).group());
      groups += ends ? GROUP_GAP : 0;
    }
    return MARGIN + column * (CELL + GAP) + groups;
  }

  private double width() {
    double tiles = left(sheet.columns() - 1) + CELL + MARGIN;
    return Math.max(LEAST_WIDTH, tiles);
  }

  private List<String> labelLines(Sheet.Row row) {
    return SheetText.lines(row.label(), LABEL.size(), width() - 2 * MARGIN);
  }

  private List<String> captionLines() {
    return SheetText.lines(sheet.caption(), CAPTION.size(), width() - 2 * MARGIN);
  }

  private double height() {
    double height = MARGIN + 1.6 * LINE;
    height += (sheet.hasGroups() ? LINE + 2 : 0) + (sheet.hasHeads() ? LINE : 0);
    for (Sheet.Row row : sheet.rows()) {
      height += row.label().isEmpty() ? 0 : labelLines(row).size() * LINE + 2;
      height += row.titled() ? LINE : 0;
      height += CELL * row.height() + ROW_GAP;
    }
    return height + GAP + captionLines().size() * LINE + MARGIN;
  }
}
