package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BmpImageTest {

  private static final byte[] NO_PALETTE = {};

  /** Blue, green, red and nothing: black, red, green and white. */
  private static final byte[] FOUR_COLORS =
      TestFiles.bytes(0, 0, 0, 0, 0, 0, 255, 0, 0, 255, 0, 0, 255, 255, 255, 0);

  private static RgbImage read(byte[] file) {
    return new ImageReader().read(file, "test.bmp");
  }

  @Test
  void colourAndGreyImagesOfTheJdksWriterAreReadAsTheyAre() {
    RgbImage pattern = TestImages.pattern();
    assertEquals(pattern, read(TestImages.write(TestImages.rgb(pattern), "bmp")));
    BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 256; x++) {
      grey.getRaster().setSample(x, 0, 0, x);
    }
    assertEquals(TestImages.grey(256, 1, (x, y) -> x), read(TestImages.write(grey, "bmp")));
  }

  @Test
  void palettesOfOneFourAndEightBitsAreLookedUp() {
    RgbImage expected = RgbImage.of(2, 1, TestFiles.bytes(255, 0, 0, 0, 255, 0));
    byte[] palette2 = TestFiles.bytes(0, 0, 255, 0, 0, 255, 0, 0);
    assertEquals(expected, read(TestFiles.bmp(2, 1, 1, 0, palette2, row(0b01_000000, 0))));
    byte[] palette16 = Arrays.copyOf(FOUR_COLORS, 64);
    assertEquals(expected, read(TestFiles.bmp(2, 1, 4, 0, palette16, row(0x12, 0))));
    byte[] palette256 = Arrays.copyOf(FOUR_COLORS, 1024);
    assertEquals(expected, read(TestFiles.bmp(2, 1, 8, 0, palette256, row(1, 2))));
  }

  private static byte[] row(int first, int second) {
    return TestFiles.bytes(first, second, 0, 0);
  }

  @Test
  void runLengthsAreExpanded() {
    byte[] palette = Arrays.copyOf(FOUR_COLORS, 1024);
    byte[] runs = TestFiles.bytes(4, 1, 0, 0, 1, 3, 3, 2, 0, 1);
    // Rows come from the bottom: four red below, then one white and three green above.
    RgbImage image = read(TestFiles.bmp(4, 2, 8, 1, palette, runs));
    assertEquals(255, image.red(0, 1));
    assertEquals(0, image.green(3, 1));
    assertEquals(255, image.blue(0, 0));
    assertEquals(255, image.green(3, 0));
    assertEquals(0, image.red(3, 0));
  }

  @Test
  void rowsFromTheTopAreKeptInOrder() {
    byte[] rows = TestFiles.bytes(1, 2, 3, 0, 4, 5, 6, 0);
    RgbImage expected = RgbImage.of(1, 2, TestFiles.bytes(3, 2, 1, 6, 5, 4));
    assertEquals(expected, read(TestFiles.bmp(1, -2, 24, 0, NO_PALETTE, rows)));
    assertEquals(
        Orientation.FLIPPED.apply(expected), read(TestFiles.bmp(1, 2, 24, 0, NO_PALETTE, rows)));
  }

  @Test
  void fiveBitsAChannelAreStretchedToTheWholeRange() {
    // Red 31, green 16, blue 1.
    int pixel = 31 << 10 | 16 << 5 | 1;
    byte[] file = TestFiles.bmp(1, 1, 16, 0, NO_PALETTE, row(pixel, pixel >> 8));
    assertEquals(RgbImage.of(1, 1, TestFiles.bytes(255, 131, 8)), read(file));
  }

  @Test
  void masksSayWhereTheChannelsAre() {
    byte[] masks =
        TestFiles.join(
            TestFiles.little(0xf800), TestFiles.little(0x07e0), TestFiles.little(0x001f));
    int pixel = 31 << 11 | 63 << 5 | 31;
    byte[] file = TestFiles.bmp(1, 1, 16, 3, masks, row(pixel, pixel >> 8));
    assertEquals(TestImages.grey(1, 1, (x, y) -> 255), read(file));
  }

  @Test
  void theFourthByteOfAPixelIsDropped() {
    byte[] file = TestFiles.bmp(1, 1, 32, 0, NO_PALETTE, TestFiles.bytes(1, 2, 3, 77));
    assertEquals(RgbImage.of(1, 1, TestFiles.bytes(3, 2, 1)), read(file));
  }

  @Test
  void aPixelOutsideThePaletteIsRefused() {
    byte[] file = TestFiles.bmp(2, 1, 8, 0, FOUR_COLORS, row(1, 9));
    InputException fault = assertThrows(InputException.class, () -> read(file));
    assertTrue(fault.getMessage().contains("colour 9 of a palette of 4"), fault.getMessage());
  }

  @Test
  void embeddedJpegAndNonsenseDepthsAreRefused() {
    for (int[] bad : new int[][] {{24, 4}, {32, 5}, {7, 0}, {8, 2}, {24, 1}}) {
      byte[] file = TestFiles.bmp(1, 1, bad[0], bad[1], NO_PALETTE, new byte[64]);
      assertThrows(InputException.class, () -> read(file), bad[0] + " bits, compression " + bad[1]);
    }
  }
}
