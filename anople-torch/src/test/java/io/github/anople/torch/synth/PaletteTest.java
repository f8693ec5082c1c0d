package io.github.anople.torch.synth;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.image.RgbImage;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class PaletteTest {

  private static final int SIDE = 40;
  private static final int SEEDS = 200;

  @Test
  void anImageIsWhatItsPaletteSays() {
    for (float[] image : new float[][] {photo(1), numbers(2), outOfRange()}) {
      float[] written = new float[image.length];
      Palette.of(image).writeTo(written);
      assertArrayEquals(image, written);
    }
  }

  @Test
  void aPhotoHasAsManyValuesAsItsLevelsAndAnythingElseAsManyAsItsPixels() {
    Palette.of(photo(3)).eachChannel(channel -> assertEquals(256, channel.values().length));
    Palette.of(numbers(4))
        .eachChannel(channel -> assertEquals(SIDE * SIDE, channel.values().length));
  }

  @Test
  void aJitteredPhotoIsTheSameWhetherItsValuesAreChangedOrItsPixels() {
    for (int seed = 0; seed < SEEDS; seed++) {
      float[] photo = photo(seed);
      float[] byValues = photo.clone();
      ColourJitter.apply(byValues, Draws.of(seed, "jitter", 0, 0));
      // One number that no photo has makes a channel one of pixels; it is the darkest one's
      // neighbour, so that no other pixel can tell.
      float[] byPixels = photo.clone();
      for (int c = 0; c < 3; c++) {
        int moved = darkest(byPixels, c);
        byPixels[moved] = Math.nextUp(byPixels[moved]);
      }
      ColourJitter.apply(byPixels, Draws.of(seed, "jitter", 0, 0));
      assertArrayEquals(byValues, byPixels, 1e-5f, "seed " + seed);
    }
  }

  private static int darkest(float[] image, int channel) {
    int pixels = image.length / 3;
    int darkest = channel * pixels;
    for (int i = darkest; i < (channel + 1) * pixels; i++) {
      if (image[i] < image[darkest]) {
        darkest = i;
      }
    }
    return darkest;
  }

  private static float[] photo(int seed) {
    RandomGenerator random = Draws.of(seed, "photo", 0, 0);
    byte[] samples = new byte[3 * SIDE * SIDE];
    random.nextBytes(samples);
    return RgbImage.of(SIDE, SIDE, samples).toPlanar();
  }

  private static float[] numbers(int seed) {
    RandomGenerator random = Draws.of(seed, "numbers", 0, 0);
    float[] image = new float[3 * SIDE * SIDE];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    return image;
  }

  private static float[] outOfRange() {
    float[] image = photo(5);
    image[0] = -1;
    image[SIDE * SIDE] = 2;
    image[2 * SIDE * SIDE] = Float.NaN;
    return image;
  }
}
