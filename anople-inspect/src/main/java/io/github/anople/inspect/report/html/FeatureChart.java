package io.github.anople.inspect.report.html;

import io.github.anople.inspect.page.ChartFigure;
import io.github.anople.inspect.page.Table;
import io.github.anople.inspect.page.Words;
import io.github.anople.inspect.report.FeaturePlot;
import io.github.anople.inspect.report.FeaturePlot.Kind;
import io.github.anople.inspect.report.FeaturePlot.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The images' features on a plane with those of the two texts: the paper's Figure 4.
 *
 * @param figure the place for it
 * @param groups what the script draws in it
 */
record FeatureChart(ChartFigure figure, List<ChartData.Group> groups) {

  private static final int POINTS_PER_GROUP = 400;
  private static final int ROWS_PER_GROUP = 25;

  static FeatureChart of(FeaturePlot plot, ShortNames names) {
    List<Table.Row> rows = new ArrayList<>();
    List<ChartData.Group> groups = new ArrayList<>();
    grouped(plot)
        .forEach(
            (group, points) -> {
              groups.add(drawn(group, points, names));
              for (Point point : Thinned.to(ROWS_PER_GROUP, points)) {
                rows.add(row(group, point, names));
              }
            });
    String title = "Features of images and texts";
    Table numbers = new Table(title, List.of("Name", "Group", "First", "Second"), rows);
    return new FeatureChart(
        new ChartFigure("features", title, caption(plot), true, numbers), groups);
  }

  private static String caption(FeaturePlot plot) {
    String explained =
        plot.explained().isPresent()
            ? " Its two axes hold " + Words.percent(plot.explained()) + " of the images' variance."
            : "";
    return "The images' features in the plane in which they differ most, and where the texts of"
        + " good (t+) and anomalous (t−) fall in it."
        + explained;
  }

  /** By kind, in the kinds' order, defects by their type. */
  private static Map<Group, List<Point>> grouped(FeaturePlot plot) {
    return plot.points().stream()
        .collect(
            Collectors.groupingBy(
                point -> new Group(point.kind(), point.defectType()),
                TreeMap::new,
                Collectors.toList()));
  }

  private static ChartData.Group drawn(Group group, List<Point> points, ShortNames names) {
    return new ChartData.Group(
        group.title(),
        group.kind.name().toLowerCase(Locale.ROOT),
        group.mark(),
        Thinned.to(POINTS_PER_GROUP, points).stream()
            .map(point -> List.<Object>of(point.x(), point.y(), Words.name(names.of(point.name()))))
            .toList());
  }

  private static Table.Row row(Group group, Point point, ShortNames names) {
    return new Table.Row(
        names.of(point.name()),
        List.of(group.title(), Words.score(point.x()), Words.score(point.y())));
  }

  private record Group(Kind kind, String defectType) implements Comparable<Group> {

    String title() {
      return switch (kind) {
        case SHOT -> "shots";
        case GOOD -> "good";
        case DEFECT -> Words.name(defectType);
        case TEXT_NORMAL -> "text: good (t+)";
        case TEXT_ANOMALOUS -> "text: anomalous (t−)";
      };
    }

    /**
     * What stands beside the point, or null: texts are few, and where they lie is what one looks
     * for.
     */
    String mark() {
      return switch (kind) {
        case TEXT_NORMAL -> "t+";
        case TEXT_ANOMALOUS -> "t−";
        case SHOT, GOOD, DEFECT -> null;
      };
    }

    @Override
    public int compareTo(Group other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : defectType.compareTo(other.defectType);
    }
  }
}
