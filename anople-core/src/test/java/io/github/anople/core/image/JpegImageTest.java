package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;

class JpegImageTest {

  private static final ImageReader READER = new ImageReader();

  private static RgbImage read(byte[] file) {
    return READER.read(file, "test.jpg");
  }

  @Test
  void theGoldenPhotographIsDecodedAsLibjpegDoes() {
    GoldenPhotograph golden = GoldenPhotograph.find();
    assertClose(
        READER.read(golden.decoded()),
        READER.read(golden.jpeg()),
        GoldenPhotograph.mostLevels(),
        GoldenPhotograph.meanLevels());
  }

  @Test
  void coloursAreThoseOfThePlatformsOwnConversion() throws IOException {
    // The JDK lets libjpeg convert; here the conversion is ours, on the same decoder's samples.
    for (byte[] file :
        new byte[][] {
          Files.readAllBytes(GoldenPhotograph.find().jpeg()),
          TestImages.jpeg(TestImages.pattern(), 0.3f)
        }) {
      RgbImage theirs = RgbImage.of(ImageIO.read(new ByteArrayInputStream(file)));
      assertEquals(theirs, read(file));
    }
  }

  @Test
  void progressiveImagesAreRead() {
    byte[] file =
        TestImages.write(
            "jpeg",
            new IIOImage(TestImages.rgb(TestImages.pattern()), null, null),
            param -> {
              param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
              param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
              param.setCompressionQuality(1);
            });
    assertTrue(hasMarker(file, 0xc2), "the writer is progressive");
    assertClose(TestImages.pattern(), read(file), 40, 6);
  }

  @Test
  void greyIsRepeatedWithoutChangingItsLevels() {
    BufferedImage grey = new BufferedImage(64, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 64 * 8; i++) {
      grey.getRaster().setSample(i % 64, i / 64, 0, 4 * (i % 64));
    }
    RgbImage image = read(TestImages.write(grey, "jpeg"));
    assertClose(TestImages.grey(64, 8, (x, y) -> 4 * x), image, 6, 2);
    for (int x = 0; x < 64; x++) {
      assertEquals(image.red(x, 3), image.blue(x, 3));
    }
  }

  @Test
  void cmykIsReadAsInvertedInks() {
    // Stored 255 means no ink. Inks here: cyan 55, magenta 155, yellow 5, black 35.
    RgbImage image = read(fourBands(200, 100, 250, 220));
    assertNear(image, 220 * 200 / 255.0, 220 * 100 / 255.0, 220 * 250 / 255.0);
  }

  @Test
  void ycckIsReadAsInvertedInks() {
    byte[] adobe = TestFiles.join(TestFiles.ascii("Adobe"), TestFiles.bytes(0, 100, 0, 0, 0, 0, 2));
    byte[] file =
        TestFiles.insert(fourBands(120, 100, 160, 200), 2, TestFiles.jpegSegment(0xee, adobe));
    // Luma 120, chroma -28 and +32 give what libjpeg takes from 255, and the inversion gives inks.
    double red = 120 + 1.402 * 32;
    double green = 120 - 0.34414 * -28 - 0.71414 * 32;
    double blue = 120 + 1.772 * -28;
    double light = 200 / 255.0;
    assertNear(read(file), light * (255 - red), light * (255 - green), light * (255 - blue));
  }

  @Test
  void componentsNamedRgbAreNotConverted() {
    byte[] file = TestImages.jpeg(TestImages.pattern(), 1);
    RgbImage converted = read(file);
    byte[] bare = withoutSegments(file, 0xe0);
    assertEquals(converted, read(bare), "without JFIF, components 1 2 3 are YCbCr");
    RgbImage named = read(renamed(bare, 'R', 'G', 'B'));
    byte[] adobe = TestFiles.join(TestFiles.ascii("Adobe"), TestFiles.bytes(0, 100, 0, 0, 0, 0, 0));
    assertEquals(named, read(TestFiles.insert(bare, 2, TestFiles.jpegSegment(0xee, adobe))));
    // The luma of the lower left corner, where green alone is full, stands in the red band.
    assertEquals(0.587 * 255 + 0.114 * 255 * 15 / 38, named.red(0, 15), 12);
  }

  @Test
  void profilesThumbnailsAndBrokenMetadataDoNotMatter() {
    byte[] file = TestImages.jpeg(TestImages.pattern(), 0.9f);
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();
    byte[] icc = TestFiles.join(TestFiles.ascii("ICC_PROFILE\0"), TestFiles.bytes(1, 1), profile);
    byte[] extra =
        TestFiles.join(
            TestFiles.jpegSegment(0xe2, icc),
            TestFiles.jpegSegment(0xe1, TestFiles.ascii("Exif\0\0broken")),
            TestFiles.jpegSegment(0xe0, TestFiles.ascii("JFXX\0\20\1\2\3")),
            TestFiles.jpegSegment(0xfe, TestFiles.ascii("a comment")));
    assertEquals(read(file), read(TestFiles.insert(file, 2, extra)));
  }

  @Test
  void whatFollowsTheEndIsIgnored() {
    byte[] file = TestImages.jpeg(TestImages.pattern(), 0.9f);
    assertEquals(read(file), read(TestFiles.join(file, TestFiles.ascii("a second picture"))));
  }

  @Test
  void aScanThatStopsEarlyIsRefusedThoughItsEndIsMarked() {
    byte[] file = TestImages.jpeg(TestImages.pattern(), 0.9f);
    byte[] cut = TestFiles.join(Arrays.copyOf(file, file.length - 40), TestFiles.bytes(0xff, 0xd9));
    InputException fault = assertThrows(InputException.class, () -> read(cut));
    assertTrue(fault.getMessage().contains("decoder says"), fault.getMessage());
  }

  @Test
  void losslessAndTwelveBitImagesAreNamedAsSuch() {
    byte[] file = TestImages.jpeg(TestImages.pattern(), 0.9f);
    int frame = marker(file, 0xc0);
    byte[] lossless = file.clone();
    lossless[frame + 1] = (byte) 0xc3;
    byte[] twelve = file.clone();
    twelve[frame + 4] = 12;
    assertTrue(fault(lossless).contains("lossless"), fault(lossless));
    assertTrue(fault(twelve).contains("12 bits"), fault(twelve));
  }

  @Test
  void moreScansThanAnyEncoderWritesAreRefused() {
    byte[] file = TestImages.jpeg(TestImages.pattern(), 0.9f);
    int scan = marker(file, 0xda);
    byte[] scans = Arrays.copyOfRange(file, scan, file.length - 2);
    byte[] many = file;
    for (int i = 0; i < 100; i++) {
      many = TestFiles.insert(many, scan, scans);
    }
    assertTrue(fault(many).contains("scans"), fault(many));
  }

  private static String fault(byte[] file) {
    return assertThrows(InputException.class, () -> read(file)).getMessage();
  }

  /** One colour, written without a word about what the four bands mean. */
  private static byte[] fourBands(int... levels) {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, levels);
    }
    return TestImages.write(
        "jpeg",
        new IIOImage(raster, null, null),
        param -> {
          param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
          param.setCompressionQuality(1);
        });
  }

  private static void assertNear(RgbImage image, double red, double green, double blue) {
    assertEquals(red, image.red(5, 9), 2);
    assertEquals(green, image.green(5, 9), 2);
    assertEquals(blue, image.blue(5, 9), 2);
  }

  static void assertClose(RgbImage expected, RgbImage actual, int most, double mean) {
    byte[] wanted = expected.pixels();
    byte[] given = actual.pixels();
    assertEquals(wanted.length, given.length);
    long sum = 0;
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i] & 0xff, given[i] & 0xff, most, "sample " + i);
      sum += Math.abs((wanted[i] & 0xff) - (given[i] & 0xff));
    }
    assertTrue(sum <= mean * wanted.length, "off by " + (double) sum / wanted.length);
  }

  /** Where the first segment of that kind begins. */
  static int marker(byte[] file, int marker) {
    int at = 2;
    while ((file[at + 1] & 0xff) != marker) {
      at += 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
    }
    return at;
  }

  private static boolean hasMarker(byte[] file, int marker) {
    try {
      return marker(file, marker) > 0;
    } catch (ArrayIndexOutOfBoundsException e) {
      return false;
    }
  }

  private static byte[] withoutSegments(byte[] file, int marker) {
    int at = marker(file, marker);
    int length = 2 + ((file[at + 2] & 0xff) << 8 | (file[at + 3] & 0xff));
    return TestFiles.join(
        Arrays.copyOf(file, at), Arrays.copyOfRange(file, at + length, file.length));
  }

  private static byte[] renamed(byte[] file, int... ids) {
    byte[] renamed = file.clone();
    int frame = marker(file, 0xc0);
    int scan = marker(file, 0xda);
    for (int i = 0; i < ids.length; i++) {
      renamed[frame + 10 + 3 * i] = (byte) ids[i];
      renamed[scan + 5 + 2 * i] = (byte) ids[i];
    }
    return renamed;
  }
}
