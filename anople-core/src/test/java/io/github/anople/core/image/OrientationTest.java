package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.image.TestFiles.Tiff;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OrientationTest {

  private static final ImageReader READER = new ImageReader();
  private static final ImageReader AS_STORED =
      new ImageReader(ImageReader.Options.defaults().withHonourOrientation(false));

  /** Stored rows 1 2 3 and 4 5 6; rows as they are to be shown, divided by a slash. */
  @ParameterizedTest
  @CsvSource({
    "1, 123/456", "2, 321/654", "3, 654/321", "4, 456/123",
    "5, 14/25/36", "6, 41/52/63", "7, 63/52/41", "8, 36/25/14"
  })
  void eachValuePlacesEveryPixel(int value, String shown) {
    RgbImage stored = TestImages.grey(3, 2, (x, y) -> 1 + x + 3 * y);
    RgbImage turned = Orientation.of(value).apply(stored);
    StringBuilder rows = new StringBuilder();
    for (int y = 0; y < turned.height(); y++) {
      rows.append(y == 0 ? "" : "/");
      for (int x = 0; x < turned.width(); x++) {
        rows.append(turned.red(x, y));
      }
    }
    assertEquals(shown, rows.toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 65535})
  void everyFormatThatCarriesOrientationIsTurnedUnlessAskedNotTo(int value) {
    Orientation orientation = Orientation.of(value);
    byte[] block = TestFiles.exif(value);
    byte[] prefixed = TestFiles.join(TestFiles.ascii("Exif\0\0"), block);
    RgbImage pattern = TestImages.pattern();

    byte[] png = TestImages.write(TestImages.rgb(pattern), "png");
    byte[] chunk = TestFiles.pngChunk("eXIf", block);
    assertTurned(orientation, TestFiles.insert(png, TestFiles.AFTER_IHDR, chunk));

    byte[] jpeg = TestImages.jpeg(pattern, 0.9f);
    assertTurned(orientation, TestFiles.insert(jpeg, 2, TestFiles.jpegSegment(0xe1, prefixed)));

    byte[] webp = TestImages.resource("pattern-lossless.webp");
    byte[] stream = Arrays.copyOfRange(webp, 12, webp.length);
    byte[] canvas = TestFiles.webpCanvas(8, pattern.width(), pattern.height());
    for (byte[] exif : new byte[][] {block, prefixed}) {
      assertTurned(orientation, TestFiles.webp(canvas, stream, TestFiles.webpChunk("EXIF", exif)));
    }

    Tiff tiff = new Tiff(ByteOrder.LITTLE_ENDIAN).size(24, 16).put(262, 2).put(277, 3);
    byte[] samples = pattern.pixels();
    assertTurned(
        orientation, tiff.put(258, 8, 8, 8).put(0x112, value).file(samples, samples.length));
  }

  private static void assertTurned(Orientation orientation, byte[] file) {
    RgbImage stored = AS_STORED.read(file, "test");
    assertEquals(TestImages.WIDTH, stored.width());
    assertEquals(orientation.apply(stored), READER.read(file, "test"));
  }

  @Test
  void brokenBlocksSayNothing() {
    byte[] block = TestFiles.exif(6);
    assertEquals(Optional.of(Orientation.CLOCKWISE), Orientation.ofExif(ByteBuffer.wrap(block)));
    for (int length = 0; length < 20; length++) {
      assertEquals(Optional.empty(), Orientation.ofExif(ByteBuffer.wrap(block, 0, length)));
    }
    byte[] otherType = block.clone();
    otherType[13] = 12; // a double, whose eight bytes are not there
    assertEquals(Optional.empty(), Orientation.ofExif(ByteBuffer.wrap(otherType)));
  }
}
