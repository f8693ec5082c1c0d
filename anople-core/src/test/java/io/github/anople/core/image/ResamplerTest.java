package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Golden;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResamplerTest {

  private static final long SEED = 20260401;

  @Test
  void theWholeViewIsTheGoldenShrinkOfItsQuadrants() throws Exception {
    Golden golden = Golden.open("simulate.safetensors");
    long[] shape = golden.shape("views/out"); // [5, 3, S, S]: four quadrants, then the whole
    float[] views = golden.floats("views/out");
    int side = (int) shape[3];
    int plane = side * side;
    float[] twice = new float[3 * 4 * plane];
    for (int view = 0; view < 4; view++) {
      for (int row = 0; row < 3 * side; row++) {
        int channel = row / side;
        int y = row % side + view / 2 * side;
        int to = (channel * 2 * side + y) * 2 * side + view % 2 * side;
        System.arraycopy(views, (view * 3 * side + row) * side, twice, to, side);
      }
    }
    float[] whole = Resampler.resize(twice, 3, 2 * side, 2 * side, side, side);
    float[] shrunk = views.clone();
    System.arraycopy(whole, 0, shrunk, 4 * 3 * plane, whole.length);
    golden.check("views/out", shrunk);
  }

  @Test
  void masksAreTheGoldenNearestNeighbours() throws Exception {
    Golden golden = Golden.open("metrics_maps.safetensors");
    long[] from = golden.shape("nearest/source");
    byte[] source = bytes(golden.longs("nearest/source"));
    int compared = 0;
    for (String name : golden.names()) {
      if (name.startsWith("nearest/") && !name.equals("nearest/source")) {
        long[] to = golden.shape(name);
        byte[] resized =
            Resampler.nearest(source, (int) from[0], (int) from[1], (int) to[0], (int) to[1]);
        for (int i = 0; i < resized.length; i++) {
          resized[i] = (byte) (resized[i] == 0 ? 0 : 1);
        }
        assertArrayEquals(bytes(golden.longs(name)), resized, name);
        compared++;
      }
    }
    assertTrue(compared > 0);
  }

  private static byte[] bytes(long[] values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  @Test
  void aConstantImageStaysConstantAtEverySize() {
    Random random = new Random(SEED);
    for (int i = 0; i < 60; i++) {
      int level = random.nextInt(256);
      RgbImage image =
          TestImages.grey(1 + random.nextInt(90), 1 + random.nextInt(90), (x, y) -> level);
      int width = 1 + random.nextInt(90);
      int height = 1 + random.nextInt(90);
      assertEquals(
          TestImages.grey(width, height, (x, y) -> level),
          Resampler.resize(image, width, height),
          () -> "seed " + SEED + ", level " + level + ", from " + image);
    }
  }

  @Test
  void anImageKeptAtItsSizeIsIdentical() {
    RgbImage image = noise(new Random(SEED), 31, 17);
    assertEquals(image, Resampler.resize(image, 31, 17));
  }

  @Test
  void columnsAndRowsAreTreatedAlike() {
    Random random = new Random(SEED);
    for (int i = 0; i < 40; i++) {
      RgbImage image = noise(random, 1 + random.nextInt(60), 1 + random.nextInt(60));
      int width = 1 + random.nextInt(120);
      // Only one side changes: of two passes the first rounds, and the order would show.
      RgbImage wide = Resampler.resize(image, width, image.height());
      RgbImage turned =
          Resampler.resize(Orientation.TRANSPOSED.apply(image), image.height(), width);
      assertEquals(
          wide,
          Orientation.TRANSPOSED.apply(turned),
          "seed " + SEED + ", " + image + " to " + width);
    }
  }

  @Test
  void aMirroredImageResizesToTheMirroredOutcome() {
    Random random = new Random(SEED);
    for (int i = 0; i < 40; i++) {
      RgbImage image = noise(random, 2 + random.nextInt(60), 2 + random.nextInt(60));
      int side = 1 + random.nextInt(90);
      byte[] mirrored =
          Orientation.MIRRORED
              .apply(Resampler.resize(Orientation.MIRRORED.apply(image), side, side))
              .pixels();
      byte[] plain = Resampler.resize(image, side, side).pixels();
      for (int at = 0; at < plain.length; at++) {
        // Weights are rounded to 22 bits from differently rounded centres: one level at most.
        assertEquals(plain[at] & 0xff, mirrored[at] & 0xff, 1, "seed " + SEED + ", " + image);
      }
    }
  }

  @Test
  void theHorizontalPassComesFirstAndIsRounded() {
    // Both weights of 2 to 1 are one half. Rows first: 1 0 gives 1, 3 0 gives 2, and these give 2.
    // Columns first, 1 3 gives 2 and 0 0 gives 0, and these give 1; so does the unrounded mean.
    RgbImage image = TestImages.grey(2, 2, (x, y) -> x == 1 ? 0 : 1 + 2 * y);
    assertEquals(TestImages.grey(1, 1, (x, y) -> 2), Resampler.resize(image, 1, 1));
  }

  @Test
  void overshootIsClippedInBothForms() {
    RgbImage edge = TestImages.grey(8, 1, (x, y) -> x < 4 ? 0 : 255);
    byte[] levels = Resampler.resize(edge, 64, 1).pixels();
    float[] floats = Resampler.resize(edge.toPlanar(), 3, 1, 8, 1, 64);
    for (int x = 0; x < 64; x++) {
      assertEquals((levels[3 * x] & 0xff) / 255f, floats[x], 1 / 255f);
      assertTrue(floats[x] >= 0 && floats[x] <= 1);
      assertTrue(x == 0 || floats[x] >= floats[x - 1] - 0.05f, "no wrap-around at " + x);
    }
  }

  @Test
  void aFloatImageKeptAtItsSizeIsCopiedAndClipped() {
    float[] image = {-1, 0.25f, 2, 0.5f};
    float[] same = Resampler.resize(image, 1, 2, 2, 2, 2);
    assertArrayEquals(new float[] {0, 0.25f, 1, 0.5f}, same);
    assertEquals(-1, image[0], "the input is left alone");
  }

  @Test
  void shapesThatContradictTheArrayAreRefused() {
    assertThrows(
        IllegalArgumentException.class, () -> Resampler.resize(new float[11], 3, 2, 2, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Resampler.nearest(new byte[3], 2, 2, 1, 1));
    assertThrows(IllegalArgumentException.class, () -> Resampler.nearest(new byte[4], 2, 2, 0, 1));
    assertThrows(
        IllegalArgumentException.class, () -> Resampler.resize(TestImages.pattern(), 0, 4));
    assertThrows(
        IllegalArgumentException.class,
        () -> Resampler.resize(TestImages.pattern(), 1 << 20, 1 << 20));
  }

  private static RgbImage noise(Random random, int width, int height) {
    byte[] samples = new byte[3 * width * height];
    random.nextBytes(samples);
    return RgbImage.of(width, height, samples);
  }
}
