package io.github.anople.inspect.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.detect.ScoreMap;
import java.awt.image.Raster;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapImageTest {

  @TempDir Path folder;

  @Test
  void valuesAreStoredInSixteenBitsOnOneScale() throws IOException {
    float[] values = {0, 1, 0.5f, 0.25f, -3, 7, 1e-6f, 1 / 65535f, 0.123456f, 0};
    Path file = folder.resolve("map.png");
    MapImage.write(file, ScoreMap.of(2, 5, values));
    Raster raster = ImageIO.read(file.toFile()).getRaster();
    assertEquals(1, raster.getNumBands());
    assertEquals(5, raster.getWidth());
    assertEquals(2, raster.getHeight());
    int[] expected = {0, 65535, 32768, 16384, 0, 65535, 0, 1, 8091, 0};
    for (int i = 0; i < values.length; i++) {
      assertEquals(expected[i], raster.getSample(i % 5, i / 5, 0), "pixel " + i);
    }
  }
}
