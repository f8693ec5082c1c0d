package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The two files were made by cwebp from {@link TestImages#pattern}. */
class WebpImageTest {

  private static final byte[] LOSSLESS = TestImages.resource("pattern-lossless.webp");
  private static final byte[] LOSSY = TestImages.resource("pattern-lossy.webp");
  private static final int ANIMATED = 2;
  private static final int ALPHA = 16;

  private static RgbImage read(byte[] file) {
    return new ImageReader().read(file, "test.webp");
  }

  private static String fault(byte[] file) {
    return assertThrows(InputException.class, () -> read(file)).getMessage();
  }

  /** The one chunk of a simple file. */
  private static byte[] chunk(byte[] file) {
    return Arrays.copyOfRange(file, 12, file.length);
  }

  @Test
  void losslessImagesAreReadAsTheyAre() {
    assertEquals(TestImages.pattern(), read(LOSSLESS));
  }

  @Test
  void lossyImagesAreReadWithinTheirLoss() {
    JpegImageTest.assertClose(TestImages.pattern(), read(LOSSY), 40, 6);
  }

  @Test
  void alphaProfilesAndMetadataAreLeftBehind() {
    byte[] file =
        TestFiles.webp(
            TestFiles.webpCanvas(ALPHA | 32 | 4, TestImages.WIDTH, TestImages.HEIGHT),
            TestFiles.webpChunk("ICCP", TestFiles.ascii("no profile")),
            TestFiles.webpChunk("ALPH", TestFiles.bytes(0, 1, 2)),
            chunk(LOSSY),
            TestFiles.webpChunk("XMP ", TestFiles.ascii("<broken")));
    assertEquals(read(LOSSY), read(file));
  }

  @Test
  void theFirstFrameOfAnAnimationIsRead() {
    byte[] first = frame(TestImages.WIDTH, TestImages.HEIGHT, chunk(LOSSLESS));
    byte[] second = frame(TestImages.WIDTH, TestImages.HEIGHT, chunk(LOSSY));
    byte[] file =
        TestFiles.webp(
            TestFiles.webpCanvas(ANIMATED, TestImages.WIDTH, TestImages.HEIGHT),
            TestFiles.webpChunk("ANIM", new byte[6]),
            first,
            second);
    assertEquals(TestImages.pattern(), read(file));
  }

  @Test
  void aFirstFrameThatCoversOnlyAPartIsRefused() {
    byte[] file =
        TestFiles.webp(
            TestFiles.webpCanvas(ANIMATED, 400, 300),
            frame(TestImages.WIDTH, TestImages.HEIGHT, chunk(LOSSLESS)));
    assertTrue(fault(file).contains("part"), fault(file));
  }

  private static byte[] frame(int width, int height, byte[] chunk) {
    byte[] place = TestFiles.bytes(0, 0, 0, 0, 0, 0, width - 1, 0, 0, height - 1, 0, 0, 0, 0, 0, 0);
    return TestFiles.webpChunk("ANMF", TestFiles.join(place, chunk));
  }

  @Test
  void filesWithoutABitstreamAreRefused() {
    assertTrue(fault(TestFiles.webp()).contains("no picture"));
    assertTrue(fault(TestFiles.webp(TestFiles.webpCanvas(0, 5, 5))).contains("no picture"));
    byte[] nonsense = TestFiles.webpChunk("VP8L", new byte[20]);
    assertTrue(fault(TestFiles.webp(nonsense)).contains("bitstream"));
  }
}
