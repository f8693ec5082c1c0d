package io.github.anople.core.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import io.github.anople.core.decide.SceneLimits.Reach;
import io.github.anople.core.detect.Scene.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** OK, UNCERTAIN and NOT OK: what two thresholds promise, and what they say. */
class TwoThresholdsTest {

  private static final int DRAWS = 5_000;

  private static final SceneLimits OF_SHOTS =
      SceneLimits.ofShots(new Reach(0.01f, 0.01f), Reach.NONE, new Reach(0.3f, 0.4f));

  private static final Calibration TWO =
      Conformal.calibrate(ladder(199), new Targets(0.01, Optional.of(0.05)), Optional.empty());

  /** Scores a thousandth apart. */
  private static List<NormalScore> ladder(int n) {
    return IntStream.rangeClosed(1, n)
        .mapToObj(rank -> new NormalScore(rank / 1000f, rank / 2000f))
        .toList();
  }

  private static NormalScore draw(SplittableRandom random, int law, double odd) {
    List<ToDoubleFunction<SplittableRandom>> laws =
        List.of(
            SplittableRandom::nextDouble,
            source -> Math.pow(source.nextDouble(), 8),
            source -> source.nextInt(4) / 4.0);
    float score = (float) laws.get(law).applyAsDouble(random);
    float dark = (float) (random.nextDouble() < odd ? random.nextDouble(1, 9) : 0.1);
    return new NormalScore(
        score, score, score, Optional.of(SceneLimitsTest.scene(Map.of(Measure.DARK, dark))));
  }

  /**
   * Both promises, each on its own: over draws of the n pictures and of the next one, no more good
   * pictures are NOT OK than the one says, nor UNCERTAIN or NOT OK than the other.
   */
  @ParameterizedTest
  @CsvSource({
    "1, 0.1, 0.5, 0, 0",
    "1, 0.01, 0.05, 1, 0",
    "5, 0.05, 0.3, 2, 0",
    "19, 0.01, 0.05, 0, 0",
    "60, 0.02, 0.1, 1, 0",
    "99, 0.01, 0.05, 0, 0.01",
    "99, 0.05, 0.2, 2, 0",
    "39, 0.05, 0.1, 0, 0.05",
    "29, 0.03, 0.2, 1, 0.3"
  })
  void bothPromisesAreKept(int n, double target, double uncertain, int law, double odd) {
    long seed = 20_261_130L + n;
    SplittableRandom random = new SplittableRandom(seed);
    double rejected = 0;
    double doubted = 0;
    double promise = 0;
    double promiseOfBoth = 0;
    for (int i = 0; i < DRAWS; i++) {
      List<NormalScore> scores = new ArrayList<>();
      for (int j = 0; j < n; j++) {
        scores.add(draw(random, law, odd));
      }
      Calibration two =
          Conformal.calibrate(
              scores, new Targets(target, Optional.of(uncertain)), Optional.of(OF_SHOTS));
      NormalScore next = draw(random, law, odd);
      Verdict verdict = two.threshold().judge(next.image(), next.scene());
      rejected += verdict.rejected() ? 1 : 0;
      doubted += verdict.ok() ? 0 : 1;
      promise += two.promised().orElseThrow();
      promiseOfBoth += two.uncertain().flatMap(Uncertain::promised).orElseThrow();
    }
    String told =
        "seed %d: %.4f NOT OK of %.4f, %.4f UNCERTAIN or NOT OK of %.4f"
            .formatted(
                seed, rejected / DRAWS, promise / DRAWS, doubted / DRAWS, promiseOfBoth / DRAWS);
    System.out.printf("n %d, targets %s and %s, %s%n", n, target, uncertain, told);
    assertKept(rejected / DRAWS, promise / DRAWS, told);
    assertKept(doubted / DRAWS, promiseOfBoth / DRAWS, told);
    assertTrue(law == 2 || doubted / DRAWS >= 0.3 * uncertain, "nothing is tested: " + told);
  }

  private static void assertKept(double rate, double promised, String told) {
    double slack = 4 * Math.sqrt(promised * (1 - promised) / DRAWS);
    assertTrue(rate <= promised + slack, told);
  }

  @Test
  void eachThresholdIsTheOneOfItsTargetAlone() {
    assertEquals(Conformal.calibrate(ladder(199), 0.01), TWO.withUncertain(Optional.empty()));
    Calibration lower = Conformal.calibrate(ladder(199), 0.05);
    assertEquals(
        new Uncertain(lower.imageThreshold(), Optional.of(0.05), lower.promised()),
        TWO.uncertain().orElseThrow());
    assertEquals(0.198f, TWO.imageThreshold());
    assertEquals(0.19f, TWO.uncertain().orElseThrow().threshold());
  }

  @Test
  void whateverIsDrawnTheLowerIsNotAboveTheUpperAndPromisesNoLess() {
    long seed = 17L;
    System.out.println("two thresholds in order: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    for (int trial = 0; trial < 3_000; trial++) {
      int n = 1 + random.nextInt(40);
      int law = random.nextInt(3);
      double odd = random.nextInt(3) * 0.2;
      List<NormalScore> scores =
          IntStream.range(0, n).mapToObj(any -> draw(random, law, odd)).toList();
      double target = random.nextDouble(1e-3, 0.4);
      Targets targets = new Targets(target, Optional.of(random.nextDouble(target + 1e-6, 0.5)));
      for (Calibration two :
          List.of(
              Conformal.calibrate(scores, targets, Optional.of(OF_SHOTS)),
              Estimate.calibrate(
                  scores, scores.subList(0, n / 2), 1, targets, Optional.of(OF_SHOTS)))) {
        // The record refuses what is not in order: it is enough that it was made.
        float lower = two.uncertain().orElseThrow().threshold();
        assertTrue(lower <= two.imageThreshold());
        assertEquals(two, Calibration.fromJson(two.toJson(), "x.anople"));
      }
    }
  }

  @Test
  void betweenTheTwoIsUncertain() {
    Threshold threshold = TWO.threshold();
    assertEquals(Verdict.OK, threshold.judge(0.19f).kind());
    assertEquals(Verdict.UNCERTAIN, threshold.judge(Math.nextUp(0.19f)).text());
    assertEquals(Verdict.UNCERTAIN, threshold.judge(0.198f).kind());
    assertEquals(Verdict.NOT_OK, threshold.judge(Math.nextUp(0.198f)).kind());
    Verdict between = threshold.judge(0.195f);
    assertTrue(between.uncertain());
    assertFalse(between.ok());
    assertFalse(between.rejected());
    assertTrue(between.margin().orElseThrow() < 0, "the margin is that to NOT OK");
  }

  @Test
  void whatIsUnlikeTheProductIsNeverUncertain() {
    Threshold threshold = TWO.threshold().with(Optional.of(OF_SHOTS));
    Verdict dark =
        threshold.judge(0.195f, Optional.of(SceneLimitsTest.scene(Map.of(Measure.DARK, 9f))));
    assertTrue(dark.rejected());
    assertFalse(dark.uncertain());
    assertEquals(Verdict.UNLIKE, dark.kind());
  }

  @Test
  void nearToAnEstimateIsNotClearUnlessItIsUncertainAnyway() {
    Threshold estimate =
        new Threshold(0.5f, Calibration.Kind.ESTIMATE, Optional.empty(), Optional.of(0.3f));
    assertFalse(estimate.judge(0.2f).isWithinEstimate());
    assertTrue(estimate.judge(0.29f).isWithinEstimate(), "UNCERTAIN may be right");
    assertFalse(estimate.judge(0.31f).isWithinEstimate(), "UNCERTAIN says so");
    assertFalse(estimate.judge(0.49f).isWithinEstimate(), "UNCERTAIN says so");
    assertTrue(estimate.judge(0.51f).isWithinEstimate(), "UNCERTAIN may be right");
    assertFalse(estimate.judge(0.7f).isWithinEstimate());
  }

  @Test
  void theStatementTellsBothPromisesAndHowManyPicturesAreMissing() {
    String both = TWO.statement();
    assertTrue(both.contains("at most 1 % of good pictures like these are NOT OK"), both);
    assertTrue(both.contains("and at most 5 % UNCERTAIN or NOT OK"), both);
    assertFalse(both.contains("needed"), both);
    Targets targets = new Targets(0.01, Optional.of(0.05));
    String few = Conformal.calibrate(ladder(19), targets, Optional.empty()).statement();
    assertTrue(few.contains("for 1 % NOT OK, 99 are needed, 80 more."), few);
    assertFalse(few.contains("for 5 %"), few);
    assertTrue(few.contains("Both thresholds are the same, and so nothing is UNCERTAIN."), few);
    String fewer = Conformal.calibrate(ladder(1), targets, Optional.empty()).statement();
    assertTrue(fewer.contains("1 picture cannot promise less"), fewer);
    assertTrue(fewer.contains("for 5 % UNCERTAIN or NOT OK, 19 are needed, 18 more."), fewer);
    Calibration estimate = Estimate.calibrate(ladder(9), List.of(), 1, targets, Optional.empty());
    assertTrue(
        estimate.statement().contains("1 % false alarms and 5 % UNCERTAIN or NOT OK: nothing"),
        estimate::statement);
  }

  @Test
  void thresholdsByHandPromiseNothing() {
    Calibration chosen = TWO.with(Threshold.manual(0.3f, Optional.of(0.25f)));
    assertEquals(Calibration.Kind.MANUAL, chosen.kind());
    assertEquals(Optional.of(0.25f), chosen.threshold().uncertain());
    assertEquals(chosen, Calibration.fromJson(chosen.toJson(), "x.anople"));
    assertTrue(chosen.statement().contains("thresholds were chosen by hand"), chosen::statement);
    assertEquals(Optional.empty(), TWO.withImageThreshold(0.3f).threshold().uncertain());
    for (float bad : new float[] {0.31f, -0.1f, Float.NaN}) {
      assertThrows(InputException.class, () -> Threshold.manual(0.3f, Optional.of(bad)));
    }
  }

  @Test
  void oneThresholdWritesTheJsonItAlwaysWrote() {
    Calibration one =
        new Calibration(
            Calibration.Kind.CONFORMAL, 0.25f, 0.125f, 0.0625f, 0.01, 120, Optional.of(0.01));
    assertEquals(
        "{\"kind\":\"conformal\",\"image_threshold\":0.25,\"pixel_threshold\":0.125,"
            + "\"normal_level\":0.0625,\"target_false_alarm\":0.01,\"images\":120,"
            + "\"promised_false_alarm\":0.01}",
        one.toJson());
  }

  @ParameterizedTest
  @CsvSource({
    "\"uncertain_threshold\":0.19, \"uncertain_threshold\":0.1981",
    "\"uncertain_threshold\":0.19, \"uncertain_threshold\":-0.1",
    "\"uncertain_threshold\":0.19, \"uncertain_threshold\":NaN",
    "\"uncertain_threshold\":0.19, \"uncertain_threshold\":\"0.19\"",
    "\"uncertain_threshold\":0.19, \"uncertain_threshold\":null",
    "\"uncertain_threshold\":0.19, \"uncertain_threshold2\":0.19",
    "\"uncertain_false_alarm\":0.05, \"uncertain_false_alarm\":0.01",
    "\"uncertain_false_alarm\":0.05, \"uncertain_false_alarm\":0.6",
    "\"uncertain_false_alarm\":0.05, \"uncertain_false_alarms\":0.05",
    "\"promised_uncertain_false_alarm\":0.05, \"promised_uncertain_false_alarm\":0.009",
    "\"promised_uncertain_false_alarm\":0.05, \"promised_uncertain_false_alarm\":1.01",
    "\"promised_uncertain_false_alarm\":0.05, \"promised_uncertain\":0.05",
    "\"kind\":\"conformal\", \"kind\":\"manual\"",
    "\"kind\":\"conformal\", \"kind\":\"estimate\""
  })
  void hostileJsonIsRefusedByItsFile(String field, String changed) {
    String json = TWO.toJson();
    assertTrue(json.contains(field), () -> field + " is not in " + json);
    InputException refusal =
        assertThrows(
            InputException.class,
            () -> Calibration.fromJson(json.replace(field, changed), "x.anople"));
    assertTrue(refusal.getMessage().startsWith("x.anople, calibration"), refusal::getMessage);
    assertFalse(refusal.getMessage().contains("\n"), refusal::getMessage);
  }

  @Test
  void mutatedJsonIsReadOrRefusedInOneLine() {
    long seed = 5L;
    System.out.println("calibration JSON with two thresholds: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int all = Fuzz.times("calibration of two", 5_000);
    for (int trial = 0; trial < all; trial++) {
      StringBuilder json = new StringBuilder(TWO.toJson());
      for (int change = random.nextInt(4); change >= 0; change--) {
        json.setCharAt(random.nextInt(json.length()), (char) (32 + random.nextInt(96)));
      }
      try {
        Threshold read = Calibration.fromJson(json.toString(), "x.anople").threshold();
        assertTrue(read.lowest() <= read.value());
      } catch (InputException e) {
        assertTrue(e.getMessage().startsWith("x.anople"), e::getMessage);
      }
    }
  }

  @Test
  void targetsThatAreNotInOrderAreTheInputsFault() {
    assertEquals(new Targets(0.01), Targets.checked(0.01, Optional.empty()));
    for (double bad : new double[] {0.01, 0.001, 0, 0.6, Double.NaN}) {
      assertThrows(InputException.class, () -> Targets.checked(0.01, Optional.of(bad)));
    }
    assertThrows(InputException.class, () -> Targets.checked(0, Optional.of(0.1)));
  }
}
