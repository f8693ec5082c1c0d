package io.github.anople.core.drift;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.image.RgbImage;
import io.github.anople.core.region.Region;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LookTest {

  private static final RgbImage PICTURE = Looks.picture(new Random(5), Looks.USUAL);

  private static RgbImage tinted(double red, double green, double blue) {
    byte[] samples = PICTURE.pixels();
    double[] factors = {red, green, blue};
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (byte) Math.round((samples[i] & 0xff) * factors[i % 3]);
    }
    return RgbImage.of(PICTURE.width(), PICTURE.height(), samples);
  }

  @Test
  void halfTheLightChangesBrightnessAlone() {
    Look usual = Look.of(PICTURE);
    Look half = Look.of(tinted(0.5, 0.5, 0.5));
    assertEquals(Math.log(2), usual.brightness() - half.brightness(), 0.02);
    assertEquals(usual.contrast(), half.contrast(), 0.03);
    assertEquals(usual.sharpness(), half.sharpness(), 0.05);
    assertEquals(0, half.red());
    assertEquals(0, half.blue());
  }

  @Test
  void aTintChangesColourAlone() {
    Look warm = Look.of(tinted(1.05, 1, 0.95));
    assertEquals(0.05, warm.red(), 0.005);
    assertEquals(-0.05, warm.blue(), 0.005);
    assertEquals(Look.of(PICTURE).brightness(), warm.brightness(), 0.01);
  }

  @Test
  void blurringTakesSharpnessAndLeavesBrightness() {
    Look blurred = Look.of(Looks.blurred(PICTURE));
    assertTrue(blurred.sharpness() < Look.of(PICTURE).sharpness() - 0.1);
    assertEquals(Look.of(PICTURE).brightness(), blurred.brightness(), 0.01);
  }

  @Test
  void whatDoesNotCountMayLookAsItLikes() {
    byte[] samples = PICTURE.pixels();
    Arrays.fill(samples, 0, 3 * Looks.SIDE * Looks.SIDE / 2, (byte) 255);
    RgbImage spoilt = RgbImage.of(Looks.SIDE, Looks.SIDE, samples);
    // A row more is ignored: a pixel's sharpness is made of its neighbours too.
    double first = 0.5 + 1.0 / Looks.SIDE;
    Optional<Region> lower =
        Optional.of(
            Region.fromJson(
                "{\"ignore\":[[[0,0],[1,0],[1,%s],[0,%s]]]}".formatted(first, first), "x"));
    assertEquals(Look.of(PICTURE, lower), Look.of(spoilt, lower));
    assertNotEquals(Look.of(PICTURE), Look.of(PICTURE, lower));
    assertNotEquals(Look.of(PICTURE), Look.of(spoilt));
  }

  @Test
  void picturesOfAnySizeHaveALook() {
    for (int[] size : new int[][] {{1, 1}, {1, 700}, {2000, 3}, {23, 25}, {513, 511}}) {
      byte[] samples = new byte[3 * size[0] * size[1]];
      Arrays.fill(samples, (byte) 99);
      Look look = Look.of(RgbImage.of(size[0], size[1], samples));
      assertEquals(Math.log(100), look.brightness(), 1e-6);
      assertTrue(look.places().isPresent());
    }
  }

  @Test
  void placesAreTheSameAfterTheyWereText() {
    Places places = Look.of(PICTURE).places().orElseThrow();
    assertEquals(places, Places.parse(places.text()));
    for (String bad :
        List.of("", "?", "x".repeat(99), Base64.getEncoder().encodeToString(new byte[1151]))) {
      assertThrows(IllegalArgumentException.class, () -> Places.parse(bad));
    }
  }

  @Test
  void aLookIsMadeOfFiveFiniteNumbers() {
    assertThrows(IllegalArgumentException.class, () -> Look.of(List.of(1f, 2f), Optional.empty()));
    assertThrows(
        IllegalArgumentException.class, () -> new Look(1, 2, Float.NaN, 4, 5, Optional.empty()));
  }
}
