package io.github.anople.inspect.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeatMapTest {

  private static final HeatMap SCALE = new HeatMap(0.1f, 0.5f);

  @TempDir Path folder;

  @Test
  void aCalmImageStaysAsItIs() {
    RgbImage image = image(31, 17);
    BufferedImage overlay = SCALE.overlay(image, constant(0.1f));
    assertEquals(31, overlay.getWidth());
    assertEquals(17, overlay.getHeight());
    for (int y = 0; y < 17; y++) {
      for (int x = 0; x < 31; x++) {
        assertEquals(rgb(image, x, y), overlay.getRGB(x, y) & 0xFFFFFF);
      }
    }
  }

  @Test
  void upToTheMiddleAnImageIsCoveredTheMoreTheLargerTheValue() {
    RgbImage image = image(5, 5);
    double last = -1;
    for (float value = 0.1f; value < 0.3f; value += 0.02f) {
      double change = change(image, SCALE.overlay(image, constant(value)));
      assertTrue(change >= last, "covered less at " + value);
      last = change;
    }
    assertTrue(last > 20, "the middle, where the threshold is, hardly shows: " + last);
  }

  @Test
  void valuesBeyondTheScaleLookLikeItsEnds() {
    RgbImage image = image(3, 3);
    assertEquals(0, change(image, SCALE.overlay(image, constant(-5))));
    assertEquals(
        SCALE.overlay(image, constant(0.5f)).getRGB(1, 1),
        SCALE.overlay(image, constant(1e30f)).getRGB(1, 1));
  }

  @Test
  void oneScaleGivesAValueOneColourWhateverElseIsInItsMap() {
    RgbImage image = image(2, 2);
    ScoreMap other = ScoreMap.of(2, new float[] {0.3f, 0.9f, 0.9f, 0.9f});
    assertEquals(
        SCALE.overlay(image, constant(0.3f)).getRGB(0, 0),
        SCALE.overlay(image, other).getRGB(0, 0));
  }

  @Test
  void theMapLiesWhereTheImageIs() {
    RgbImage image = image(40, 20);
    BufferedImage overlay = SCALE.overlay(image, ScoreMap.of(2, new float[] {0, 0.5f, 0, 0}));
    assertEquals(rgb(image, 0, 0), overlay.getRGB(0, 0) & 0xFFFFFF);
    assertEquals(rgb(image, 39, 19), overlay.getRGB(39, 19) & 0xFFFFFF);
    assertTrue(rgb(image, 39, 0) != (overlay.getRGB(39, 0) & 0xFFFFFF));
  }

  @Test
  void lightnessFallsEvenlyAlongTheColours() {
    ColourRamp ramp = new ColourRamp();
    double first = lightness(ramp.at(0));
    double last = lightness(ramp.at(1));
    double before = first;
    for (int i = 1; i <= 100; i++) {
      double now = lightness(ramp.at(i / 100f));
      assertTrue(now < before, "lightness rises at " + i);
      assertEquals(first + (last - first) * i / 100, now, 5, "uneven at " + i);
      before = now;
    }
    assertTrue(first - last > 45, first + " to " + last);
  }

  @Test
  void aScaleNeedsAnExtent() {
    assertThrows(IllegalArgumentException.class, () -> new HeatMap(0.5f, 0.5f));
    assertThrows(IllegalArgumentException.class, () -> new HeatMap(0, Float.NaN));
    assertThrows(IllegalArgumentException.class, () -> new HeatMap(0, Float.POSITIVE_INFINITY));
  }

  @Test
  void anOverlayIsWrittenWholeOverAnOlderOne() throws IOException {
    Path file = Files.writeString(folder.resolve("a.png"), "older");
    RgbImage image = image(9, 4);
    SCALE.write(file, image, constant(0.4f), Optional.empty(), Optional.empty());
    BufferedImage read = ImageIO.read(file.toFile());
    assertEquals(SCALE.overlay(image, constant(0.4f)).getRGB(8, 3), read.getRGB(8, 3));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void aFolderThatIsNotThereIsNamed() {
    Path file = folder.resolve("none/a.png");
    String told =
        assertThrows(
                InputException.class,
                () ->
                    SCALE.write(
                        file, image(2, 2), constant(0.4f), Optional.empty(), Optional.empty()))
            .getMessage();
    assertTrue(told.startsWith(file.toString()), told);
  }

  private static RgbImage image(int width, int height) {
    byte[] samples = new byte[3 * width * height];
    new Random(6).nextBytes(samples);
    return RgbImage.of(width, height, samples);
  }

  private static int rgb(RgbImage image, int x, int y) {
    return image.red(x, y) << 16 | image.green(x, y) << 8 | image.blue(x, y);
  }

  private static ScoreMap constant(float value) {
    float[] values = new float[9];
    Arrays.fill(values, value);
    return ScoreMap.of(3, values);
  }

  private static double change(RgbImage before, BufferedImage after) {
    double change = 0;
    for (int y = 0; y < after.getHeight(); y++) {
      for (int x = 0; x < after.getWidth(); x++) {
        for (int shift = 0; shift < 24; shift += 8) {
          change +=
              Math.abs((after.getRGB(x, y) >> shift & 255) - (rgb(before, x, y) >> shift & 255));
        }
      }
    }
    return change / (3.0 * after.getWidth() * after.getHeight());
  }

  /** CIE L* of an sRGB colour. */
  private static double lightness(int rgb) {
    double luminance =
        0.2126 * linear(rgb >> 16 & 255)
            + 0.7152 * linear(rgb >> 8 & 255)
            + 0.0722 * linear(rgb & 255);
    return 116 * Math.cbrt(luminance) - 16;
  }

  private static double linear(int channel) {
    double value = channel / 255.0;
    return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }
}
