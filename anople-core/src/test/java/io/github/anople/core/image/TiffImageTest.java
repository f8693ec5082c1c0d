package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.image.TestFiles.Tiff;
import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TiffImageTest {

  private static final int COMPRESSION = 259;
  private static final int PHOTOMETRIC = 262;

  private static RgbImage read(byte[] file) {
    return new ImageReader().read(file, "test.tif");
  }

  private static String fault(byte[] file) {
    return assertThrows(InputException.class, () -> read(file)).getMessage();
  }

  /** Tags of a picture, uncompressed and in one strip. */
  private static Tiff tiff(int width, int height, int photometric, int samples, int bits) {
    int[] depths = new int[samples];
    Arrays.fill(depths, bits);
    return new Tiff(ByteOrder.LITTLE_ENDIAN)
        .size(width, height)
        .put(PHOTOMETRIC, photometric)
        .put(277, samples)
        .put(258, depths);
  }

  @ParameterizedTest
  @ValueSource(strings = {"None", "LZW", "ZLib", "Deflate", "PackBits"})
  void colourGreyAndBlackAndWhiteAreReadAsTheyAre(String compression) {
    RgbImage pattern = TestImages.pattern();
    assertEquals(pattern, read(TestImages.tiff(TestImages.rgb(pattern), compression)));
    BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    BufferedImage bits = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_BINARY);
    for (int x = 0; x < 256; x++) {
      grey.getRaster().setSample(x, 0, 0, x);
      bits.getRaster().setSample(x, 0, 0, x % 3 == 0 ? 1 : 0);
    }
    assertEquals(TestImages.grey(256, 1, (x, y) -> x), read(TestImages.tiff(grey, compression)));
    assertEquals(
        TestImages.grey(256, 1, (x, y) -> x % 3 == 0 ? 255 : 0),
        read(TestImages.tiff(bits, compression)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"CCITT RLE", "CCITT T.4", "CCITT T.6"})
  void faxCompressionsAreRead(String compression) {
    BufferedImage bits = new BufferedImage(64, 5, BufferedImage.TYPE_BYTE_BINARY);
    for (int i = 0; i < 320; i++) {
      bits.getRaster().setSample(i % 64, i / 64, 0, i % 7 < 3 ? 1 : 0);
    }
    assertEquals(
        TestImages.grey(64, 5, (x, y) -> (64 * y + x) % 7 < 3 ? 255 : 0),
        read(TestImages.tiff(bits, compression)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void greyOfEveryDepthIsStretchedAndWhiteMayBeZero(int bits) {
    int levels = Math.min(16, 1 << bits);
    int top = (1 << bits) - 1;
    byte[] row = new byte[levels * bits / 8 + 1];
    for (int x = 0; x < levels; x++) {
      int level = x * top / (levels - 1);
      row[x * bits / 8] |= (byte) (level << (8 - bits - x * bits % 8));
    }
    int length = (levels * bits + 7) / 8;
    for (int white : new int[] {0, 1}) {
      byte[] file = tiff(levels, 1, white, 1, bits).file(Arrays.copyOf(row, length), length);
      assertEquals(
          TestImages.grey(
              levels,
              1,
              (x, y) -> {
                int level = 255 * (x * top / (levels - 1)) / top;
                return white == 0 ? 255 - level : level;
              }),
          read(file));
    }
  }

  @Test
  void sixteenBitsKeepTheirHighByteInEitherByteOrder() {
    byte[] big = TestFiles.bytes(1, 200, 128, 3, 255, 254);
    byte[] little = TestFiles.bytes(200, 1, 3, 128, 254, 255);
    RgbImage expected = RgbImage.of(1, 1, TestFiles.bytes(1, 128, 255));
    assertEquals(expected, read(tiff(1, 1, 2, 3, 16).file(little, 6)));
    Tiff motorola =
        new Tiff(ByteOrder.BIG_ENDIAN)
            .size(1, 1)
            .put(PHOTOMETRIC, 2)
            .put(277, 3)
            .put(258, 16, 16, 16);
    assertEquals(expected, read(motorola.file(big, 6)));
  }

  @Test
  void palettesAreLookedUp() {
    int[] map = new int[3 * 16];
    for (int i = 0; i < 16; i++) {
      map[i] = 257 * (15 * i);
      map[16 + i] = 257 * (255 - i);
      map[32 + i] = 257 * 7;
    }
    byte[] file = tiff(2, 1, 3, 1, 4).put(320, map).file(TestFiles.bytes(0x3c), 1);
    assertEquals(RgbImage.of(2, 1, TestFiles.bytes(45, 252, 7, 180, 243, 7)), read(file));
  }

  @Test
  void extraSamplesThatChangeNoColourAreDropped() {
    byte[] pixels = TestFiles.bytes(10, 20, 30, 40, 50, 60, 70, 0);
    RgbImage expected = RgbImage.of(2, 1, TestFiles.bytes(10, 20, 30, 50, 60, 70));
    for (int meaning : new int[] {0, 2}) {
      assertEquals(expected, read(tiff(2, 1, 2, 4, 8).put(338, meaning).file(pixels, 8)));
    }
    byte[] greyAndAlpha = tiff(2, 1, 1, 2, 8).put(338, 2).file(TestFiles.bytes(9, 0, 90, 128), 4);
    assertEquals(TestImages.grey(2, 1, (x, y) -> x == 0 ? 9 : 90), read(greyAndAlpha));
  }

  @Test
  void inksAreTurnedIntoLight() {
    // Cyan 51 (a fifth), magenta none, yellow full, black 127 (half).
    byte[] file = tiff(1, 1, 5, 4, 8).file(TestFiles.bytes(51, 0, 255, 127), 4);
    assertEquals(RgbImage.of(1, 1, TestFiles.bytes(102, 128, 0)), read(file));
  }

  @Test
  void planesStripsAndTilesArePutTogether() {
    RgbImage image = TestImages.pattern();
    byte[] pixels = image.pixels();
    int width = image.width();
    int height = image.height();
    int row = 3 * width;
    // Strips of 6, 6 and 4 rows: the last is shorter, as writers write it.
    byte[] strips =
        tiff(width, height, 2, 3, 8).put(278, 6).file(pixels, 6 * row, 6 * row, 4 * row);
    assertEquals(image, read(strips));
    byte[] planes = new byte[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      planes[i % 3 * width * height + i / 3] = pixels[i];
    }
    int plane = width * height;
    assertEquals(
        image, read(tiff(width, height, 2, 3, 8).put(284, 2).file(planes, plane, plane, plane)));
    byte[] tiles = new byte[2 * 3 * 16 * 16];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % row;
      tiles[x / 48 * 768 + i / row * 48 + x % 48] = pixels[i];
    }
    assertEquals(
        image, read(tiff(width, height, 2, 3, 8).put(322, 16).put(323, 16).file(tiles, 768, 768)));
  }

  @Test
  void jpegStripsWithTablesOfTheirOwnAreDecoded() {
    RgbImage image = TestImages.pattern();
    byte[] jpeg = TestImages.jpeg(image, 0.95f);
    Tiff whole = tiff(image.width(), image.height(), 6, 3, 8).put(COMPRESSION, 7);
    RgbImage expected = new ImageReader().read(jpeg, "test.jpg");
    assertEquals(expected, read(whole.file(jpeg, jpeg.length)));
    // All tables of the writer lie between the first one and the frame, or the frame and the scan.
    int tables = JpegImageTest.marker(jpeg, 0xdb);
    int frame = JpegImageTest.marker(jpeg, 0xc0);
    int huffman = JpegImageTest.marker(jpeg, 0xc4);
    int scan = JpegImageTest.marker(jpeg, 0xda);
    byte[] start = TestFiles.bytes(0xff, 0xd8);
    byte[] shared =
        TestFiles.join(
            start,
            Arrays.copyOfRange(jpeg, tables, frame),
            Arrays.copyOfRange(jpeg, huffman, scan),
            TestFiles.bytes(0xff, 0xd9));
    byte[] strip =
        TestFiles.join(
            start,
            Arrays.copyOfRange(jpeg, frame, huffman),
            Arrays.copyOfRange(jpeg, scan, jpeg.length));
    int[] unsigned = new int[shared.length];
    Arrays.setAll(unsigned, i -> shared[i] & 0xff);
    assertEquals(expected, read(whole.put(347, unsigned).file(strip, strip.length)));
    assertThrows(
        InputException.class,
        () -> read(tiff(24, 16, 6, 3, 8).put(COMPRESSION, 7).file(strip, strip.length)),
        "without its tables");
  }

  @Test
  void aJpegStripThatClaimsMoreThanItsImageIsRefused() {
    byte[] jpeg = TestImages.jpeg(TestImages.grey(300, 300, (x, y) -> 9), 0.5f);
    byte[] file = tiff(24, 16, 6, 3, 8).put(COMPRESSION, 7).file(jpeg, jpeg.length);
    assertTrue(fault(file).contains("300 x 300"), fault(file));
  }

  @Test
  void onlyTheFirstPageIsRead() {
    byte[] file = tiff(1, 1, 1, 1, 8).file(TestFiles.bytes(77), 1);
    // The offset of the next directory follows the rows: let it point back at the first.
    int next = 8 + 2 + 12 * (file[8] & 0xff);
    file[next] = 8;
    assertEquals(TestImages.grey(1, 1, (x, y) -> 77), read(file));
  }

  @Test
  void kindsThatAreNotReadAreNamed() {
    byte[] pixel = new byte[64];
    assertTrue(fault(tiff(1, 1, 1, 1, 32).file(pixel, 4)).contains("32 bits"));
    assertTrue(fault(tiff(1, 1, 1, 1, 16).put(339, 2).file(pixel, 2)).contains("format 2"));
    assertTrue(fault(tiff(1, 1, 8, 3, 8).file(pixel, 3)).contains("photometric interpretation 8"));
    assertTrue(fault(tiff(1, 1, 2, 3, 8).put(COMPRESSION, 34712).file(pixel, 3)).contains("34712"));
    byte[] large = tiff(1, 1, 1, 1, 8).file(pixel, 1);
    large[2] = 43;
    assertTrue(fault(large).contains("BigTIFF"));
  }

  @Test
  void layoutsThatContradictThemselvesAreRefused() {
    byte[] pixels = new byte[64];
    assertTrue(fault(tiff(4, 4, 1, 1, 8).put(278, 2).file(pixels, 8)).contains("1 TIFF strips"));
    assertTrue(fault(tiff(4, 4, 1, 1, 8).put(278, 0).file(pixels, 16)).contains("without pixels"));
    assertTrue(fault(tiff(4, 4, 1, 1, 8).file(pixels, 15)).contains("needs 16"));
    assertTrue(fault(tiff(4, 4, 1, 1, 8).file(pixels, 65)).contains("said to end"));
    assertTrue(fault(tiff(4, 4, 2, 3, 8).put(258, 8, 8, 4).file(pixels, 48)).contains("differ"));
    byte[] wide = tiff(4, 4, 1, 1, 8).put(322, 65535).put(323, 16).file(pixels, 64);
    assertTrue(fault(wide).contains("needs"), fault(wide));
  }
}
