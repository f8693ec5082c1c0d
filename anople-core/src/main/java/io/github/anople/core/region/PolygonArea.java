package io.github.anople.core.region;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.List;

/**
 * Polygons: a place belongs to the area if it lies in one of them at least. Where a polygon crosses
 * itself, what is enclosed twice lies outside of it (even-odd).
 *
 * @param polygons each a list of corners in order, {@code [x, y]} from 0 (left, top) to 1 (right,
 *     bottom); the last is joined with the first
 */
public record PolygonArea(List<List<List<Double>>> polygons) implements Area {

  /** Each row of a picture is compared with every side. */
  private static final int MOST_CORNERS = 10_000;

  private static final int FEWEST_CORNERS = 3;

  /**
   * Polygons.
   *
   * @param polygons their corners
   * @throws IllegalArgumentException if there are none, one has fewer than three corners or a
   *     corner outside of pictures, or there are more than 10,000 corners
   */
  public PolygonArea {
    polygons = polygons.stream().map(one -> one.stream().map(List::copyOf).toList()).toList();
    int corners = 0;
    for (int i = 0; i < polygons.size(); i++) {
      if (polygons.get(i).size() < FEWEST_CORNERS) {
        throw new IllegalArgumentException(
            "polygon %d has %d corners, and needs three or more"
                .formatted(i + 1, polygons.get(i).size()));
      }
      for (List<Double> corner : polygons.get(i)) {
        check(corner, i + 1);
      }
      corners += polygons.get(i).size();
    }
    if (corners == 0) {
      throw new IllegalArgumentException("there is no polygon");
    }
    if (corners > MOST_CORNERS) {
      throw new IllegalArgumentException(
          "the polygons have %d corners, and may have %d; a mask may have any border"
              .formatted(corners, MOST_CORNERS));
    }
  }

  private static void check(List<Double> corner, int number) {
    if (corner.size() != 2) {
      throw new IllegalArgumentException(
          "a corner of polygon %d has %d numbers instead of x and y"
              .formatted(number, corner.size()));
    }
    for (double value : corner) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException(
            "a corner of polygon %d has %s, and coordinates are from 0 to 1 of the picture"
                .formatted(number, value));
      }
    }
  }

  @Override
  public void mark(Row row, boolean[] inside) {
    for (List<List<Double>> polygon : polygons) {
      double[] crossings = crossings(polygon, row.y());
      for (int i = 0; i + 1 < crossings.length; i += 2) {
        int from = row.firstFrom(crossings[i], inside.length);
        int to = row.firstFrom(crossings[i + 1], inside.length);
        Arrays.fill(inside, from, Math.max(from, to), true);
      }
    }
  }

  /** Where the sides of a polygon cross a height, from left to right: an even number. */
  private static double[] crossings(List<List<Double>> polygon, double y) {
    double[] crossings = new double[polygon.size()];
    int count = 0;
    List<Double> before = polygon.get(polygon.size() - 1);
    for (List<Double> corner : polygon) {
      double y0 = before.get(1);
      double y1 = corner.get(1);
      if (y0 > y != y1 > y) {
        double x0 = before.get(0);
        double x1 = corner.get(0);
        // An upright side is where it is, without rounding.
        crossings[count++] = x0 == x1 ? x0 : x0 + (x1 - x0) * ((y - y0) / (y1 - y0));
      }
      before = corner;
    }
    double[] found = Arrays.copyOf(crossings, count);
    Arrays.sort(found);
    return found;
  }

  JsonNode toTree() {
    ArrayNode tree = JsonNodeFactory.instance.arrayNode();
    for (List<List<Double>> polygon : polygons) {
      ArrayNode corners = tree.addArray();
      for (List<Double> corner : polygon) {
        corners.addArray().add(corner.get(0)).add(corner.get(1));
      }
    }
    return tree;
  }
}
