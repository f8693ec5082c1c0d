package io.github.anople.benchmark.plot;

import io.github.anople.benchmark.drawing.Box;
import io.github.anople.benchmark.drawing.Point;
import io.github.anople.benchmark.drawing.Stroke;
import io.github.anople.benchmark.drawing.SvgCanvas;
import io.github.anople.benchmark.drawing.SvgFile;
import io.github.anople.benchmark.drawing.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws a {@link LineChart}: panels side by side, the legend below them. */
public final class LinePlotSvg {

  private static final double PANEL = 430;
  private static final double LEFT = 64;
  private static final double TOP = 24;
  private static final double INNER_WIDTH = PANEL - LEFT - 26;
  private static final double INNER_HEIGHT = 250;
  private static final double BELOW = 56;
  private static final double LEGEND_LINE = 22;
  private static final double LEGEND_ENTRY = 210;
  private static final double DOT = 3.2;
  private static final double CAP = 4;

  /** Lines stand a little beside each other, so that their bars are seen. */
  private static final double DODGE = 2.5;

  private static final Stroke AXIS = new Stroke("#333333", 1);
  private static final Stroke GRID = new Stroke("#dddddd", 1);

  private final LineChart chart;
  private final double width;
  private final double height;

  private LinePlotSvg(LineChart chart) {
    this.chart = chart;
    this.width = PANEL * chart.panels().size();
    this.height = TOP + INNER_HEIGHT + BELOW + LEGEND_LINE * legendLines();
  }

  /**
   * A chart as a file.
   *
   * @param chart what is drawn
   * @return SVG; equal charts give equal texts
   */
  public static String of(LineChart chart) {
    LinePlotSvg plot = new LinePlotSvg(chart);
    return new SvgFile(plot.width, plot.height, chart.title(), plot.words()).text(plot::draw);
  }

  private String words() {
    List<String> words = new ArrayList<>();
    for (LineChart.Panel panel : chart.panels()) {
      for (LineChart.Line line : panel.lines()) {
        List<String> points = new ArrayList<>();
        for (int i = 0; i < chart.ticks().size(); i++) {
          String tick = chart.ticks().get(i);
          line.values()
              .get(i)
              .ifPresent(
                  value -> points.add(String.format(Locale.ROOT, "%s: %.1f", tick, value.mean())));
        }
        words.add(panel.yLabel() + ", " + line.name() + ": " + String.join(", ", points));
      }
    }
    return String.join(". ", words);
  }

  private void draw(SvgCanvas canvas) {
    for (int i = 0; i < chart.panels().size(); i++) {
      panel(canvas, chart.panels().get(i), i * PANEL + LEFT);
    }
    legend(canvas);
  }

  private void panel(SvgCanvas canvas, LineChart.Panel panel, double left) {
    Optional<Span> span = panel.span();
    span.ifPresent(shown -> rungs(canvas, shown, left));
    canvas.frame(new Box(left, TOP, INNER_WIDTH, INNER_HEIGHT), AXIS);
    for (int i = 0; i < chart.ticks().size(); i++) {
      double x = x(left, i);
      double bottom = TOP + INNER_HEIGHT;
      canvas.line(new Point(x, bottom), new Point(x, bottom + 5), AXIS);
      canvas.text(
          new Point(x, bottom + 20),
          chart.ticks().get(i),
          new TextStyle(13, TextStyle.Anchor.MIDDLE));
    }
    canvas.text(
        new Point(left + INNER_WIDTH / 2, TOP + INNER_HEIGHT + 42),
        chart.xLabel(),
        new TextStyle(14, TextStyle.Anchor.MIDDLE));
    canvas.text(
        new Point(left - 46, TOP + INNER_HEIGHT / 2),
        panel.yLabel(),
        new TextStyle(14, TextStyle.Anchor.MIDDLE).turned(-90));
    span.ifPresent(
        shown -> {
          for (int i = 0; i < panel.lines().size(); i++) {
            double aside = DODGE * (i - (panel.lines().size() - 1) / 2.0);
            line(canvas, panel.lines().get(i), LineLook.of(i), shown, left + aside);
          }
        });
  }

  private static void rungs(SvgCanvas canvas, Span span, double left) {
    for (double tick : span.ticks()) {
      double y = y(span, tick);
      canvas.line(new Point(left, y), new Point(left + INNER_WIDTH, y), GRID);
      canvas.text(
          new Point(left - 8, y + 4),
          String.format(Locale.ROOT, "%." + span.digits() + "f", tick),
          new TextStyle(12, TextStyle.Anchor.END));
    }
  }

  private void line(SvgCanvas canvas, LineChart.Line line, LineLook look, Span span, double left) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < line.values().size(); i++) {
      Optional<LineChart.Value> value = line.values().get(i);
      if (value.isPresent()) {
        points.add(new Point(x(left, i), y(span, value.get().mean())));
        value
            .get()
            .deviation()
            .ifPresent(around -> bar(canvas, points, value.get().mean(), around, span, look));
      }
    }
    canvas.polyline(points, look.stroke());
    points.forEach(point -> canvas.circle(point, DOT, look.colour()));
  }

  private static void bar(
      SvgCanvas canvas, List<Point> points, double mean, double around, Span span, LineLook look) {
    double x = points.get(points.size() - 1).x();
    double top = y(span, mean + around);
    double bottom = y(span, mean - around);
    Stroke thin = new Stroke(look.colour(), 1);
    canvas.line(new Point(x, top), new Point(x, bottom), thin);
    canvas.line(new Point(x - CAP, top), new Point(x + CAP, top), thin);
    canvas.line(new Point(x - CAP, bottom), new Point(x + CAP, bottom), thin);
  }

  private void legend(SvgCanvas canvas) {
    List<LineChart.Line> lines = chart.panels().get(0).lines();
    int columns = columns();
    for (int i = 0; i < lines.size(); i++) {
      int row = i / columns;
      int column = i % columns;
      double x = LEFT + column * LEGEND_ENTRY;
      double y = TOP + INNER_HEIGHT + BELOW + LEGEND_LINE * row + 8;
      LineLook look = LineLook.of(i);
      canvas.line(new Point(x, y - 4), new Point(x + 30, y - 4), look.stroke());
      canvas.circle(new Point(x + 15, y - 4), DOT, look.colour());
      canvas.text(
          new Point(x + 38, y), lines.get(i).name(), new TextStyle(13, TextStyle.Anchor.START));
    }
  }

  private int columns() {
    return Math.max(1, (int) ((width - LEFT) / LEGEND_ENTRY));
  }

  private int legendLines() {
    int lines = chart.panels().get(0).lines().size();
    int columns = columns();
    return (lines + columns - 1) / columns;
  }

  /** Ticks stand a little away from the frame, so that no point lies on it. */
  private double x(double left, int tick) {
    return left + INNER_WIDTH * (0.05 + 0.9 * chart.place(tick));
  }

  private static double y(Span span, double value) {
    return TOP + INNER_HEIGHT * (1 - span.place(value));
  }
}
