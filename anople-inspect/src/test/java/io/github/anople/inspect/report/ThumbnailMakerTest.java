package io.github.anople.inspect.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class ThumbnailMakerTest {

  private static final ColourScale SCALE = new ColourScale(0.1f, 0.4f);
  private static final ThumbnailMaker MAKER = new ThumbnailMaker(SCALE, OptionalDouble.of(0.2));

  @Test
  void theLongerSideIsBoundedAndTheAspectRatioKept() {
    Thumbnail image =
        MAKER.of(grey(1000, 500), map(4, 0.1f), Optional.empty()).image().orElseThrow();
    assertEquals(160, image.width());
    assertEquals(80, image.height());
    Thumbnail strip = MAKER.of(grey(5000, 2), map(4, 0.1f), Optional.empty()).image().orElseThrow();
    assertEquals(1, strip.height());
    Thumbnail small = MAKER.of(grey(20, 30), map(4, 0.1f), Optional.empty()).image().orElseThrow();
    assertEquals(20, small.width());
  }

  @Test
  void onlyWhatIsAboveTheThresholdIsWhite() throws IOException {
    ScoreMap map = ScoreMap.of(2, new float[] {0.2f, 0.21f, 0, 0.19f});
    ThumbnailMaker maker = new ThumbnailMaker(SCALE, OptionalDouble.of(0.2f));
    Thumbnails thumbnails = maker.of(grey(100, 100), map, Optional.empty());
    BufferedImage binary = read(thumbnails.binaryMap().orElseThrow());
    assertEquals(0, red(binary, 10, 10));
    assertEquals(255, red(binary, 90, 10));
    assertEquals(0, red(binary, 90, 90));
  }

  @Test
  void aScratchThinnerThanAThumbnailsPixelStaysInSight() throws IOException {
    int side = 800;
    float[] values = new float[side * side];
    byte[] mask = new byte[side * side];
    Arrays.fill(values, 401 * side, 402 * side, 1);
    Arrays.fill(mask, 401 * side, 402 * side, (byte) 255);
    Thumbnails thumbnails =
        MAKER.of(grey(side, side), ScoreMap.of(side, values), Optional.of(mask));
    assertEquals(255, red(read(thumbnails.binaryMap().orElseThrow()), 80, 80));
    BufferedImage truth = read(thumbnails.groundTruth().orElseThrow());
    assertTrue(red(truth, 80, 80) > 180, "line: " + red(truth, 80, 80));
    assertTrue(red(truth, 80, 81) < 100, "its border: " + red(truth, 80, 81));
    assertEquals(128, red(truth, 80, 40), 4);
  }

  @Test
  void aLongMapLiesOnALongPicture() throws IOException {
    float[] values = new float[40 * 4];
    byte[] mask = new byte[40 * 4];
    values[30 * 4 + 1] = 1;
    mask[30 * 4 + 1] = 1;
    Thumbnails thumbnails = MAKER.of(grey(16, 160), ScoreMap.of(40, 4, values), Optional.of(mask));
    BufferedImage binary = read(thumbnails.binaryMap().orElseThrow());
    BufferedImage heat = read(thumbnails.heatMap().orElseThrow());
    assertEquals(255, red(binary, 5, 121));
    assertEquals(0, red(binary, 5, 110));
    assertEquals(0, red(binary, 12, 121));
    assertTrue(red(heat, 5, 121) > 140, "hot: " + red(heat, 5, 121));
    assertEquals(128, red(heat, 5, 60), 4);
    assertTrue(red(read(thumbnails.groundTruth().orElseThrow()), 5, 120) > 180);
  }

  @Test
  void aCalmMapLeavesTheImageAsItIs() throws IOException {
    Thumbnails thumbnails = MAKER.of(grey(50, 50), map(4, 0.1f), Optional.empty());
    assertEquals(128, red(read(thumbnails.heatMap().orElseThrow()), 20, 20), 2);
    Thumbnails alarming = MAKER.of(grey(50, 50), map(4, 0.5f), Optional.empty());
    assertTrue(red(read(alarming.heatMap().orElseThrow()), 20, 20) > 150);
  }

  @Test
  void thereIsNoBinaryMapWithoutAThresholdAndNoTruthWithoutAMask() {
    Thumbnails thumbnails =
        new ThumbnailMaker(SCALE, OptionalDouble.empty())
            .of(grey(50, 50), map(4, 0.1f), Optional.empty());
    assertTrue(thumbnails.binaryMap().isEmpty());
    assertTrue(thumbnails.groundTruth().isEmpty());
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> MAKER.of(grey(50, 50), map(4, 0.1f), Optional.of(new byte[15])));
  }

  @Test
  void theLegendGoesFromGreyToFullColour() throws IOException {
    BufferedImage legend = read(MAKER.legend());
    assertEquals(128, red(legend, 0, 5), 3);
    int last = legend.getRGB(159, 5);
    assertTrue((last >> 16 & 255) > (last >> 8 & 255) + 60, Integer.toHexString(last));
  }

  private static RgbImage grey(int width, int height) {
    byte[] samples = new byte[3 * width * height];
    Arrays.fill(samples, (byte) 128);
    return RgbImage.of(width, height, samples);
  }

  private static ScoreMap map(int side, float value) {
    float[] values = new float[side * side];
    Arrays.fill(values, value);
    return ScoreMap.of(side, values);
  }

  private static BufferedImage read(Thumbnail thumbnail) throws IOException {
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(thumbnail.bytes()));
    assertEquals(thumbnail.width(), image.getWidth());
    assertEquals(thumbnail.height(), image.getHeight());
    return image;
  }

  private static int red(BufferedImage image, int x, int y) {
    return image.getRGB(x, y) >> 16 & 255;
  }
}
