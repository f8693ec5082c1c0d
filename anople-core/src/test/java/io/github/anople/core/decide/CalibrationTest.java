package io.github.anople.core.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {

  private static final Calibration PROMISED =
      new Calibration(
          Calibration.Kind.CONFORMAL, 0.21f, 0.13f, 0.07f, 0.01, 120, Optional.of(0.01));

  private static final Calibration ESTIMATED =
      new Calibration(Calibration.Kind.ESTIMATE, 0.2f, 0.1f, 0.05f, 0.01, 2, Optional.empty());

  @Test
  void aCalibrationSurvivesItsJson() {
    for (Calibration one : List.of(PROMISED, ESTIMATED, PROMISED.withImageThreshold(0.3f))) {
      assertEquals(one, Calibration.fromJson(one.toJson(), "x.anople"));
    }
  }

  @Test
  void aChosenThresholdPromisesNothing() {
    Calibration chosen = PROMISED.withImageThreshold(0.3f);
    assertEquals(new Threshold(0.3f, Calibration.Kind.MANUAL), chosen.threshold());
    assertTrue(chosen.promised().isEmpty());
    assertEquals(PROMISED.pixelThreshold(), chosen.pixelThreshold());
    assertThrows(InputException.class, () -> PROMISED.withImageThreshold(Float.NaN));
  }

  @Test
  void aPromiseSaysWhatItDoesNotCover() {
    String said = PROMISED.statement();
    assertTrue(said.contains("120 further good pictures"), said);
    assertTrue(said.contains("at most 1 % of good pictures"), said);
    assertTrue(said.contains("Nothing is promised about"), said);
    assertFalse(said.contains("needed"), said);
  }

  @ParameterizedTest
  @CsvSource({"0.07, 7 %", "0.01, 1 %", "0.29, 29 %", "0.333333333, 33.4 %", "0.00125, 0.125 %"})
  void aShareIsNeverToldSmallerThanItIs(double share, String told) {
    Calibration one =
        new Calibration(
            Calibration.Kind.CONFORMAL, 0.2f, 0.1f, 0.05f, 0.01, 999, Optional.of(share));
    assertTrue(one.statement().contains("at most " + told + " of"), one::statement);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"kind\":\"conformal\"",
        "\"kind\"",
        "nonsense",
        "{\"kind\":\"conformal\"}"
      })
  void whatIsNoCalibrationIsRefusedByItsFile(String json) {
    refused(json);
  }

  @ParameterizedTest
  @CsvSource({
    "\"image_threshold\":0.21, \"image_threshold\":NaN",
    "\"image_threshold\":0.21, \"image_threshold\":\"NaN\"",
    "\"image_threshold\":0.21, \"image_threshold\":-0.1",
    "\"image_threshold\":0.21, \"image_threshold\":1.5",
    "\"image_threshold\":0.21, \"image_threshold\":1e999",
    "\"image_threshold\":0.21, \"image_threshold\":null",
    "\"pixel_threshold\":0.13, \"pixel_threshold\":0",
    "\"pixel_threshold\":0.13, \"pixel_threshold\":0.01",
    "\"pixel_threshold\":0.13, \"pixel_threshold\":2",
    "\"normal_level\":0.07, \"normal_level\":-1",
    "\"normal_level\":0.07, \"normal_level\":0.14",
    "\"target_false_alarm\":0.01, \"target_false_alarm\":0",
    "\"target_false_alarm\":0.01, \"target_false_alarm\":1e-300",
    "\"target_false_alarm\":0.01, \"target_false_alarm\":0.9",
    "\"images\":120, \"images\":0",
    "\"images\":120, \"images\":-5",
    "\"images\":120, \"images\":99999999999",
    "\"images\":120, \"images\":3",
    "\"promised_false_alarm\":0.01, \"promised_false_alarm\":0.001",
    "\"promised_false_alarm\":0.01, \"promised_false_alarm\":1.01",
    "\"promised_false_alarm\":0.01, \"promised_false_alarm\":-1",
    "\"promised_false_alarm\":0.01, \"extra\":1",
    "\"kind\":\"conformal\", \"kind\":\"estimate\"",
    "\"kind\":\"conformal\", \"kind\":\"CONFORMAL\"",
    "\"kind\":\"conformal\", \"kind\":\"certain\""
  })
  void aFieldThatCannotBeIsRefused(String field, String changed) {
    String json = PROMISED.toJson();
    assertTrue(json.contains(field), () -> field + " is not in " + json);
    refused(json.replace(field, changed));
  }

  @Test
  void mutatedJsonIsReadOrRefusedInOneLine() {
    long seed = 99L;
    System.out.println("calibration JSON: seed " + seed);
    SplittableRandom random = new SplittableRandom(seed);
    int all = Fuzz.times("calibration", 20_000);
    for (int trial = 0; trial < all; trial++) {
      StringBuilder json = new StringBuilder(PROMISED.toJson());
      for (int change = random.nextInt(4); change >= 0; change--) {
        json.setCharAt(random.nextInt(json.length()), (char) (32 + random.nextInt(96)));
      }
      try {
        Calibration read = Calibration.fromJson(json.toString(), "x.anople");
        assertTrue(read.statement().length() > 20);
      } catch (InputException e) {
        assertTrue(e.getMessage().startsWith("x.anople"), e::getMessage);
      }
    }
  }

  private static void refused(String json) {
    InputException refusal =
        assertThrows(InputException.class, () -> Calibration.fromJson(json, "x.anople"));
    assertTrue(refusal.getMessage().startsWith("x.anople, calibration"), refusal::getMessage);
  }

  @Test
  void targetsOutOfRangeAreTheInputsFault() {
    for (double bad : new double[] {0, -1, 0.6, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThrows(InputException.class, () -> Calibration.checkTarget(bad));
    }
    Calibration.checkTarget(0.01);
    Calibration.checkTarget(0.5);
  }

  @Test
  void theThresholdItselfIsStillGoodEnough() {
    Threshold threshold = PROMISED.threshold();
    assertTrue(threshold.judge(0.21f).ok());
    assertEquals(Verdict.OK, threshold.judge(0.21f).text());
    assertFalse(threshold.judge(Math.nextUp(0.21f)).ok());
    assertEquals(Verdict.NOT_OK, threshold.judge(0.22f).text());
  }

  @Test
  void theMarginIsAPartOfTheThreshold() {
    Threshold threshold = Threshold.manual(0.25f);
    assertEquals(1, threshold.judge(0.5f).margin().orElseThrow());
    assertEquals(-0.5, threshold.judge(0.125f).margin().orElseThrow());
    assertEquals(0, threshold.judge(0.25f).margin().orElseThrow());
    assertTrue(Threshold.manual(0).judge(0.1f).margin().isEmpty());
  }

  @Test
  void thresholdsAndScoresOutOfRangeAreRefused() {
    for (float bad : new float[] {-0.1f, 1.1f, Float.NaN, Float.NEGATIVE_INFINITY}) {
      assertThrows(InputException.class, () -> Threshold.manual(bad));
      assertThrows(
          IllegalArgumentException.class, () -> new Threshold(bad, Calibration.Kind.ESTIMATE));
      assertThrows(IllegalArgumentException.class, () -> Threshold.manual(0.5f).judge(bad));
      assertThrows(IllegalArgumentException.class, () -> new NormalScore(bad, 0.1f));
      assertThrows(IllegalArgumentException.class, () -> new NormalScore(0.1f, bad));
    }
  }

  @Test
  void nearToAnEstimateNothingIsClear() {
    Threshold estimate = new Threshold(0.5f, Calibration.Kind.ESTIMATE);
    assertTrue(estimate.judge(0.5f).isWithinEstimate());
    assertTrue(estimate.judge(0.59f).isWithinEstimate());
    assertTrue(estimate.judge(0.41f).isWithinEstimate());
    assertFalse(estimate.judge(0.61f).isWithinEstimate());
    assertFalse(estimate.judge(0.39f).isWithinEstimate());
    assertFalse(Threshold.manual(0.5f).judge(0.5f).isWithinEstimate());
    assertFalse(new Threshold(0, Calibration.Kind.ESTIMATE).judge(0).isWithinEstimate());
  }
}
