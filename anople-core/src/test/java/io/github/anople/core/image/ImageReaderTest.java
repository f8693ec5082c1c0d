package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.image.TestFiles.Tiff;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ImageReaderTest {

  private static final ImageReader READER = new ImageReader();

  @TempDir Path folder;

  /** The same picture in every format, and in the kinds of TIFF that are decoded differently. */
  static Map<String, byte[]> everyFormat() {
    RgbImage pattern = TestImages.pattern();
    return Map.ofEntries(
        Map.entry("a.png", TestImages.write(TestImages.rgb(pattern), "png")),
        Map.entry("a.jpg", TestImages.jpeg(pattern, 0.9f)),
        Map.entry("a.bmp", TestImages.write(TestImages.rgb(pattern), "bmp")),
        Map.entry("none.tif", TestImages.tiff(TestImages.rgb(pattern), "None")),
        Map.entry("lzw.tif", TestImages.tiff(TestImages.rgb(pattern), "LZW")),
        Map.entry("zlib.tif", TestImages.tiff(TestImages.rgb(pattern), "ZLib")),
        Map.entry("packbits.tif", TestImages.tiff(TestImages.rgb(pattern), "PackBits")),
        Map.entry("lossless.webp", TestImages.resource("pattern-lossless.webp")),
        Map.entry("lossy.webp", TestImages.resource("pattern-lossy.webp")));
  }

  private String fault(String name, byte[] content) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, content);
    return fault(READER, file);
  }

  private static String fault(ImageReader reader, Path file) {
    String message = assertThrows(InputException.class, () -> reader.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertTrue(message.contains("; "), "a remedy in: " + message);
    assertFalse(message.contains("\n"), message);
    return message;
  }

  @Test
  void imagesAreToldApartByTheirContentNotTheirName() throws IOException {
    for (Map.Entry<String, byte[]> entry : everyFormat().entrySet()) {
      Path file = folder.resolve("picture.data");
      Files.write(file, entry.getValue());
      RgbImage image = READER.read(file);
      assertEquals(TestImages.WIDTH, image.width(), entry.getKey());
      assertEquals(image, READER.read(entry.getValue(), entry.getKey()));
    }
  }

  @Test
  void missingFilesFoldersAndEmptyFilesAreNamed() throws IOException {
    assertTrue(fault(READER, folder.resolve("missing.png")).contains("no such file"));
    assertTrue(fault(READER, folder).contains("folder"));
    assertTrue(fault("empty.png", new byte[0]).contains("0 bytes"));
  }

  @Test
  void filesThatAreNoImagesAreNamedWithTheirBeginning() throws IOException {
    String message = fault("notes.png", TestFiles.ascii("hello\nworld"));
    assertTrue(message.contains("begins with \"hello?wo\""), message);
    assertTrue(fault("a.gif", TestFiles.ascii("GIF89a......")).contains("is a GIF picture"));
    byte[] phone = TestFiles.join(TestFiles.big(24), TestFiles.ascii("ftypheic0000mif1heic"));
    assertTrue(fault("a.jpg", phone).contains("is a HEIC picture"));
    assertTrue(fault("BMW.bmp", TestFiles.ascii("BMW is a maker of cars.....")).contains("BMP"));
    for (byte single : new byte[] {'B', 'I', 'M', 'R', (byte) 0x89, (byte) 0xff}) {
      fault("one.png", new byte[] {single});
    }
  }

  @Test
  void aFileCutShortAnywhereIsRefusedAndNeverHalfRead() {
    for (Map.Entry<String, byte[]> entry : everyFormat().entrySet()) {
      byte[] whole = entry.getValue();
      RgbImage image = READER.read(whole, entry.getKey());
      for (int length = 1; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        try {
          // The last bytes of a TIFF may be padding, those of a PNG are its end chunk: then the
          // picture must be whole.
          assertEquals(image, READER.read(cut, "cut"), entry.getKey() + " at " + length);
          assertTrue(length >= whole.length - 12, entry.getKey() + " was read at " + length);
        } catch (InputException e) {
          assertTrue(e.getMessage().startsWith("cut: "), e.getMessage());
        }
      }
    }
  }

  @Test
  void hugeClaimsAreRefusedFromTheHeader() throws IOException {
    Map<String, byte[]> claims =
        Map.of(
            "a.png", TestFiles.pngClaiming(100_000, 100_000, 8, 2),
            "rle.bmp", TestFiles.bmp(100_000, 100_000, 8, 1, new byte[1024], new byte[9]),
            "a.jpg", jpegClaiming(65_535),
            "a.webp", losslessClaiming(16_384),
            "a.tif",
                new Tiff(ByteOrder.LITTLE_ENDIAN)
                    .size(100_000, 100_000)
                    .put(262, 1)
                    .put(258, 8)
                    .put(259, 5)
                    .file(new byte[100], 100));
    for (Map.Entry<String, byte[]> claim : claims.entrySet()) {
      String message = fault(claim.getKey(), claim.getValue());
      assertTrue(message.contains("at most 200000000 are accepted"), message);
    }
  }

  @Test
  void anUncompressedBitmapIsGivenAwayByTheLengthOfItsFile() throws IOException {
    byte[] file = TestFiles.bmp(100_000, 100_000, 24, 0, new byte[0], new byte[60]);
    assertTrue(fault("a.bmp", file).contains("need 30000000000 bytes"));
  }

  private static byte[] jpegClaiming(int side) {
    byte[] file = TestImages.jpeg(TestImages.pattern(), 0.9f);
    int frame = JpegImageTest.marker(file, 0xc0);
    byte[] sides = TestFiles.bytes(side >> 8, side, side >> 8, side);
    System.arraycopy(sides, 0, file, frame + 5, 4);
    return file;
  }

  private static byte[] losslessClaiming(int side) {
    int bits = side - 1 | (side - 1) << 14;
    byte[] stream = TestFiles.join(TestFiles.bytes(0x2f), TestFiles.little(bits), new byte[20]);
    return TestFiles.webp(TestFiles.webpChunk("VP8L", stream));
  }

  @Test
  void claimsOfNoPixelsAreRefused() throws IOException {
    for (int[] sides : new int[][] {{0, 5}, {5, 0}, {-5, 5}, {Integer.MIN_VALUE, 1}}) {
      assertTrue(
          fault("a.png", TestFiles.pngClaiming(sides[0], sides[1], 8, 2)).contains("claims"));
      fault("a.bmp", TestFiles.bmp(sides[0], sides[1], 24, 0, new byte[0], new byte[64]));
    }
  }

  @Test
  void anImageThatTheHeapCannotHoldIsRefusedBeforeItIsDecoded() {
    long heap = Runtime.getRuntime().maxMemory();
    Assumptions.assumeTrue(
        heap < 4_000_000_000L, "this test needs a heap smaller than the largest picture");
    ImageReader generous =
        new ImageReader(ImageReader.Options.defaults().withMaxPixels(700_000_000));
    byte[] file = TestFiles.pngClaiming(26_000, 26_000, 8, 6);
    String message =
        assertThrows(InputException.class, () -> generous.read(file, "big.png")).getMessage();
    assertTrue(message.contains("-Xmx"), message);
  }

  @Test
  void limitsAreSettings() throws IOException {
    Path file = folder.resolve("a.png");
    Files.write(file, everyFormat().get("a.png"));
    int pixels = TestImages.WIDTH * TestImages.HEIGHT;
    ImageReader.Options options = ImageReader.Options.defaults();
    assertEquals(TestImages.pattern(), new ImageReader(options.withMaxPixels(pixels)).read(file));
    String message = fault(new ImageReader(options.withMaxPixels(pixels - 1)), file);
    assertTrue(message.contains("24 x 16") && message.contains("raise the limit"), message);
    ImageReader few = new ImageReader(new ImageReader.Options(pixels, 50, true));
    assertTrue(fault(few, file).contains("at most 50"));
    assertThrows(InputException.class, () -> options.withMaxPixels(0));
    assertThrows(InputException.class, () -> options.withMaxPixels(Long.MAX_VALUE));
    assertThrows(InputException.class, () -> new ImageReader.Options(1, 0, true));
  }

  @Test
  void oneReaderServesManyThreads() {
    Map<String, byte[]> files = everyFormat();
    List<String> names = List.copyOf(files.keySet());
    List<RgbImage> expected =
        names.stream().map(name -> READER.read(files.get(name), name)).toList();
    IntStream.range(0, 200)
        .parallel()
        .map(i -> i % names.size())
        .forEach(
            i -> assertEquals(expected.get(i), READER.read(files.get(names.get(i)), names.get(i))));
  }

  @Test
  void aClassLoaderWithoutPlugInsMakesNoDifference() throws Exception {
    Map<String, byte[]> files = everyFormat();
    RgbImage[] image = new RgbImage[1];
    Thread bare = new Thread(() -> image[0] = READER.read(files.get("lzw.tif"), "lzw.tif"));
    bare.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    bare.start();
    bare.join();
    assertEquals(TestImages.pattern(), image[0]);
  }
}
