package io.github.anople.core.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EstimateTest {

  private static List<NormalScore> all(float... scores) {
    List<NormalScore> list = new ArrayList<>();
    for (float score : scores) {
      list.add(new NormalScore(score, score / 2));
    }
    return list;
  }

  @Test
  void theTailIsTheGumbelLaws() {
    long seed = 3L;
    System.out.println("gumbel: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    double[] draws =
        random.doubles(200_000).map(u -> 0.2 - 0.01 * Math.log(-Math.log(u))).toArray();
    // P(X > q) = a at q = mu - beta ln(-ln(1 - a)).
    assertEquals(
        0.2 - 0.01 * Math.log(-Math.log(0.99)), Estimate.gumbelQuantile(draws, 0.01), 5e-4);
  }

  @Test
  void aGapIsDividedByItsGeometricMean() {
    List<NormalScore> views = all(0.01f, 0.01f, 0.01f, 0.01f);
    Calibration calibration = Estimate.calibrate(views, all(0.16f, 0.3f, 0.4f), 1, 0.01);
    assertEquals(0.04f, calibration.imageThreshold(), 1e-6f);
    assertEquals(0.02f, calibration.pixelThreshold(), 1e-6f);
    assertEquals(0.005f, calibration.normalLevel(), 1e-6f);
    assertEquals(Calibration.Kind.ESTIMATE, calibration.kind());
    assertTrue(calibration.promised().isEmpty());
  }

  @Test
  void defectsThatLookGoodDoNotCostFalseAlarms() {
    List<NormalScore> views = all(0.1f, 0.2f, 0.3f);
    float alone = Estimate.calibrate(views, List.of(), 3, 0.01).imageThreshold();
    assertEquals(
        (float) Estimate.gumbelQuantile(new double[] {0.1f, 0.2f, 0.3f}, 0.01), alone, 1e-6f);
    assertEquals(
        alone, Estimate.calibrate(views, all(0.05f, 0.06f, 0.35f), 3, 0.01).imageThreshold());
  }

  @Test
  void theThresholdIsNeverBelowTheViewsOwnQuantile() {
    float[] scores = new float[64];
    Arrays.fill(scores, 0.1f);
    scores[40] = 0.9f; // a Gumbel law of these has its quantile of 1 % below
    Calibration calibration = Estimate.calibrate(all(scores), all(0.05f), 2, 0.01);
    assertEquals(0.9f, calibration.imageThreshold());
  }

  @Test
  void aLowerTargetNeverLowersTheThreshold() {
    long seed = 11L;
    System.out.println("estimate: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int trial = 0; trial < 500; trial++) {
      List<NormalScore> views = draw(random, 1 + random.nextInt(40), 0.2);
      List<NormalScore> defects = draw(random, random.nextInt(40), 0.5);
      Calibration strict = Estimate.calibrate(views, defects, 1, 0.001);
      Calibration loose = Estimate.calibrate(views, defects, 1, 0.2);
      assertTrue(strict.imageThreshold() >= loose.imageThreshold());
      assertTrue(strict.pixelThreshold() >= loose.pixelThreshold());
    }
  }

  private static List<NormalScore> draw(SplittableRandom random, int count, double most) {
    List<NormalScore> scores = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      scores.add(
          new NormalScore((float) random.nextDouble(0, most), (float) random.nextDouble(0, most)));
    }
    return scores;
  }

  @Test
  void anEstimateSaysThatItPromisesNothingAndWhatAPromiseTakes() {
    String said = Estimate.calibrate(all(0.1f), all(), 1, 0.01).statement();
    assertTrue(said.contains("1 shot "), said);
    assertTrue(said.contains("nothing is promised"), said);
    assertTrue(said.contains("99 further good pictures"), said);
  }

  @Test
  void noViewsAreRefusedAndAMapOfZerosIsNot() {
    assertThrows(
        IllegalArgumentException.class, () -> Estimate.calibrate(List.of(), all(0.2f), 1, 0.01));
    assertTrue(Estimate.calibrate(all(0f), all(), 1, 0.01).pixelThreshold() > 0);
  }

  @Test
  void theNormalLevelIsWhatMostOfAMapStaysBelow() {
    List<NormalScore> views =
        List.of(new NormalScore(0.2f, 0.3f, 0.1f), new NormalScore(0.2f, 0.4f, 0.12f));
    assertEquals(0.1f, Estimate.calibrate(views, all(), 2, 0.01).normalLevel());
  }
}
