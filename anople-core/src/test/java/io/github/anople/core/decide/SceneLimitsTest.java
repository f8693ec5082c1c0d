package io.github.anople.core.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.decide.SceneLimits.Reach;
import io.github.anople.core.detect.Scene;
import io.github.anople.core.detect.Scene.Measure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SceneLimitsTest {

  private static final SceneLimits OF_SHOTS =
      SceneLimits.ofShots(new Reach(0.1f, 0.2f), Reach.NONE, new Reach(0.3f, 0.4f));

  /** A picture that is as the shots in all but some measures. */
  static Scene scene(Map<Measure, Float> values) {
    List<Float> all = new ArrayList<>(Collections.nCopies(Scene.SIZE, 0f));
    values.forEach((measure, value) -> all.set(Scene.place(measure), value));
    return new Scene(all);
  }

  private static float limit(SceneLimits limits, Measure measure) {
    return limits.values().get(Scene.place(measure));
  }

  @Test
  void nothingExceedsTheLimitsWhateverTheShotsAndThePicturesAre() {
    long seed = 20_261_129;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      Reach nothing = reach(random);
      Reach altered =
          new Reach(
              (float) (0.9 * random.nextDouble() * nothing.structure()),
              (float) (0.9 * random.nextDouble() * nothing.worstPlace()));
      SceneLimits limits = SceneLimits.ofShots(altered, reach(random), nothing);
      Scene empty =
          scene(
              Map.of(
                  Measure.STRUCTURE, nothing.structure(),
                  Measure.WORST_PLACE, nothing.worstPlace()));
      String drawn = "seed " + seed + ", draw " + i + ": " + limits;
      assertEquals(2, limits.faults(empty).size(), drawn);
      assertEquals(2, limits.from(List.of(empty, empty, empty)).faults(empty).size(), drawn);
    }
  }

  private static Reach reach(SplittableRandom random) {
    return new Reach((float) random.nextDouble(0.01, 0.7), (float) random.nextDouble(0.01, 0.7));
  }

  @Test
  void joinedInAnyOrderLimitsAreTheSameAndNothingExceedsThem() {
    long seed = 20_261_130;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 500; i++) {
      List<SceneLimits> all = new ArrayList<>();
      for (int k = 0; k < 4; k++) {
        all.add(SceneLimits.ofShots(reach(random), reach(random), reach(random)));
      }
      SceneLimits joined = joined(all);
      String drawn = "seed " + seed + ", draw " + i + ": " + all;
      Collections.reverse(all);
      assertEquals(joined, joined(all), drawn);
      Collections.rotate(all, 1 + random.nextInt(3));
      assertEquals(joined, joined(all), drawn);
      assertEquals(joined, joined.with(all.get(0)), drawn);
      for (SceneLimits one : all) {
        assertTrue(joined.altered().structure() >= one.altered().structure(), drawn);
        assertTrue(joined.nothing().worstPlace() <= one.nothing().worstPlace(), drawn);
        float limit = limit(joined, Measure.STRUCTURE);
        float most = 0.97f * joined.nothing().structure();
        assertTrue(limit >= Math.min(limit(one, Measure.STRUCTURE), most - 1e-6f), drawn);
        assertTrue(limit == 1 || limit <= most + 1e-6f, drawn);
      }
    }
  }

  private static SceneLimits joined(List<SceneLimits> all) {
    return all.stream().reduce(SceneLimits::with).orElseThrow();
  }

  @Test
  void patchesThatTellNothingApartAreNotAsked() {
    SceneLimits limits =
        SceneLimits.ofShots(new Reach(0.3f, 0.1f), Reach.NONE, new Reach(0.3f, 0.4f));
    assertEquals(1, limit(limits, Measure.STRUCTURE));
    assertEquals(0.92f * 0.4f, limit(limits, Measure.WORST_PLACE), 1e-6);
    assertEquals(
        1, limit(limits.from(List.of(scene(Map.of(Measure.STRUCTURE, 1f)))), Measure.STRUCTURE));
  }

  @Test
  void shotsThatDifferMakeRoomForEachOther() {
    SceneLimits alone = OF_SHOTS;
    SceneLimits apart =
        SceneLimits.ofShots(new Reach(0.1f, 0.2f), new Reach(0.22f, 0.4f), new Reach(0.3f, 0.4f));
    assertEquals(0.85f * 0.3f, limit(alone, Measure.STRUCTURE), 1e-6);
    assertEquals(1.25f * 0.22f, limit(apart, Measure.STRUCTURE), 1e-6);
    assertEquals(0.97f * 0.4f, limit(apart, Measure.WORST_PLACE), 1e-6);
    assertEquals((float) Math.log(2.5), limit(alone, Measure.DARK));
  }

  @Test
  void furtherPicturesWidenAndNarrowTheLimitsWithinBounds() {
    SceneLimits alike = OF_SHOTS.from(List.of(scene(Map.of()), scene(Map.of())));
    assertEquals(0.5f, limit(alike, Measure.DARK));
    assertEquals(0.6f * 0.3f, limit(alike, Measure.STRUCTURE), 1e-6);
    SceneLimits apart =
        OF_SHOTS.from(
            List.of(scene(Map.of(Measure.DARK, 1f, Measure.STRUCTURE, 0.15f)), scene(Map.of())));
    assertEquals(1.5f, limit(apart, Measure.DARK));
    assertEquals(0.225f, limit(apart, Measure.STRUCTURE), 1e-6);
    SceneLimits far = OF_SHOTS.from(List.of(scene(Map.of(Measure.STRUCTURE, 0.29f))));
    assertEquals(0.97f * 0.3f, limit(far, Measure.STRUCTURE), 1e-6);
  }

  @Test
  void aPictureThatExceedsWhatTheOthersGiveIsUnlikeThem() {
    Scene usual = scene(Map.of(Measure.DARK, 0.4f));
    Scene dark = scene(Map.of(Measure.DARK, 0.7f));
    Scene empty = scene(Map.of(Measure.STRUCTURE, 0.3f, Measure.WORST_PLACE, 0.4f));
    Map<Integer, List<SceneFault>> unlike =
        OF_SHOTS.unlikeTheOthers(List.of(usual, dark, usual, empty, empty));
    assertEquals(List.of(1, 3, 4), List.copyOf(unlike.keySet()));
    assertEquals("dark", SceneFault.words(unlike.get(1)));
    assertEquals("empty or another part", SceneFault.words(unlike.get(3)));
    // Of two that are as dark as each other neither stands out, by light.
    assertEquals(Map.of(), OF_SHOTS.unlikeTheOthers(List.of(dark, dark)));
  }

  @Test
  void aVerdictNamesTheWorstThreeFaultsAndIsNeverOk() {
    Threshold threshold = Threshold.manual(0.2f).with(Optional.of(OF_SHOTS));
    Verdict verdict =
        threshold.judge(
            0.1f,
            Optional.of(
                scene(
                    Map.of(
                        Measure.DARK, 1f,
                        Measure.BLURRED, 9f,
                        Measure.STRUCTURE, 0.29f,
                        Measure.WORST_PLACE, 0.39f,
                        Measure.OVEREXPOSED, 0.5f))));
    assertFalse(verdict.ok());
    assertEquals(Verdict.UNLIKE, verdict.kind());
    assertEquals(
        "NOT LIKE THE PRODUCT (blurred, overexposed, empty or another part)", verdict.text());
    assertEquals(-0.5, verdict.margin().orElseThrow(), 1e-6);
    assertTrue(threshold.judge(0.1f, Optional.of(scene(Map.of()))).ok());
    assertEquals("NOT OK", threshold.judge(0.3f, Optional.of(scene(Map.of()))).text());
    assertTrue(threshold.judge(0.1f).ok(), "a detector that does not tell");
  }

  @Test
  void aMeasureAtItsLimitIsGoodEnough() {
    float limit = limit(OF_SHOTS, Measure.DARK);
    assertEquals(List.of(), OF_SHOTS.faults(scene(Map.of(Measure.DARK, limit))));
    assertEquals(
        List.of(new SceneFault(Measure.DARK, Math.nextUp(limit), limit)),
        OF_SHOTS.faults(scene(Map.of(Measure.DARK, Math.nextUp(limit)))));
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    assertEquals(OF_SHOTS, SceneLimits.fromJson(OF_SHOTS.toJson(), "a"));
    Calibration calibration =
        Estimate.calibrate(
            List.of(new NormalScore(0.1f, 0.1f)), List.of(), 1, 0.01, Optional.of(OF_SHOTS));
    assertEquals(Optional.of(OF_SHOTS), calibration.scene());
    assertEquals(calibration, Calibration.fromJson(calibration.toJson(), "a"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"dark\":NaN",
        "\"dark\":-1",
        "\"dark\":1e999",
        "\"dark\":1e300",
        "\"dark\":\"0.5\"",
        "\"dark\":null",
        "\"lark\":0.5"
      })
  void limitsThatMakeNoSenseAreRefused(String hostile) {
    String json = OF_SHOTS.toJson().replaceFirst("\"dark\":[^,]*", hostile);
    InputException fault =
        assertThrows(InputException.class, () -> SceneLimits.fromJson(json, "x.anople"));
    assertTrue(fault.getMessage().startsWith("x.anople, scene"), fault.getMessage());
  }

  @Test
  void aSceneWithoutAllItsMeasuresOrWithWhatIsNoNumberIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Scene(List.of(1f)));
    for (float bad : new float[] {Float.NaN, -1, Float.POSITIVE_INFINITY}) {
      assertThrows(IllegalArgumentException.class, () -> scene(Map.of(Measure.DARK, bad)));
    }
    assertThrows(IllegalArgumentException.class, () -> new SceneFault(Measure.DARK, 0.5f, 0.5f));
  }
}
