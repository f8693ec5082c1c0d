package io.github.anople.core.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConformalTest {

  private static final int TRIALS = 20_000;

  /** Scores a hundredth apart, in an order that is none. */
  private static List<NormalScore> ladder(int n) {
    List<NormalScore> scores = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      int rank = (int) (i * 7919L % n) + 1;
      scores.add(new NormalScore(rank / 1000f, rank / 2000f));
    }
    return scores;
  }

  @ParameterizedTest
  @CsvSource({
    "99, 0.01, 99, 0.01",
    "100, 0.01, 100, 0.01",
    "199, 0.01, 198, 0.01",
    "999, 0.05, 950, 0.05",
    "19, 0.05, 19, 0.05",
    "9, 0.1, 9, 0.1",
    "29, 0.1, 27, 0.1",
    "3, 0.25, 3, 0.25",
    "1, 0.5, 1, 0.5"
  })
  void enoughImagesPromiseTheTargetByTheRankOfTheBook(
      int n, double target, int rank, double promised) {
    Calibration calibration = Conformal.calibrate(ladder(n), target);
    assertEquals(rank / 1000f, calibration.imageThreshold());
    assertEquals(rank / 2000f, calibration.pixelThreshold());
    assertEquals(Optional.of(promised), calibration.promised());
    assertEquals(n, calibration.images());
    assertEquals(Calibration.Kind.CONFORMAL, calibration.kind());
  }

  @Test
  void tooFewImagesTakeTheLargestScoreAndPromiseWhatTheyCan() {
    Calibration calibration = Conformal.calibrate(ladder(30), 0.01);
    assertEquals(30 / 1000f, calibration.imageThreshold());
    assertEquals(1.0 / 31, calibration.promised().orElseThrow());
    String said = calibration.statement();
    assertTrue(said.contains("at most 3.23 %"), said);
    assertTrue(said.contains("for 1 %, 99 are needed"), said);
  }

  @ParameterizedTest
  @CsvSource({"0.01, 99", "0.05, 19", "0.1, 9", "0.001, 999", "0.03, 33", "0.5, 1", "1e-6, 999999"})
  void theNumberOfImagesThatAPromiseTakes(double target, long needed) {
    assertEquals(needed, Conformal.needed(target));
    assertTrue(Conformal.best((int) needed) <= target);
    assertTrue(Conformal.best((int) needed - 1) > target);
  }

  @Test
  void theNormalLevelIsWhatAUsualGoodPartReaches() {
    assertEquals(50 / 2000f, Conformal.calibrate(ladder(99), 0.01).normalLevel());
  }

  @Test
  void noImageOrATargetOutOfRangeIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> Conformal.calibrate(List.of(), 0.01));
    for (double bad : new double[] {0, -0.1, 0.51, 1, Double.NaN, 1e-300}) {
      assertThrows(IllegalArgumentException.class, () -> Conformal.calibrate(ladder(9), bad));
    }
  }

  /**
   * The promise itself: over many draws of n exchangeable pictures and one more, the one more is
   * NOT OK in a share of at most α, and of at least α − 1/(n + 1) where no scores are equal.
   */
  @Test
  void exchangeableScoresKeepThePromise() {
    long seed = 20240823L;
    System.out.println("conformal promise: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (ToDoubleFunction<SplittableRandom> law : laws()) {
      for (double target : new double[] {0.01, 0.1, 0.3}) {
        for (int n : new int[] {1, 5, 30, 120}) {
          double promised = Math.max(target, Conformal.best(n));
          double rate = falseAlarms(n, target, law, random);
          double error = 4 * Math.sqrt(promised * (1 - promised) / TRIALS);
          assertTrue(rate <= promised + error, n + " pictures, " + target + ": " + rate);
        }
      }
    }
  }

  /** A threshold that is merely too high would keep the promise as well. */
  @Test
  void thePromiseIsNotKeptByNeverComplaining() {
    long seed = 7L;
    System.out.println("conformal sharpness: seed " + seed);
    double rate = falseAlarms(99, 0.1, SplittableRandom::nextDouble, new SplittableRandom(seed));
    assertEquals(0.1, rate, 4 * Math.sqrt(0.1 * 0.9 / TRIALS));
  }

  private static List<ToDoubleFunction<SplittableRandom>> laws() {
    return List.of(
        SplittableRandom::nextDouble,
        random -> Math.pow(random.nextDouble(), 8), // a heavy tail
        random -> random.nextInt(4) / 4.0); // ties
  }

  private static double falseAlarms(
      int n, double target, ToDoubleFunction<SplittableRandom> law, SplittableRandom random) {
    int alarms = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      List<NormalScore> scores = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        float score = (float) law.applyAsDouble(random);
        scores.add(new NormalScore(score, score));
      }
      Threshold threshold = Conformal.calibrate(scores, target).threshold();
      alarms += threshold.judge((float) law.applyAsDouble(random)).ok() ? 0 : 1;
    }
    return alarms / (double) TRIALS;
  }
}
