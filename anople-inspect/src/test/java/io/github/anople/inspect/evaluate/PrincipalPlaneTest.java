package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.detect.ImageFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PrincipalPlaneTest {

  private static ImageFeature feature(double... values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return ImageFeature.of(floats);
  }

  @Test
  void thePlaneHoldsTheDirectionsOfMostVariance() {
    // Around (1, 2, 3): +-4 along y, +-2 along x, +-1 along z.
    PrincipalPlane plane =
        PrincipalPlane.of(
            List.of(
                feature(1, 6, 3),
                feature(1, -2, 3),
                feature(3, 2, 3),
                feature(-1, 2, 3),
                feature(1, 2, 4),
                feature(1, 2, 2)));
    assertArrayEquals(new double[] {1, 2, 3}, plane.mean(), 1e-6);
    assertArrayEquals(new double[] {0, 1, 0}, absolute(plane.first()), 1e-4);
    assertArrayEquals(new double[] {1, 0, 0}, absolute(plane.second()), 1e-4);
    assertEquals(20 / 21.0, plane.explained(), 1e-6);
    assertArrayEquals(new double[] {4, 2}, absolute(plane.project(feature(3, 6, 9))), 1e-3);
  }

  @Test
  void noOtherPlaneHoldsMoreVariance() {
    for (long seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      List<ImageFeature> features = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        features.add(feature(random.doubles(8).map(v -> v * v * 3 - 1).toArray()));
      }
      PrincipalPlane plane = PrincipalPlane.of(features);
      double inside = spread(features, plane);
      String message = "seed " + seed;
      assertEquals(0, dot(plane.first(), plane.second()), 1e-6, message);
      for (int i = 0; i < 20; i++) {
        double[] first = unit(random.doubles(8, -1, 1).toArray());
        PrincipalPlane other =
            new PrincipalPlane(plane.mean(), first, orthogonal(random, first), 0);
        assertTrue(spread(features, other) <= inside + 1e-6, message);
      }
    }
  }

  @Test
  void withoutVarianceEverythingIsOnePoint() {
    PrincipalPlane plane = PrincipalPlane.of(List.of(feature(1, 2), feature(1, 2)));
    assertArrayEquals(new double[] {0, 0}, plane.project(feature(1, 2)), 0);
    assertEquals(1, plane.explained());
  }

  @Test
  void onALineTheSecondComponentIsNothing() {
    PrincipalPlane plane =
        PrincipalPlane.of(Stream.of(1, 2, 5).map(v -> feature(v, 2 * v, 0)).toList());
    assertEquals(1, plane.explained(), 1e-9);
    assertEquals(0, plane.project(feature(7, 14, 0))[1], 1e-5);
  }

  private static double spread(List<ImageFeature> features, PrincipalPlane plane) {
    return features.stream()
        .map(plane::project)
        .mapToDouble(at -> at[0] * at[0] + at[1] * at[1])
        .sum();
  }

  private static double[] orthogonal(Random random, double[] to) {
    double[] row = random.doubles(to.length, -1, 1).toArray();
    double along = dot(row, to);
    for (int i = 0; i < row.length; i++) {
      row[i] -= along * to[i];
    }
    return unit(row);
  }

  private static double[] unit(double[] row) {
    double length = Math.sqrt(dot(row, row));
    double[] unit = row.clone();
    for (int i = 0; i < unit.length; i++) {
      unit[i] /= length;
    }
    return unit;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double[] absolute(double[] values) {
    double[] positive = values.clone();
    for (int i = 0; i < positive.length; i++) {
      positive[i] = Math.abs(positive[i]);
    }
    return positive;
  }
}
