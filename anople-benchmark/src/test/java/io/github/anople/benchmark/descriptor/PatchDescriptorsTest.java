package io.github.anople.benchmark.descriptor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.image.RgbImage;
import java.util.Arrays;
import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;

class PatchDescriptorsTest {

  private static final int HISTOGRAM = 6;
  private static final int GABOR = 38;

  @Test
  void aFlatImageHasItsColourAndNothingElse() {
    byte[] red = new byte[3 * 40 * 24];
    for (int i = 0; i < red.length; i += 3) {
      red[i] = (byte) 255;
    }

    PatchDescriptors seen = PatchDescriptors.of(RgbImage.of(40, 24, red), 8);

    // CIE's values for the red primary of sRGB.
    for (float[] patch : seen.values()) {
      assertEquals(53.24, patch[0], 0.01);
      assertEquals(80.09, patch[1], 0.01);
      assertEquals(67.20, patch[2], 0.01);
      for (int i = 3; i < PatchDescriptors.NUMBERS; i++) {
        assertEquals(0, patch[i], 1e-3, "number " + i);
      }
    }
  }

  @Test
  void blackIsZeroAndWhiteAHundred() {
    PatchDescriptors seen =
        PatchDescriptors.of(grey(32, 16, (x, y) -> x < 16 ? 0 : 255), PatchDescriptors.PATCH);

    assertArrayEquals(new float[] {0, 0, 0}, Arrays.copyOf(seen.values()[0], 3), 1e-3f);
    assertArrayEquals(new float[] {100, 0, 0}, Arrays.copyOf(seen.values()[1], 3), 1e-2f);
  }

  @Test
  void deviationsAreThoseOfThePatchAlone() {
    PatchDescriptors seen = PatchDescriptors.of(grey(16, 16, (x, y) -> x < 8 ? 0 : 255), 1);

    assertEquals(50, seen.values()[0][0], 0.01);
    assertEquals(50, seen.values()[0][3], 0.01);
  }

  @Test
  void patchesTileOrOverlapAndNeverLeaveTheImage() {
    RgbImage square = grey(240, 240, (x, y) -> 7);

    assertEquals(15, PatchDescriptors.of(square, 16).rows());
    assertEquals(15 * 15, PatchDescriptors.of(square, 16).values().length);
    assertEquals(29 * 29, PatchDescriptors.of(square, 8).values().length);
    PatchDescriptors odd = PatchDescriptors.of(grey(47, 33, (x, y) -> 7), 5);
    assertEquals(4, odd.rows());
    assertEquals(7, odd.columns());
  }

  @Test
  void anEdgesDirectionFillsItsBinInTheCellsThatItCrosses() {
    PatchDescriptors upright = PatchDescriptors.of(grey(16, 16, (x, y) -> x < 4 ? 40 : 200), 16);
    PatchDescriptors level = PatchDescriptors.of(grey(16, 16, (x, y) -> y < 4 ? 40 : 200), 16);

    // Cells are upper left, upper right, lower left, lower right; bin 0 is across, bin 4 down.
    assertOnly(upright, HISTOGRAM, HISTOGRAM + 16);
    assertOnly(level, HISTOGRAM + 4, HISTOGRAM + 8 + 4);
  }

  private static void assertOnly(PatchDescriptors seen, int first, int second) {
    float[] patch = seen.values()[0];
    for (int i = HISTOGRAM; i < GABOR; i++) {
      double expected = i == first || i == second ? Math.sqrt(0.5) : 0;
      assertEquals(expected, patch[i], expected == 0 ? 1e-6 : 0.1, "number " + i);
    }
  }

  @Test
  void aGratingWakesTheFilterOfItsWaveAndDirection() {
    double[] sigmas = {1.5, 3, 5};
    for (int scale = 0; scale < sigmas.length; scale++) {
      for (int direction = 0; direction < 4; direction++) {
        float[] energies = energies(2.5 * sigmas[scale], Math.PI * direction / 4, 0);

        int strongest = 0;
        for (int i = 1; i < energies.length; i++) {
          strongest = energies[i] > energies[strongest] ? i : strongest;
        }
        assertEquals(4 * scale + direction, strongest, Arrays.toString(energies));
      }
    }
  }

  @Test
  void theEnergyDoesNotDependOnThePhase() {
    float[] one = energies(7.5, 0.3, 0);
    float[] other = energies(7.5, 0.3, 2.1);

    assertArrayEquals(one, other, 0.05f * one[4]);
    assertTrue(one[4] > 5, "a strong grating is heard: " + one[4]);
  }

  private static float[] energies(double wavelength, double angle, double phase) {
    RgbImage grating =
        grey(
            96,
            96,
            (x, y) -> {
              double along = x * Math.cos(angle) + y * Math.sin(angle);
              return (int) (128 + 90 * Math.cos(2 * Math.PI * along / wavelength + phase));
            });
    float[][] patches = PatchDescriptors.of(grating, 16).values();
    return Arrays.copyOfRange(patches[2 * 6 + 2], GABOR, PatchDescriptors.NUMBERS);
  }

  @Test
  void theSameNumbersWhereverThePatchLies() {
    RgbImage tiled = grey(128, 128, (x, y) -> (x % 16) * (y % 16));
    PatchDescriptors seen = PatchDescriptors.of(tiled, 16);

    // Away from the borders, which the filters mirror.
    assertArrayEquals(seen.values()[3 * 8 + 3], seen.values()[4 * 8 + 4], 1e-4f);
  }

  @Test
  void anImageSmallerThanAPatchIsRefused() {
    RgbImage small = grey(15, 40, (x, y) -> 0);

    assertThrows(IllegalArgumentException.class, () -> PatchDescriptors.of(small, 8));
    assertThrows(
        IllegalArgumentException.class, () -> PatchDescriptors.of(grey(16, 16, (x, y) -> 0), 0));
  }

  private static RgbImage grey(int width, int height, IntBinaryOperator level) {
    byte[] samples = new byte[3 * width * height];
    for (int i = 0; i < width * height; i++) {
      byte value = (byte) level.applyAsInt(i % width, i / width);
      Arrays.fill(samples, 3 * i, 3 * i + 3, value);
    }
    return RgbImage.of(width, height, samples);
  }
}
