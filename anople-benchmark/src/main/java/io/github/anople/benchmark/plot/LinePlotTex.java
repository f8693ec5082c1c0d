package io.github.anople.benchmark.plot;

import io.github.anople.benchmark.drawing.LatexText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A {@link LineChart} for LaTeX with the package pgfplots, which sets it in the paper's type. */
public final class LinePlotTex {

  private LinePlotTex() {}

  /**
   * A figure to put into a paper.
   *
   * @param chart what is drawn
   * @return LaTeX; the preamble needs {@code \\usepackage{pgfplots}}
   */
  public static String of(LineChart chart) {
    List<String> lines = new ArrayList<>();
    lines.add("% Needs \\usepackage{pgfplots}");
    lines.add("\\begin{figure}");
    lines.add("  \\centering");
    for (LineChart.Panel panel : chart.panels()) {
      lines.add("  \\begin{tikzpicture}");
      lines.add(
          "    \\begin{axis}[width=.48\\linewidth, legend pos=south east, legend style={font=\\tiny},");
      lines.add(
          "      xlabel={%s}, ylabel={%s},"
              .formatted(LatexText.of(chart.xLabel()), LatexText.of(panel.yLabel())));
      lines.add("      xtick={%s}, xticklabels={%s}]".formatted(places(chart), labels(chart)));
      for (int i = 0; i < panel.lines().size(); i++) {
        line(lines, chart, panel.lines().get(i));
      }
      lines.add("    \\end{axis}");
      lines.add("  \\end{tikzpicture}");
    }
    lines.add("  \\caption{" + LatexText.of(chart.title()) + "}");
    lines.add("\\end{figure}");
    return String.join("\n", lines) + "\n";
  }

  private static void line(List<String> lines, LineChart chart, LineChart.Line line) {
    lines.add("      \\addplot+[error bars/.cd, y dir=both, y explicit] coordinates {");
    double[] places = chart.places();
    for (int i = 0; i < places.length; i++) {
      Optional<LineChart.Value> value = line.values().get(i);
      if (value.isPresent()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "        (%s, %.2f) +- (0, %.2f)",
                plain(places[i]),
                value.get().mean(),
                value.get().deviation().orElse(0)));
      }
    }
    lines.add("      };");
    lines.add("      \\addlegendentry{" + LatexText.of(line.name()) + "}");
  }

  private static String places(LineChart chart) {
    List<String> places = new ArrayList<>();
    for (double place : chart.places()) {
      places.add(plain(place));
    }
    return String.join(",", places);
  }

  private static String labels(LineChart chart) {
    return String.join(
        ",", chart.ticks().stream().map(tick -> "{" + LatexText.of(tick) + "}").toList());
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
