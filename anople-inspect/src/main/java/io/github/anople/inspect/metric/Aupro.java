package io.github.anople.inspect.metric;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Area under the per-region overlap curve (Bergmann et al., "The MVTec Anomaly Detection Dataset",
 * IJCV 2021): x is the share of all unmarked pixels with at least the threshold's score, y the mean
 * over all 8-connected regions of the region's share with such a score. The curve begins at (0, 0)
 * and has a point a distinct score; the area up to a limit of x, by trapezoids, the crossing one
 * cut by linear interpolation, is divided by the limit.
 */
public final class Aupro implements Tally {

  /** The limit that MVTec AD's papers use. */
  public static final double USUAL_LIMIT = 0.3;

  /** The limit of MVTec LOCO AD's and later papers. */
  public static final double STRICT_LIMIT = 0.05;

  private final double normals;
  private final double regions;
  private final double limit;
  private double x;
  private double overlap;
  private double area;

  Aupro(long normals, long regions, double limit) {
    if (!(limit > 0 && limit <= 1)) {
      throw new IllegalArgumentException("a limit is above 0 and at most 1, not " + limit);
    }
    this.normals = normals;
    this.regions = regions;
    this.limit = limit;
  }

  /**
   * The area up to any limit.
   *
   * @param groups the pixels, for example of the good images and of one kind of defect
   * @param limit the largest false positive rate, above 0 and at most 1
   * @return in [0, 1]; empty without a region or without a normal pixel
   * @throws IllegalArgumentException if the limit is out of range
   */
  public static OptionalDouble of(List<PixelScores> groups, double limit) {
    PixelSweep sweep = new PixelSweep(groups);
    Aupro aupro = new Aupro(sweep.normals(), sweep.regions(), limit);
    if (!sweep.isDefined()) {
      return OptionalDouble.empty();
    }
    sweep.run(List.of(aupro));
    return OptionalDouble.of(aupro.value());
  }

  @Override
  public void at(double score, long above, long equal, long anomalous, double added) {
    // Passing normal pixels alone the curve runs level.
    to(above / normals, overlap);
    to((above + equal) / normals, overlap + added);
  }

  private void to(double nextX, double nextOverlap) {
    double cut = Math.min(nextX, limit);
    if (cut > x) {
      double slope = (nextOverlap - overlap) / (nextX - x);
      area += (cut - x) * (2 * overlap + slope * (cut - x)) / 2;
    }
    x = nextX;
    overlap = nextOverlap;
  }

  double value() {
    double rest = Math.max(0, limit - x) * overlap;
    // The shares' sum is 1 up to rounding.
    return Math.min(1, (area + rest) / regions / limit);
  }
}
