package io.github.anople.inspect.report.html;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.anople.inspect.report.FeaturePlot;
import io.github.anople.inspect.report.FeaturePlot.Kind;
import io.github.anople.inspect.report.FeaturePlot.Point;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/** The images' features on a plane with those of the two texts: the paper's Figure 4. */
final class FeatureChart {

  private static final int POINTS_PER_GROUP = 400;
  private static final int ROWS_PER_GROUP = 25;

  private FeatureChart() {}

  static void append(
      Element parent, Optional<FeaturePlot> features, ObjectNode data, ShortNames names) {
    if (features.isEmpty() || features.get().points().isEmpty()) {
      return;
    }
    FeaturePlot plot = features.get();
    Element section = Dom.section(parent, "features", "Features");
    String explained =
        plot.explained().isPresent()
            ? " Its two axes hold " + Words.percent(plot.explained()) + " of the images' variance."
            : "";
    Element figure =
        Charts.chart(
            section,
            "features",
            "Features of images and texts",
            "The images' features in the plane in which they differ most, and where the texts of"
                + " good (t+) and anomalous (t−) fall in it."
                + explained);
    figure.addClass("wide");
    Element body =
        Dom.table(
            Dom.details(figure, "Numbers"),
            "Features of images and texts",
            List.of("Name", "Group", "First", "Second"));
    ArrayNode groups = data.putArray("features");
    groups(plot).forEach((group, points) -> group(groups, body, group, points, names));
  }

  /** By kind, in the kinds' order, defects by their type. */
  private static Map<Group, List<Point>> groups(FeaturePlot plot) {
    return plot.points().stream()
        .collect(
            Collectors.groupingBy(
                point -> new Group(point.kind(), point.defectType()),
                TreeMap::new,
                Collectors.toList()));
  }

  private static void group(
      ArrayNode groups, Element body, Group group, List<Point> points, ShortNames names) {
    ObjectNode node = groups.addObject();
    node.put("title", group.title());
    node.put("kind", group.kind.name().toLowerCase(Locale.ROOT));
    group.mark().ifPresent(mark -> node.put("mark", mark));
    ArrayNode array = node.putArray("points");
    for (Point point : Thinned.to(POINTS_PER_GROUP, points)) {
      array.addArray().add(point.x()).add(point.y()).add(Words.name(names.of(point.name())));
    }
    for (Point point : Thinned.to(ROWS_PER_GROUP, points)) {
      Dom.row(
          body,
          names.of(point.name()),
          List.of(group.title(), Words.score(point.x()), Words.score(point.y())));
    }
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

    /** What stands beside the point: texts are few, and where they lie is what one looks for. */
    Optional<String> mark() {
      return switch (kind) {
        case TEXT_NORMAL -> Optional.of("t+");
        case TEXT_ANOMALOUS -> Optional.of("t−");
        case SHOT, GOOD, DEFECT -> Optional.empty();
      };
    }

    @Override
    public int compareTo(Group other) {
      int byKind = kind.compareTo(other.kind);
      return byKind != 0 ? byKind : defectType.compareTo(other.defectType);
    }
  }
}
