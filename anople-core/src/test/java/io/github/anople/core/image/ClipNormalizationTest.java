package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipNormalizationTest {

  private static final ImageReader AS_STORED =
      new ImageReader(ImageReader.Options.defaults().withHonourOrientation(false));

  @Test
  void goldenImagesArePreprocessedToTheGoldenNumbers() throws Exception {
    GoldenTensors golden = GoldenTensors.open("preprocess.safetensors");
    assertFalse(golden.names().isEmpty());
    for (String name : golden.names()) {
      String file = name.substring(0, name.lastIndexOf('/'));
      int side = golden.shape(name)[1];
      RgbImage image = AS_STORED.read(Fixtures.golden("images/" + file));
      float[] numbers = ClipNormalization.CLIP.preprocess(image, side);
      if (file.endsWith(".jpg")) {
        // JPEG decoders may differ in the last bits: 3 levels anywhere, half a level in the mean.
        assertClose(golden.floats(name), numbers, name);
      } else {
        assertArrayEquals(golden.floats(name), numbers, 1e-5f, name);
      }
    }
  }

  @Test
  void aJpegAsLibjpegDecodesItGivesItsGoldenNumbers() throws Exception {
    GoldenTensors golden = GoldenTensors.open("preprocess.safetensors");
    int compared = 0;
    for (String name : golden.names()) {
      if (name.contains(".jpg/")) {
        String decoded = name.substring(0, name.indexOf(".jpg/")) + "_decoded.png";
        RgbImage image = AS_STORED.read(Fixtures.golden("images/" + decoded));
        float[] numbers = ClipNormalization.CLIP.preprocess(image, golden.shape(name)[1]);
        assertArrayEquals(golden.floats(name), numbers, 1e-5f, name);
        compared++;
      }
    }
    assertTrue(compared > 0);
  }

  private static void assertClose(float[] expected, float[] actual, String name) {
    assertEquals(expected.length, actual.length);
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      double off = Math.abs(expected[i] - actual[i]);
      assertTrue(off <= 0.045, () -> name + " is off by " + off);
      sum += off;
    }
    double level = 1 / 255.0 / 0.26;
    assertTrue(sum / expected.length <= level / 2, name);
  }

  @Test
  void eachChannelIsShiftedAndScaledByItsOwnNumbers() {
    ClipNormalization plain =
        new ClipNormalization(List.of(0.0, 0.2, 0.4), List.of(1.0, 0.5, 0.25));
    RgbImage image = RgbImage.of(2, 1, TestFiles.bytes(0, 51, 102, 255, 255, 255));
    assertArrayEquals(new float[] {0f, 1f, 0f, 1.6f, 0f, 2.4f}, plain.normalize(image), 1e-6f);
  }

  @Test
  void imagesFollowEachOtherInABuffer() {
    RgbImage image = TestImages.pattern();
    float[] one = ClipNormalization.CLIP.normalize(image);
    FloatBuffer batch = FloatBuffer.allocate(2 * one.length);
    ClipNormalization.CLIP.normalize(image, batch);
    ClipNormalization.CLIP.normalize(image, batch);
    assertFalse(batch.hasRemaining());
    for (int i = 0; i < batch.limit(); i++) {
      assertEquals(one[i % one.length], batch.get(i));
    }
    assertThrows(
        BufferOverflowException.class, () -> ClipNormalization.CLIP.normalize(image, batch));
  }

  @Test
  void impossibleConstantsAreRefused() {
    List<Double> fine = List.of(0.5, 0.5, 0.5);
    assertThrows(InputException.class, () -> new ClipNormalization(List.of(0.5), fine));
    assertThrows(InputException.class, () -> new ClipNormalization(fine, List.of(0.5, 0.0, 0.5)));
    assertThrows(
        InputException.class, () -> new ClipNormalization(List.of(0.5, Double.NaN, 0.5), fine));
  }
}
