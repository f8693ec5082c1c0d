package io.github.anople.inspect.report.html;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CurveTest {

  private static final double FIRST = Double.POSITIVE_INFINITY;

  @Test
  void aKnownRocCurve() {
    Curve curve = Curve.roc(new double[] {0.1, 0.4}, new double[] {0.35, 0.8});
    assertEquals(
        List.of(
            new Curve.Point(0, 0, FIRST),
            new Curve.Point(0, 0.5, 0.8),
            new Curve.Point(0.5, 0.5, 0.4),
            new Curve.Point(0.5, 1, 0.35),
            new Curve.Point(1, 1, 0.1)),
        curve.points());
  }

  @Test
  void aKnownPrecisionRecallCurve() {
    Curve curve = Curve.precisionRecall(new double[] {0.1, 0.4}, new double[] {0.35, 0.8});
    assertEquals(
        List.of(
            new Curve.Point(0, 1, FIRST),
            new Curve.Point(0.5, 1, 0.8),
            new Curve.Point(0.5, 0.5, 0.4),
            new Curve.Point(1, 2 / 3.0, 0.35),
            new Curve.Point(1, 0.5, 0.1)),
        curve.points());
  }

  @Test
  void equalScoresGoOverAThresholdTogether() {
    double[] same = {0.3, 0.3, 0.3};
    assertEquals(
        List.of(new Curve.Point(0, 0, FIRST), new Curve.Point(1, 1, 0.3)),
        Curve.roc(same, same).points());
    assertEquals(
        List.of(new Curve.Point(0, 0.5, FIRST), new Curve.Point(1, 0.5, 0.3)),
        Curve.precisionRecall(same, same).points());
  }

  @Test
  void oneKindOfImagesMakesNoCurve() {
    double[] some = {0.1, 0.2};
    assertEquals(List.of(), Curve.roc(some, new double[0]).points());
    assertEquals(List.of(), Curve.precisionRecall(new double[0], some).points());
  }

  @Test
  void theAreaUnderRocIsThePartOfPairsInOrder() {
    long seed = 20;
    Random random = new Random(seed);
    for (int run = 0; run < 50; run++) {
      double[] good = scores(random);
      double[] bad = scores(random);
      double area = 0;
      List<Curve.Point> points = Curve.roc(good, bad).points();
      for (int i = 1; i < points.size(); i++) {
        Curve.Point here = points.get(i);
        Curve.Point before = points.get(i - 1);
        assertTrue(here.x() >= before.x() && here.y() >= before.y(), "seed " + seed);
        area += (here.x() - before.x()) * (here.y() + before.y()) / 2;
      }
      assertEquals(pairs(good, bad), area, 1e-12, "seed " + seed + ", run " + run);
    }
  }

  private static double pairs(double[] good, double[] bad) {
    double ordered = 0;
    for (double g : good) {
      for (double b : bad) {
        ordered += b > g ? 1 : b == g ? 0.5 : 0;
      }
    }
    return ordered / good.length / bad.length;
  }

  private static double[] scores(Random random) {
    double[] scores = new double[1 + random.nextInt(20)];
    // Few values, so that there are ties.
    Arrays.setAll(scores, i -> random.nextInt(10) / 10.0);
    Arrays.sort(scores);
    return scores;
  }
}
