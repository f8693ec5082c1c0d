package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.image.PictureNote.Kind;
import io.github.anople.core.image.TestFiles.Tiff;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of cameras and of picture libraries reported, each as a kind. */
class FieldCasesTest {

  private static final ImageReader READER = new ImageReader();

  @TempDir Path folder;

  private static NotedImage read(byte[] file) {
    return READER.readNoted(file, "picture");
  }

  private static List<Kind> kinds(byte[] file) {
    return read(file).notes().stream().map(PictureNote::kind).toList();
  }

  private static InputException fault(byte[] file) {
    return assertThrows(InputException.class, () -> READER.read(file, "picture"));
  }

  // Bits in the low end of 16.

  private static byte[] twelveLow() {
    return Drawing.of(1, 12).mapped(sample -> sample, 16).png(0);
  }

  private static ImageReader withDepth(int bits) {
    return new ImageReader(ImageReader.Options.defaults().withBitDepth(OptionalInt.of(bits)));
  }

  @Test
  void twelveLowBitsAreNotedAndRightWhereSomebodySaysSo() {
    RgbImage drawn = Drawing.of(1, 12).picture();
    NotedImage dark = read(twelveLow());
    assertNotEquals(drawn, dark.image());
    assertEquals(
        List.of(
            new PictureNote(
                Kind.BIT_DEPTH,
                "has 16-bit samples of which the largest, 4095, fits in 12 bits: read as 16 bits,"
                    + " it is dark")),
        dark.notes());
    NotedImage told = withDepth(12).readNoted(twelveLow(), "picture");
    assertEquals(drawn, told.image());
    assertEquals(List.of(), told.notes());
  }

  @Test
  void aSampleThatTheDepthDoesNotHoldIsRefusedAndSaysWhatItIsAbout() {
    InputException fault =
        assertThrows(InputException.class, () -> withDepth(10).read(twelveLow(), "picture"));
    assertTrue(fault.problem().contains("4095, which 10 bits do not hold"), fault.problem());
    assertEquals(Optional.of(InputException.Topic.BIT_DEPTH), fault.topic());
  }

  @Test
  void aDepthChangesNothingOfEightBitsNorOfDepthsThatTheFileStores() {
    Drawing eight = Drawing.of(3, 8);
    assertEquals(eight.picture(), withDepth(12).read(eight.png(2), "picture"));
    assertThrows(InputException.class, () -> withDepth(7));
    assertThrows(InputException.class, () -> withDepth(17));
  }

  @Test
  void aBlackPictureAndAMaskOfSixteenBitsAreNotCalledDark() throws IOException {
    assertEquals(List.of(), kinds(Drawing.of(1, 16).mapped(sample -> 0, 16).png(0)));
    byte[] mask = Drawing.of(1, 16).mapped(sample -> sample & 1, 16).png(0);
    Path file = Files.write(folder.resolve("mask.png"), mask);
    RgbImage marks = withDepth(8).readMarks(file);
    assertEquals(1, marks.red(Drawing.WIDTH - 1, Drawing.HEIGHT - 1));
  }

  @Test
  void aCamerasFrameInMemoryMayHaveItsDepthToo() {
    Drawing low = Drawing.of(1, 12);
    BufferedImage frame =
        new BufferedImage(low.width(), low.height(), BufferedImage.TYPE_USHORT_GRAY);
    frame.getRaster().setSamples(0, 0, low.width(), low.height(), 0, low.samples());
    assertEquals(low.picture(), RgbImage.of(frame, 12));
    assertThrows(IllegalArgumentException.class, () -> RgbImage.of(frame, 10));
    assertThrows(IllegalArgumentException.class, () -> RgbImage.of(frame, 17));
  }

  // Bitmaps' headers.

  @Test
  void masksOfABitmapMustShareOutItsBits() {
    Drawing rgba = Drawing.of(4, 8);
    int[][] bad = {{0xff0000, 0xff00, 0}, {0xff0000, 0xff0000, 0xff}, {0xf0f000, 0x0f00, 0xff}};
    for (int[] masks : bad) {
      int[] fields = {3, Drawing.HEIGHT, 0, masks[0], masks[1], masks[2], 0};
      byte[] file = DrawnFiles.bmp(108, rgba, 32, fields, new byte[0], -1);
      assertTrue(fault(file).problem().contains("masks"), fault(file).getMessage());
    }
  }

  @Test
  void theFillingBehindABitmapsLastRowMayBeMissing() {
    Drawing rgb = Drawing.of(3, 8);
    byte[] file = DrawnFiles.bmp(40, rgb, 24, new int[] {0, Drawing.HEIGHT, 0}, new byte[0], -1);
    NotedImage read = read(Arrays.copyOf(file, file.length - 1));
    assertEquals(rgb.picture(), read.image());
    assertEquals("lacks the filling behind its last row", read.notes().get(0).words());
  }

  @Test
  void aBitmapThatLacksRowsStaysRefusedWhereverItsPixelsBegin() {
    Drawing rgb = Drawing.of(3, 8);
    int[] fields = {0, Drawing.HEIGHT, 0};
    for (int offset : new int[] {-1, 0}) {
      byte[] file = DrawnFiles.bmp(40, rgb, 24, fields, new byte[0], offset);
      byte[] cut = Arrays.copyOf(file, file.length - 2);
      assertTrue(fault(cut).remedy().contains("incomplete"), fault(cut).getMessage());
    }
    byte[] inside = DrawnFiles.bmp(40, rgb, 24, fields, new byte[0], 20);
    assertTrue(fault(inside).problem().contains("within its header"), fault(inside).getMessage());
  }

  // Alpha, pages and bands of TIFFs.

  private static Tiff tiff(Drawing drawing, int photometric) {
    int[] depths = new int[drawing.bands()];
    Arrays.fill(depths, drawing.bits());
    return new Tiff(ByteOrder.BIG_ENDIAN)
        .size(drawing.width(), drawing.height())
        .put(258, depths)
        .put(262, photometric)
        .put(277, drawing.bands());
  }

  private static byte[] file(Tiff tiff, Drawing drawing) {
    byte[] data = drawing.packed();
    return tiff.file(data, data.length);
  }

  @ParameterizedTest
  @ValueSource(ints = {8, 16})
  void coloursThatWereMultipliedWithAlphaAreDividedByIt(int bits) {
    for (int bands : new int[] {2, 4}) {
      Drawing drawing = Drawing.of(bands, bits);
      int top = (1 << bits) - 1;
      int[] multiplied = drawing.samples().clone();
      for (int i = 0; i < multiplied.length; i++) {
        int alpha = i % bands == bands - 1 ? top : drawing.samples()[i / bands * bands + bands - 1];
        multiplied[i] = (int) ((long) multiplied[i] * alpha / top);
      }
      Drawing stored = new Drawing(drawing.width(), drawing.height(), bands, bits, multiplied);
      RgbImage image = read(file(tiff(stored, bands == 2 ? 1 : 2).put(338, 1), stored)).image();
      for (int y = 0; y < Drawing.HEIGHT; y++) {
        for (int x = 0; x < Drawing.WIDTH; x++) {
          int alpha = stored.level(x, y, bands - 1);
          int level = stored.level(x, y, 0);
          int expected = alpha == 0 ? 0 : Math.min(255, level * 255 / alpha);
          assertEquals(expected, image.red(x, y), x + " " + y);
          if (alpha > 127) {
            assertEquals(drawing.level(x, y, 0), image.red(x, y), 4, "near what was drawn");
          }
        }
      }
    }
  }

  @Test
  void alphaThatColoursWereMultipliedWithMayLieBehindAnotherBand() {
    Drawing drawing = Drawing.of(5, 8);
    NotedImage read = read(file(tiff(drawing, 2).put(338, 0, 1), drawing));
    for (int x = 0; x < Drawing.WIDTH; x++) {
      int alpha = drawing.level(x, 1, 4);
      int expected = alpha == 0 ? 0 : Math.min(255, drawing.level(x, 1, 0) * 255 / alpha);
      assertEquals(expected, read.image().red(x, 1), "column " + x);
    }
    assertTrue(read.notes().get(0).words().contains("1 further band "), read.notes().toString());
  }

  @Test
  void aPngWithoutItsEndChunkIsReadWhereAllRowsAreThere() {
    Drawing drawing = Drawing.of(3, 8);
    byte[] file = drawing.png(2);
    byte[] bare = Arrays.copyOf(file, file.length - 12);
    for (byte[] rest :
        List.of(
            new byte[0],
            new byte[4096],
            Arrays.copyOfRange(file, file.length - 12, file.length - 3),
            TestFiles.bytes(0, 0, 0, 0, 'I', 'E', 'N', 'D', 0, 0, 0, 0))) {
      byte[] odd = TestFiles.join(bare, rest);
      assertEquals(drawing.picture(), read(odd).image());
      assertEquals(List.of(Kind.REPAIRED), kinds(odd));
    }
    byte[] header = Arrays.copyOf(file, 33);
    byte[] pixels = Arrays.copyOfRange(file, 41, file.length - 16);
    byte[] half = TestFiles.pngChunk("IDAT", Arrays.copyOf(pixels, pixels.length / 2));
    for (int filling : new int[] {0, 4096}) {
      InputException fault = fault(TestFiles.join(header, half, new byte[filling]));
      assertTrue(fault.problem().contains("not all there"), fault.problem());
    }
  }

  @Test
  void whatLiesInThePlaceOfAPictureIsToldForWhatItIs() {
    String pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n";
    assertEquals("run 'git lfs pull' in its folder, or download the file", remedy(pointer));
    assertTrue(remedy("<!DOCTYPE html><title>404</title>").contains("not of the page"));
    for (String start : new String[] {"<svg ", "<?xml version=\"1.0\"?>\n<!-- a -->\n<svg "}) {
      assertEquals("is an SVG drawing, which is not read", fault(TestFiles.ascii(start)).problem());
    }
  }

  private static String remedy(String text) {
    return fault(TestFiles.ascii(text)).remedy();
  }

  /** The directory of a second page behind a file. */
  private static byte[] withSecondPage(byte[] file, int subfileType) {
    int tags = file[9];
    byte[] whole = TestFiles.join(file, new byte[2 + 12 + 4]);
    ByteBuffer out = ByteBuffer.wrap(whole);
    out.putInt(10 + 12 * tags, file.length);
    out.position(file.length).putShort((short) 1).putShort((short) 254).putShort((short) 4);
    out.putInt(1).putInt(subfileType).putInt(file.length);
    return whole;
  }

  @Test
  void furtherPagesAreNotedButNotSmallerViewsOrMasksNorALoop() {
    Drawing grey = Drawing.of(1, 8);
    byte[] file = file(tiff(grey, 1), grey);
    NotedImage two = read(withSecondPage(file, 0));
    assertEquals(grey.picture(), two.image());
    assertEquals("has 2 pages, of which the first alone was read", two.notes().get(0).words());
    for (int noPage : new int[] {1, 4, 5}) {
      assertEquals(List.of(), kinds(withSecondPage(file, noPage)));
    }
  }

  @Test
  void framesOfAnAnimationAreNoted() {
    byte[] png = Drawing.of(3, 8).png(2);
    byte[] frames = TestFiles.pngChunk("acTL", TestFiles.join(TestFiles.big(7), new byte[4]));
    assertEquals(
        List.of(Kind.FURTHER_PAGES), kinds(TestFiles.insert(png, TestFiles.AFTER_IHDR, frames)));
  }

  @Test
  void manyBandsWithoutColoursAreRefusedByName() {
    for (int bands = 3; bands < 8; bands++) {
      Drawing drawing = Drawing.of(bands, 8);
      String expected = "with " + bands + " bands that are neither grey nor red, green and blue";
      assertTrue(fault(file(tiff(drawing, 1), drawing)).problem().contains(expected));
      Tiff explained = tiff(drawing, 1).put(338, new int[bands - 1]);
      assertTrue(fault(file(explained, drawing)).problem().contains(expected));
    }
  }

  @Test
  void aPaletteMayHaveAlphaAndOtherInksThanCmykAreRefused() {
    Drawing indices = Drawing.of(2, 4).mapped(sample -> sample, 8);
    int[] palette = DrawnFiles.palette(256);
    int[] map = new int[768];
    Arrays.setAll(map, i -> 257 * (palette[i % 256] >> (16 - 8 * (i / 256)) & 255));
    assertEquals(
        indices.picture(palette),
        read(file(tiff(indices, 3).put(320, map).put(338, 2), indices)).image());
    Drawing inks = Drawing.of(4, 8);
    assertEquals(List.of(), kinds(file(tiff(inks, 5).put(332, 1), inks)));
    assertTrue(fault(file(tiff(inks, 5).put(332, 2), inks)).problem().contains("other inks"));
  }
}
