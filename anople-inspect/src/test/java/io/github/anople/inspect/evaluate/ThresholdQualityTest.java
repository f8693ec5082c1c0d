package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.decide.Calibration;
import io.github.anople.core.decide.Conformal;
import io.github.anople.core.decide.NormalScore;
import io.github.anople.core.decide.Uncertain;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ThresholdQualityTest {

  private static final Calibration HALF =
      new Calibration(Calibration.Kind.ESTIMATE, 0.5f, 0.5f, 0.1f, 0.01, 1, Optional.empty());

  @Test
  void imagesAreCountedAboveTheThreshold() {
    ThresholdQuality quality =
        ThresholdQuality.of(
            HALF, new double[] {0.1, 0.5, 0.6, 0.2}, new double[] {0.4, 0.5, 0.7, 0.8, 0.9});
    assertEquals(0.25, quality.falseAlarmRate().orElseThrow());
    assertEquals(0.6, quality.recall().orElseThrow());
    assertEquals(6.0 / 9, quality.f1().orElseThrow());
    assertEquals(5 * 2.0 / 12, quality.f1Max().orElseThrow(), 1e-12); // at 0.4 or more
  }

  @Test
  void betweenTwoThresholdsImagesAreNeitherFoundNorMissed() {
    Calibration two =
        HALF.withUncertain(Optional.of(new Uncertain(0.25f, Optional.of(0.05), Optional.empty())));
    ThresholdQuality quality =
        ThresholdQuality.of(
            two, new double[] {0.1, 0.5, 0.6, 0.2}, new double[] {0.25, 0.3, 0.7, 0.8, 0.9});
    assertEquals(0.25, quality.falseAlarmRate().orElseThrow());
    assertEquals(0.25, quality.normalUncertainRate().orElseThrow());
    assertEquals(0.6, quality.recall().orElseThrow());
    assertEquals(0.2, quality.anomalousUncertainRate().orElseThrow());
    assertEquals(0.2, quality.missedRate().orElseThrow());
  }

  @Test
  void noThresholdBeatsTheBestOne() {
    long seed = 5L;
    System.out.println("threshold quality: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int trial = 0; trial < 300; trial++) {
      double[] normal = random.doubles(1 + random.nextInt(30)).map(u -> (float) u).toArray();
      double[] anomalous = random.doubles(1 + random.nextInt(30)).map(u -> (float) u).toArray();
      ThresholdQuality quality =
          ThresholdQuality.of(
              HALF.withImageThreshold((float) random.nextDouble()), normal, anomalous);
      assertTrue(quality.f1().orElseThrow() <= quality.f1Max().orElseThrow() + 1e-12);
    }
  }

  @Test
  void whatCannotBeToldIsEmpty() {
    ThresholdQuality good = ThresholdQuality.of(HALF, new double[] {0.1}, new double[0]);
    assertEquals(0, good.falseAlarmRate().orElseThrow());
    assertTrue(good.recall().isEmpty() && good.f1().isEmpty() && good.f1Max().isEmpty());
    ThresholdQuality bad = ThresholdQuality.of(HALF, new double[0], new double[] {0.9});
    assertEquals(1, bad.recall().orElseThrow());
    assertTrue(bad.falseAlarmRate().isEmpty() && bad.f1().isEmpty());
  }

  @Test
  void aKeptPromiseIsSeenToBeKept() {
    long seed = 17L;
    System.out.println("kept promise: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int trials = 2000;
    double sum = 0;
    for (int trial = 0; trial < trials; trial++) {
      List<NormalScore> scores = new ArrayList<>();
      for (int i = 0; i < 39; i++) {
        float score = (float) random.nextDouble();
        scores.add(new NormalScore(score, score));
      }
      sum +=
          ThresholdQuality.of(
                  Conformal.calibrate(scores, 0.05), random.doubles(50).toArray(), new double[0])
              .falseAlarmRate()
              .orElseThrow();
    }
    assertEquals(0.05, sum / trials, 0.004); // the rate's deviation of 0.046, four times its error
  }

  @Test
  void aScoreThatIsNoNumberIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> ThresholdQuality.of(HALF, new double[] {Double.NaN}, new double[0]));
  }
}
