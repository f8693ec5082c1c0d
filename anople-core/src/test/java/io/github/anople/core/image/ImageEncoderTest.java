package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.SyntheticParts;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageEncoderTest {

  private static final BufferedImage IMAGE = SyntheticParts.good(3);

  @Test
  void aPngGivesBackEveryPixel() throws IOException {
    byte[] file = ImageEncoder.png(IMAGE);
    assertArrayEquals(RgbImage.of(IMAGE).pixels(), new ImageReader().read(file, "x").pixels());
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageEncoder.writePng(IMAGE, out);
    assertArrayEquals(file, out.toByteArray());
  }

  @Test
  void aJpegOfLowerQualityIsSmallerAndFurtherFromTheImage() {
    byte[] fine = ImageEncoder.jpeg(IMAGE, 0.95f);
    byte[] coarse = ImageEncoder.jpeg(IMAGE, 0.3f);
    assertTrue(coarse.length < fine.length, coarse.length + " and " + fine.length);
    assertTrue(distance(fine) < distance(coarse), distance(fine) + " and " + distance(coarse));
  }

  private static double distance(byte[] file) {
    RgbImage read = new ImageReader().read(file, "x");
    assertEquals(IMAGE.getWidth(), read.width());
    byte[] there = read.pixels();
    byte[] here = RgbImage.of(IMAGE).pixels();
    double sum = 0;
    for (int i = 0; i < here.length; i++) {
      sum += Math.abs((here[i] & 0xff) - (there[i] & 0xff));
    }
    return sum / here.length;
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -0.1f, 1.01f, Float.NaN})
  void aQualityOutOfRangeIsRefused(float quality) {
    assertThrows(IllegalArgumentException.class, () -> ImageEncoder.jpeg(IMAGE, quality));
  }
}
