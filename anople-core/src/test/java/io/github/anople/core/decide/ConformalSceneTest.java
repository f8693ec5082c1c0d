package io.github.anople.core.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.decide.SceneLimits.Reach;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.Scene.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The promise of score and scene check together. */
class ConformalSceneTest {

  private static final long SEED = 20_261_129;
  private static final int DRAWS = 4_000;

  private static final SceneLimits OF_SHOTS =
      SceneLimits.ofShots(new Reach(0.01f, 0.01f), Reach.NONE, new Reach(0.3f, 0.4f));

  /**
   * A good picture: most are as the shots, a few are far off in one thing or another, and a far-off
   * one has a high score more often.
   */
  private static NormalScore draw(SplittableRandom random, double rare) {
    boolean odd = random.nextDouble() < rare;
    float score = (float) (odd ? random.nextDouble(0.2, 0.5) : random.nextDouble(0.05, 0.4));
    float far = (float) Math.exp(2 * random.nextDouble());
    Scene scene =
        odd
            ? SceneLimitsTest.scene(
                Map.of(
                    List.of(Measure.values()).get(2 + random.nextInt(Scene.SIZE - 2)),
                    far,
                    Measure.STRUCTURE,
                    0.35f * (float) random.nextDouble()))
            : SceneLimitsTest.scene(Map.of(Measure.DARK, 0.4f * (float) random.nextDouble()));
    return new NormalScore(score, score, score, Optional.of(scene));
  }

  /**
   * Averaged over draws of the n pictures and of the next one, a good picture is NOT OK no more
   * often than is promised. Four deviations of a mean of so many draws are allowed for.
   */
  @ParameterizedTest
  @CsvSource({
    "19, 0.05, 0",
    "19, 0.05, 0.02",
    "19, 0.05, 0.3",
    "19, 0.1, 0.05",
    "39, 0.1, 0.05",
    "5, 0.05, 0.1",
    "99, 0.02, 0.01",
    "60, 0.2, 0.5"
  })
  void theVerdictKeepsWhatIsPromised(int n, double target, double rare) {
    SplittableRandom random = new SplittableRandom(SEED + n);
    double alarms = 0;
    double promised = 0;
    for (int i = 0; i < DRAWS; i++) {
      List<NormalScore> scores = new ArrayList<>();
      for (int j = 0; j < n; j++) {
        scores.add(draw(random, rare));
      }
      Calibration calibration = Conformal.calibrate(scores, target, Optional.of(OF_SHOTS));
      NormalScore next = draw(random, rare);
      alarms += calibration.threshold().judge(next.image(), next.scene()).ok() ? 0 : 1;
      promised += calibration.promised().orElseThrow();
    }
    double rate = alarms / DRAWS;
    double most = promised / DRAWS;
    double slack = 4 * Math.sqrt(most * (1 - most) / DRAWS);
    String told = "seed %d: %.4f NOT OK, %.4f promised on average".formatted(SEED + n, rate, most);
    System.out.println("n %d, target %s, odd %s, %s".formatted(n, target, rare, told));
    assertTrue(rate <= most + slack, told);
    assertTrue(rate >= 0.3 * target, "so strict that nothing is tested: " + told);
  }

  @Test
  void withoutPicturesThatStandOutThePromiseIsTheScoresAlone() {
    List<NormalScore> scores = new ArrayList<>();
    for (int i = 1; i <= 19; i++) {
      scores.add(
          new NormalScore(i / 100f, i / 100f, 0, Optional.of(SceneLimitsTest.scene(Map.of()))));
    }
    Calibration calibration = Conformal.calibrate(scores, 0.05, Optional.of(OF_SHOTS));
    assertEquals(Conformal.calibrate(scores, 0.05).withScene(calibration.scene()), calibration);
    assertEquals(Optional.of(0.05), calibration.promised());
  }

  @Test
  void aPictureThatStandsOutTakesAFalseAlarmFromTheScore() {
    List<NormalScore> scores = new ArrayList<>();
    for (int i = 1; i <= 39; i++) {
      float dark = i == 1 ? 2 : 0;
      scores.add(
          new NormalScore(
              i / 100f,
              i / 100f,
              0,
              Optional.of(SceneLimitsTest.scene(Map.of(Measure.DARK, dark)))));
    }
    // Two of forty may be NOT OK. The dark one is among them, so one is left to the score.
    Calibration two = Conformal.calibrate(scores, 0.05, Optional.of(OF_SHOTS));
    assertEquals(0.39f, two.imageThreshold());
    assertEquals(Optional.of(0.05), two.promised());
    assertEquals(3, two.scene().orElseThrow().values().get(Scene.place(Measure.DARK)));
    // One of forty may be. None is left, and the promise says so.
    Calibration one = Conformal.calibrate(scores, 0.025, Optional.of(OF_SHOTS));
    assertEquals(0.39f, one.imageThreshold());
    assertEquals((2 + 1 / 39.0) / 40, one.promised().orElseThrow(), 1e-12);
    assertTrue(one.statement().contains("look unlike the others"), one.statement());
    assertEquals(one, Calibration.fromJson(one.toJson(), "a"));
  }

  @Test
  void evenIfAllStandOutThePromiseIsOne() {
    List<NormalScore> scores =
        List.of(
            new NormalScore(
                0.1f, 0.1f, 0, Optional.of(SceneLimitsTest.scene(Map.of(Measure.DARK, 9f)))));
    Calibration calibration = Conformal.calibrate(scores, 0.05, Optional.of(OF_SHOTS));
    assertEquals(Optional.of(1.0), calibration.promised());
    assertEquals(0.1f, calibration.imageThreshold());
  }

  @Test
  void aDetectorThatDoesNotTellOfTheSceneCannotBeCalibratedWithIt() {
    List<NormalScore> scores = List.of(new NormalScore(0.1f, 0.1f));
    assertThrows(
        IllegalArgumentException.class,
        () -> Conformal.calibrate(scores, 0.05, Optional.of(OF_SHOTS)));
  }

  @Test
  void viewsThatAreUnlikeTheProductCountAsInfiniteInTheEstimate() {
    List<NormalScore> views = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      float dark = i == 1 ? 2 : 0;
      views.add(
          new NormalScore(
              i / 100f,
              i / 100f,
              0,
              Optional.of(SceneLimitsTest.scene(Map.of(Measure.DARK, dark)))));
    }
    float with =
        Estimate.calibrate(views, List.of(), 1, 0.2, Optional.of(OF_SHOTS)).imageThreshold();
    float without = Estimate.calibrate(views, List.of(), 1, 0.2).imageThreshold();
    assertTrue(with > without, with + " and " + without);
    NormalScore dark = views.get(0);
    assertEquals(
        1,
        Estimate.calibrate(List.of(dark), List.of(), 1, 0.2, Optional.of(OF_SHOTS))
            .imageThreshold());
  }
}
