package io.github.anople.torch.synth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PseudoAnomalyTest {

  private static final int RUNS = 60;

  @ParameterizedTest
  @ValueSource(ints = {16, 50, 64})
  void anAnomalyIsTheImageOutsideItsMaskAndStaysWithinRange(int side) {
    for (int seed = 0; seed < RUNS; seed++) {
      RandomGenerator random = Draws.of(seed, "test", side, 0);
      float[] image = noise(side, random);
      float[] before = image.clone();
      PseudoAnomaly anomaly = PseudoAnomaly.draw(image, side, AnomalySource.ofItself(), random);
      String at = "seed " + seed;
      assertArrayEquals(before, image, at);
      int pixels = side * side;
      for (int i = 0; i < image.length; i++) {
        float value = anomaly.image()[i];
        assertTrue(value >= 0 && value <= 1, at);
        if (anomaly.mask()[i % pixels] == 0) {
          assertEquals(image[i], value, at);
        }
      }
    }
  }

  @Test
  void aMaskThatNeverComesAboutLeavesTheImageAsItIs() {
    float[] image = noise(16, Draws.of(1, "test", 0, 0));
    RandomGenerator alwaysZero = () -> 0L; // every gradient points the same way: flat noise
    PseudoAnomaly anomaly = PseudoAnomaly.draw(image, 16, AnomalySource.ofItself(), alwaysZero);
    assertTrue(PerlinMask.isEmpty(anomaly.mask()));
    assertArrayEquals(image, anomaly.image());
  }

  @Test
  void mostMasksHaveAPixelAndNoneCoversAll() {
    int empty = 0;
    for (int seed = 0; seed < RUNS; seed++) {
      byte[] mask = PerlinMask.draw(64, Draws.of(seed, "mask", 0, 0));
      int marked = 0;
      for (byte pixel : mask) {
        marked += pixel;
      }
      empty += marked == 0 ? 1 : 0;
      assertTrue(marked < mask.length, "seed " + seed);
    }
    assertTrue(empty < RUNS / 10, empty + " empty masks");
  }

  @Test
  void shufflingMovesWholeTilesAndLosesNone() {
    int side = 8 * TileShuffle.GRID;
    float[] image = new float[3 * side * side];
    for (int i = 0; i < image.length; i++) {
      int pixel = i % (side * side);
      image[i] = (pixel / side / 8 * TileShuffle.GRID + pixel % side / 8) / 64f;
    }
    float[] shuffled = TileShuffle.shuffle(image, side, Draws.of(4, "shuffle", 0, 0));
    assertFalse(Arrays.equals(image, shuffled));
    float[] corners = new float[64];
    for (int tile = 0; tile < 64; tile++) {
      int corner = tile / 8 * 8 * side + tile % 8 * 8;
      corners[tile] = shuffled[corner];
      assertEquals(corners[tile], shuffled[corner + 7 * side + 7], "tile " + tile);
    }
    Arrays.sort(corners);
    for (int tile = 0; tile < 64; tile++) {
      assertEquals(tile / 64f, corners[tile]);
    }
  }

  @Test
  void aHueTurnedByNothingIsTheSameColour() {
    RandomGenerator random = Draws.of(2, "hue", 0, 0);
    for (int i = 0; i < 1000; i++) {
      float[] colour = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
      float[] same = colour.clone();
      Hsv.shift(same, 0, 0);
      assertArrayEquals(colour, same, 1e-6f);
    }
  }

  @Test
  void drawsArePinnedForever() {
    // A change here changes every detector that a seed makes.
    RandomGenerator random = Draws.of(42, "pinned", 3, 7);
    assertEquals(random.nextLong(), Draws.of(42, "pinned", 3, 7).nextLong());
    assertArrayEquals(
        new int[] {0, 4, 2, 1, 3}, Draws.permutation(Draws.of(42, "pinned", 3, 7), 5));
    assertEquals(0.02531421274041781, Draws.gaussian(Draws.of(42, "pinned", 3, 7)), 1e-15);
  }

  private static float[] noise(int side, RandomGenerator random) {
    float[] image = new float[3 * side * side];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    return image;
  }
}
