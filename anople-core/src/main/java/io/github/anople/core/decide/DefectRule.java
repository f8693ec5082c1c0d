package io.github.anople.core.decide;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.Components;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.region.Region;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of a map is a defect: a connected place (pixels that touch at a side or a corner) whose
 * values are greater than the pixel threshold, and which is large enough. Plain Java over a map, of
 * whatever engine it is.
 *
 * <p>A map of H × W over a picture of h × w says of its pixel (r, c) what is between the columns c
 * w / W and (c + 1) w / W and the rows r h / H and (r + 1) h / H of the picture, edges that may lie
 * within a pixel. Boxes are widened to whole pixels; areas, centroids and peaks are not rounded.
 *
 * @param pixelThreshold the largest value of a map that is good enough, in [0, 1]
 * @param minArea how large a defect is at least
 * @param region which part of the picture counts: areas are in percent of it; empty for all
 */
public record DefectRule(float pixelThreshold, MinArea minArea, Optional<Region> region) {

  private static final Comparator<Defect> WORST_FIRST =
      Comparator.comparing((Defect defect) -> -defect.peak())
          .thenComparing(defect -> -defect.area())
          .thenComparing(defect -> defect.box().y())
          .thenComparing(defect -> defect.box().x())
          .thenComparing(defect -> defect.peakAt().y())
          .thenComparing(defect -> defect.peakAt().x());

  /**
   * A rule.
   *
   * @throws IllegalArgumentException if the threshold is not in [0, 1]
   */
  public DefectRule {
    Objects.requireNonNull(minArea, "minArea");
    Objects.requireNonNull(region, "region");
    if (!Threshold.isScore(pixelThreshold)) {
      throw new IllegalArgumentException("a pixel threshold is in [0, 1], not " + pixelThreshold);
    }
  }

  /**
   * A rule for whole pictures.
   *
   * @param pixelThreshold the largest value of a map that is good enough
   * @param minArea how large a defect is at least
   * @throws IllegalArgumentException if the threshold is not in [0, 1]
   */
  public DefectRule(float pixelThreshold, MinArea minArea) {
    this(pixelThreshold, minArea, Optional.empty());
  }

  /**
   * A detector's own rule.
   *
   * @param calibration its thresholds
   * @return its pixel threshold, whatever the size
   */
  public static DefectRule of(Calibration calibration) {
    return new DefectRule(calibration.pixelThreshold(), MinArea.NONE);
  }

  /**
   * A rule with a threshold that somebody chose.
   *
   * @param pixelThreshold the largest value of a map that is good enough
   * @return that threshold, whatever the size
   * @throws InputException if it is not in [0, 1]
   */
  public static DefectRule manual(float pixelThreshold) {
    if (!Threshold.isScore(pixelThreshold)) {
      throw new InputException(
          "pixel threshold", pixelThreshold + " is out of range", "choose a value from 0 to 1");
    }
    return new DefectRule(pixelThreshold, MinArea.NONE);
  }

  /**
   * The same with a smallest area.
   *
   * @param smallest how large a defect is at least
   * @return a new rule
   */
  public DefectRule with(MinArea smallest) {
    return new DefectRule(pixelThreshold, smallest, region);
  }

  /**
   * The same for a detector that ignores a part of its pictures.
   *
   * @param looked where it looks; empty for everywhere
   * @return a new rule
   */
  public DefectRule within(Optional<Region> looked) {
    return new DefectRule(pixelThreshold, minArea, looked);
  }

  /**
   * The defects of a picture, for results: the worst of them, and how many there are.
   *
   * @param map what a detector says of its pixels
   * @param width columns of the picture that was given to the detector
   * @param height its rows
   * @return where its map is above the threshold
   * @throws IllegalArgumentException if the picture has no pixel
   */
  public Defects find(ScoreMap map, int width, int height) {
    List<Defect> places = places(map, width, height);
    List<Defect> defects = largeEnough(places);
    return new Defects(
        width,
        height,
        defects.subList(0, Math.min(defects.size(), Defects.MOST)),
        defects.size(),
        places.size() - defects.size(),
        defects.stream().mapToDouble(Defect::percent).max().orElse(0));
  }

  /**
   * All defects of a picture, for measurements: there may be thousands.
   *
   * @param map what a detector says of its pixels
   * @param width columns of the picture that was given to the detector
   * @param height its rows
   * @return where its map is above the threshold, the worst first
   * @throws IllegalArgumentException if the picture has no pixel
   */
  public List<Defect> all(ScoreMap map, int width, int height) {
    return largeEnough(places(map, width, height));
  }

  private List<Defect> largeEnough(List<Defect> places) {
    return places.stream()
        .filter(place -> minArea.holds(place.area(), place.percent()))
        .sorted(WORST_FIRST)
        .toList();
  }

  /** All places above the threshold, in pixels of the picture. */
  private List<Defect> places(ScoreMap map, int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException("a picture of " + width + " x " + height + " pixels");
    }
    Scale scale = new Scale(map.height(), map.width(), width, height, counted(map));
    return Stream.of(measures(map, components(map))).map(scale::defect).toList();
  }

  /**
   * How many pixels of a map count; at least those above the threshold, whatever the region says.
   */
  private int counted(ScoreMap map) {
    if (region.isEmpty()) {
      return map.height() * map.width();
    }
    boolean[] counted = region.get().counted(map.height(), map.width());
    float[] values = map.toArray();
    int count = 0;
    for (int i = 0; i < counted.length; i++) {
      count += counted[i] || values[i] > pixelThreshold ? 1 : 0;
    }
    return count;
  }

  /** The connected places of a map above the threshold, whatever their size. */
  private Components components(ScoreMap map) {
    float[] values = map.toArray();
    byte[] above = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      above[i] = (byte) (values[i] > pixelThreshold ? 1 : 0);
    }
    return Components.of(above, map.width());
  }

  private static Measures[] measures(ScoreMap map, Components places) {
    Measures[] measures = new Measures[places.count()];
    for (int row = 0; row < map.height(); row++) {
      for (int column = 0; column < map.width(); column++) {
        int number = places.at(row * map.width() + column);
        if (number > 0) {
          if (measures[number - 1] == null) {
            measures[number - 1] = new Measures(row, column);
          }
          measures[number - 1].add(row, column, map.at(row, column));
        }
      }
    }
    return measures;
  }

  /** What adds up over the pixels of a place, in pixels of the map. */
  private static final class Measures {

    private final int top;
    private int bottom;
    private int left;
    private int right;
    private int size;
    private long rows;
    private long columns;
    private float peak = Float.NEGATIVE_INFINITY;
    private int peakRow;
    private int peakColumn;

    Measures(int row, int column) {
      this.top = row;
      this.left = column;
      this.right = column;
    }

    void add(int row, int column, float value) {
      bottom = row; // they come row by row
      left = Math.min(left, column);
      right = Math.max(right, column);
      size++;
      rows += row;
      columns += column;
      if (value > peak) {
        peak = value;
        peakRow = row;
        peakColumn = column;
      }
    }
  }

  /**
   * From a map to its picture.
   *
   * @param counted how many pixels of the map count: the part
   */
  private record Scale(int rows, int columns, int width, int height, int counted) {

    Defect defect(Measures of) {
      int x = floor(of.left, columns, width);
      int y = floor(of.top, rows, height);
      double pixel = (double) width * height / ((double) rows * columns);
      return new Defect(
          new Defect.Box(
              x, y, ceil(of.right + 1, columns, width) - x, ceil(of.bottom + 1, rows, height) - y),
          of.size * pixel,
          100.0 * of.size / counted,
          of.peak,
          at(of.peakColumn, of.peakRow),
          at((double) of.columns / of.size, (double) of.rows / of.size));
    }

    private Defect.Point at(double column, double row) {
      return new Defect.Point((column + 0.5) * width / columns, (row + 0.5) * height / rows);
    }

    private static int floor(int edge, int from, int to) {
      return (int) ((long) edge * to / from);
    }

    private static int ceil(int edge, int from, int to) {
      return (int) (((long) edge * to + from - 1) / from);
    }
  }
}
