package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.anople.core.Fixtures;
import io.github.anople.core.Golden;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClipNormalizationTest {

  private static final ImageReader AS_STORED =
      new ImageReader(ImageReader.Options.defaults().withHonourOrientation(false));

  private final Golden golden = Golden.open("preprocess.safetensors");

  @Test
  void goldenImagesArePreprocessedToTheGoldenNumbers() throws Exception {
    assertFalse(golden.names().isEmpty());
    for (String name : golden.names()) {
      String file = name.substring(0, name.lastIndexOf('/'));
      if (file.endsWith(".jpg")) {
        assertClose(name, preprocess(name, file));
      } else {
        golden.check(name, preprocess(name, file));
      }
    }
  }

  @Test
  void aJpegAsLibjpegDecodesItGivesItsGoldenNumbers() throws Exception {
    int compared = 0;
    for (String name : golden.names()) {
      if (name.contains(".jpg/")) {
        String file = name.substring(0, name.lastIndexOf('/'));
        golden.check(name, preprocess(name, GoldenPhotograph.decoded(file)));
        compared++;
      }
    }
    assertTrue(compared > 0);
  }

  private float[] preprocess(String name, String file) throws IOException {
    int side = (int) golden.shape(name)[1];
    RgbImage image = AS_STORED.read(Fixtures.golden("images/" + file));
    return normalization().preprocess(image, side);
  }

  /** The constants that the golden backbone's configuration names. */
  private static ClipNormalization normalization() throws IOException {
    JsonNode config =
        new JsonMapper()
            .readTree(Fixtures.golden("tiny_clip/open_clip_config.json").toFile())
            .get("preprocess_cfg");
    return new ClipNormalization(numbers(config.get("mean")), numbers(config.get("std")));
  }

  private static List<Double> numbers(JsonNode list) {
    List<Double> numbers = new ArrayList<>();
    list.forEach(number -> numbers.add(number.doubleValue()));
    return numbers;
  }

  /** JPEG decoders may differ in the last bits: the README says by how much. */
  private void assertClose(String name, float[] actual) throws IOException {
    float[] expected = golden.floats(name);
    double deviation = normalization().deviation().stream().min(Double::compare).orElseThrow();
    double level = 1 / 255.0 / deviation;
    double most = GoldenPhotograph.most();
    assertEquals(expected.length, actual.length);
    double sum = 0;
    for (int i = 0; i < expected.length; i++) {
      double off = Math.abs(expected[i] - actual[i]);
      assertTrue(off <= most, () -> name + " is off by " + off);
      sum += off;
    }
    assertTrue(sum / expected.length <= GoldenPhotograph.meanLevels() * level, name);
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
