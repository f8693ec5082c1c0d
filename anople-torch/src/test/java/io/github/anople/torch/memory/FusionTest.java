package io.github.anople.torch.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.torch.engine.TensorScope;
import io.github.anople.torch.engine.Tensors;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FusionTest {

  private static final Fusion GEOMETRIC = new Fusion(Fusion.Rule.GEOMETRIC, 0.2, 0.05);

  private static float[] map(Fusion fusion, float pixel, float distance) {
    return TensorScope.inference(
        () ->
            Tensors.floats(
                fusion.map(
                    Tensors.of(new float[] {pixel}, 1), Tensors.of(new float[] {distance}, 1))));
  }

  private static float score(Fusion fusion, float probability, float worst, double scale) {
    return TensorScope.inference(
        () ->
            Tensors.floats(
                fusion.score(
                    Tensors.of(new float[] {probability}, 1),
                    Tensors.of(new float[] {worst}, 1),
                    scale))[0]);
  }

  @Test
  void theWeightedMeanIsTheFormulas() {
    double expected = 0.5 * Math.pow(0.09, 0.8) * Math.pow(0.6, 0.2);
    assertEquals(expected, map(GEOMETRIC, 0.6f, 0.09f)[0], 1e-6);
    double whole = 2 * expected;
    assertEquals(
        0.5 * Math.pow(whole, 0.95) * Math.pow(0.3, 0.05),
        score(GEOMETRIC, 0.3f, (float) expected, 0.5),
        1e-6);
    assertEquals(
        0.5 * Math.pow(0.4, 0.95) * Math.pow(0.3, 0.05), score(GEOMETRIC, 0.3f, 0.4f, 1), 1e-6);
  }

  @Test
  void thePapersIsHalfTheHarmonicMean() {
    assertArrayEquals(
        new float[] {1 / (1 / 0.6f + 1 / 0.09f)}, map(Fusion.HARMONIC, 0.6f, 0.09f), 1e-6f);
    assertEquals(1 / (1 / 0.3f + 1 / 0.2f), score(Fusion.HARMONIC, 0.3f, 0.2f, 0.5), 1e-6);
  }

  /**
   * What scores and thresholds rely on: between 0 and a half, and never falling with an operand.
   */
  @Test
  void scoresStayBelowAHalfAndRiseWithEachOpinion() {
    long seed = 20_261_129;
    System.out.println("FusionTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      float pixel = i == 0 ? 1 : random.nextFloat();
      float distance = i == 0 ? 1 : i == 1 ? 0 : random.nextFloat();
      float probability = i == 0 ? 1 : random.nextFloat();
      for (Fusion fusion : new Fusion[] {GEOMETRIC, Fusion.HARMONIC}) {
        float m = map(fusion, pixel, distance)[0];
        float s = score(fusion, probability, m, 0.5);
        assertTrue(m > 0 && m <= 0.5f && s > 0 && s <= 0.5f, m + " and " + s);
        assertTrue(map(fusion, Math.min(1, pixel + 0.1f), distance)[0] >= m);
        assertTrue(map(fusion, pixel, Math.min(1, distance + 0.1f))[0] >= m);
        assertTrue(score(fusion, Math.min(1, probability + 0.1f), m, 0.5) >= s);
      }
    }
  }

  /** A part that tells nothing says the same of every picture: the order is the memory's. */
  @Test
  void whatTellsNothingLeavesTheMemorysOrder() {
    float nearer = map(GEOMETRIC, 0.5f, 0.05f)[0];
    float farther = map(GEOMETRIC, 0.5f, 0.051f)[0];
    assertTrue(nearer < farther);
    // 2^0.8 is 16^0.2: what is twice as far counts as much as what is sixteen times as probable.
    assertTrue(map(GEOMETRIC, 0.02f, 0.1f)[0] < map(GEOMETRIC, 0.5f, 0.05f)[0]);
    assertTrue(map(GEOMETRIC, 0.04f, 0.1f)[0] > map(GEOMETRIC, 0.5f, 0.05f)[0]);
  }
}
