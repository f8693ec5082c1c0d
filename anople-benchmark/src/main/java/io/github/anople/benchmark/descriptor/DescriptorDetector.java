package io.github.anople.benchmark.descriptor;

import io.github.anople.core.detect.AnomalyDetector;
import io.github.anople.core.detect.Detection;
import io.github.anople.core.detect.PreparedImage;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.Resampler;
import io.github.anople.core.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/**
 * Detection by hand-made patch descriptors and their nearest neighbour among the good pictures'
 * patches: no backbone, nothing learned. The rival {@code patch-descriptors}.
 *
 * <p>A picture is scaled to a longer side of 256 pixels and seen through patches of 16 pixels, 8
 * apart. Each of the {@link PatchDescriptors} is standardised on the good pictures' patches and
 * divided by the root of its group's size, so that colour, gradients and texture weigh the same. A
 * patch's anomaly is its Euclidean distance d to the nearest good patch, told as d / (1 + d); the
 * score is the largest, the map is interpolated between the patches' centres and blurred. Source of
 * the scheme: nearest-neighbour patch matching as in SPADE (Cohen and Hoshen 2020) and PatchCore
 * (Roth et al., CVPR 2022), on features older than both.
 *
 * <p>Holds nothing outside the Java heap.
 */
public final class DescriptorDetector implements AnomalyDetector {

  private static final int LONGER_SIDE = 256;
  private static final int STRIDE = 8;

  private final int side;
  private final Standard standard;
  private final float[] good; // [patches, 50], standardised
  private final PatchMap maps;
  private volatile boolean closed;

  private DescriptorDetector(int side, Standard standard, float[] good) {
    this.side = side;
    this.standard = standard;
    this.good = good;
    this.maps = new PatchMap(side);
  }

  /**
   * Remembers good pictures.
   *
   * @param shots pictures of good parts, at least one, of any size
   * @param side of the maps in pixels, S
   * @return the detector
   * @throws IllegalArgumentException if there is no picture, or the side is not positive
   */
  public static DescriptorDetector fit(List<RgbImage> shots, int side) {
    if (shots.isEmpty() || side < 1) {
      throw new IllegalArgumentException(
          shots.size() + " good pictures and maps of side " + side + ": there must be some");
    }
    List<float[]> patches = new ArrayList<>();
    for (RgbImage shot : shots) {
      patches.addAll(List.of(describe(scaled(shot)).values()));
    }
    Standard standard = Standard.of(patches);
    return new DescriptorDetector(side, standard, standard.apply(patches));
  }

  /** A longer side of {@value #LONGER_SIDE} pixels, with its proportions. */
  private static RgbImage scaled(RgbImage image) {
    double scale = (double) LONGER_SIDE / Math.max(image.width(), image.height());
    return Resampler.resize(
        image, wholeStrides(scale * image.width()), wholeStrides(scale * image.height()));
  }

  private static PatchDescriptors describe(RgbImage scaled) {
    return PatchDescriptors.of(scaled, STRIDE);
  }

  /** So that the patches reach the border, the sides are multiples of the stride. */
  private static int wholeStrides(double length) {
    return Math.max(PatchDescriptors.PATCH, STRIDE * (int) Math.round(length / STRIDE));
  }

  @Override
  public int imageSize() {
    return side;
  }

  /** Keeps an image's proportions. */
  @Override
  public PreparedImage prepare(RgbImage image) {
    return new PreparedImage(scaled(image));
  }

  @Override
  public List<Detection> detectPrepared(List<PreparedImage> images) {
    if (closed) {
      throw new IllegalStateException("the detector is closed");
    }
    return images.stream().map(this::detectOne).toList();
  }

  private Detection detectOne(PreparedImage image) {
    PatchDescriptors seen = describe(image.image());
    float[] queries = standard.apply(List.of(seen.values()));
    float[] anomalies = new float[seen.values().length];
    float worst = 0;
    for (int i = 0; i < anomalies.length; i++) {
      double distance = Math.sqrt(nearest(queries, i * PatchDescriptors.NUMBERS));
      anomalies[i] = (float) (distance / (1 + distance));
      worst = Math.max(worst, anomalies[i]);
    }
    return new Detection(
        Detection.within(worst),
        ScoreMap.of(side, maps.of(anomalies, seen.rows(), seen.columns())));
  }

  /** The squared distance to the nearest good patch. */
  private float nearest(float[] queries, int at) {
    float best = Float.POSITIVE_INFINITY;
    for (int row = 0; row < good.length; row += PatchDescriptors.NUMBERS) {
      float sum = 0;
      for (int i = 0; i < PatchDescriptors.NUMBERS; i++) {
        float apart = queries[at + i] - good[row + i];
        sum += apart * apart;
      }
      best = Math.min(best, sum);
    }
    return best;
  }

  @Override
  public void close() {
    closed = true;
  }
}
