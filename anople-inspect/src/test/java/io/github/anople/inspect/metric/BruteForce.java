package io.github.anople.inspect.metric;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/** The metrics as their definitions read, one threshold after another, however slow. */
final class BruteForce {

  /** A point of a curve. */
  private record Point(double x, double y) {}

  private BruteForce() {}

  static double auroc(double[] normal, double[] anomalous) {
    double right = 0;
    for (double high : anomalous) {
      for (double low : normal) {
        right += high > low ? 1 : high == low ? 0.5 : 0;
      }
    }
    return right / ((double) normal.length * anomalous.length);
  }

  static double averagePrecision(double[] normal, double[] anomalous) {
    double sum = 0;
    double before = 0;
    for (double threshold : thresholds(normal, anomalous)) {
      double found = atLeast(anomalous, threshold);
      double recall = found / anomalous.length;
      sum += (recall - before) * found / (found + atLeast(normal, threshold));
      before = recall;
    }
    return sum;
  }

  static F1Max f1Max(double[] normal, double[] anomalous) {
    F1Max best = new F1Max(-1, 0);
    for (double threshold : thresholds(normal, anomalous)) {
      double found = atLeast(anomalous, threshold);
      double f1 = 2 * found / (2 * found + atLeast(normal, threshold) + anomalous.length - found);
      if (f1 >= best.value()) {
        best = new F1Max(f1, threshold);
      }
    }
    return best;
  }

  /** Maps and masks are [maps][height * width]. */
  static double aupro(float[][] maps, byte[][] masks, int width, double limit) {
    List<List<Float>> regions = new ArrayList<>();
    List<Float> normal = new ArrayList<>();
    for (int m = 0; m < maps.length; m++) {
      boolean[] seen = new boolean[masks[m].length];
      for (int i = 0; i < seen.length; i++) {
        if (masks[m][i] == 0) {
          normal.add(maps[m][i]);
        } else if (!seen[i]) {
          regions.add(region(maps[m], masks[m], width, i, seen));
        }
      }
    }
    double[] scores =
        Stream.concat(normal.stream(), regions.stream().flatMap(List::stream))
            .mapToDouble(Float::doubleValue)
            .toArray();
    List<Point> curve = new ArrayList<>(List.of(new Point(0, 0)));
    for (double t : thresholds(scores, new double[0])) {
      double y = regions.stream().mapToDouble(region -> share(region, t)).average().orElseThrow();
      curve.add(new Point(share(normal, t), y));
    }
    return area(curve, limit) / limit;
  }

  private static List<Float> region(float[] map, byte[] mask, int width, int seed, boolean[] seen) {
    List<Float> scores = new ArrayList<>();
    Deque<Integer> open = new ArrayDeque<>(List.of(seed));
    seen[seed] = true;
    while (!open.isEmpty()) {
      int at = open.pop();
      scores.add(map[at]);
      for (int other = 0; other < mask.length; other++) {
        boolean near =
            Math.abs(other / width - at / width) <= 1 && Math.abs(other % width - at % width) <= 1;
        if (near && mask[other] != 0 && !seen[other]) {
          seen[other] = true;
          open.push(other);
        }
      }
    }
    return scores;
  }

  private static double area(List<Point> curve, double limit) {
    double area = 0;
    for (int i = 1; i < curve.size(); i++) {
      Point from = curve.get(i - 1);
      Point to = curve.get(i);
      if (from.x >= limit) {
        break;
      }
      if (to.x > limit) {
        double part = (limit - from.x) / (to.x - from.x);
        to = new Point(limit, from.y + part * (to.y - from.y));
      }
      area += (to.x - from.x) * (from.y + to.y) / 2;
    }
    return area;
  }

  private static double share(List<Float> scores, double threshold) {
    return (double) scores.stream().filter(score -> score >= threshold).count() / scores.size();
  }

  private static double atLeast(double[] scores, double threshold) {
    return Arrays.stream(scores).filter(score -> score >= threshold).count();
  }

  private static double[] thresholds(double[] some, double[] others) {
    return DoubleStream.concat(Arrays.stream(some), Arrays.stream(others))
        .map(score -> score + 0.0) // -0 is 0
        .distinct()
        .boxed()
        .sorted(Comparator.reverseOrder())
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
