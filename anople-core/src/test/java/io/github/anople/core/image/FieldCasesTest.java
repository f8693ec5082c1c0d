package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.image.PictureNote.Kind;
import io.github.anople.core.image.TestFiles.Tiff;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What users of cameras and of picture libraries reported, each as a kind. */
class FieldCasesTest {

  private static final ImageReader READER = new ImageReader();

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
  void aBlackPictureAndAMaskOfSixteenBitsAreNotCalledDark() throws java.io.IOException {
    assertEquals(List.of(), kinds(Drawing.of(1, 16).mapped(sample -> 0, 16).png(0)));
    byte[] mask = Drawing.of(1, 16).mapped(sample -> sample & 1, 16).png(0);
    java.nio.file.Path file = java.nio.file.Files.createTempFile("mask", ".png");
    try {
      java.nio.file.Files.write(file, mask);
      RgbImage marks = withDepth(8).readMarks(file);
      assertEquals(1, marks.red(Drawing.WIDTH - 1, Drawing.HEIGHT - 1));
    } finally {
      java.nio.file.Files.delete(file);
    }
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
    int[][] bad = {
      {0xff0000, 0xff00, 0}, {0xff0000, 0xff0000, 0xff}, {0xf0f000, 0x0f00, 0xff}
    };
    for (int[] masks : bad) {
      int[] fields = {3, Drawing.HEIGHT, 0, masks[0], masks[1], masks[2], 0};
      byte[] file = DrawnFiles.bmp(108, rgba, 32, fields, new byte[0], -1);
      assertTrue(fault(file).problem().contains("masks"), fault(file).getMessage());
    }
  }

  @Test
  void aBitmapThatLacksRowsStaysRefusedWhereverItsPixelsBegin() {
    Drawing rgb = Drawing.of(3, 8);
    int[] fields = {0, Drawing.HEIGHT, 0};
    for (int offset : new int[] {-1, 0}) {
      byte[] file = DrawnFiles.bmp(40, rgb, 24, fields, new byte[0], offset);
      byte[] cut = Arrays.copyOf(file, file.length - 1);
      assertTrue(fault(cut).remedy().contains("incomplete"), fault(cut).getMessage());
    }
    byte[] inside = DrawnFiles.bmp(40, rgb, 24, fields, new byte[0], 20);
    assertTrue(fault(inside).problem().contains("within its header"), fault(inside).getMessage());
  }

  // JPEG streams.

  private static byte[] jpeg() {
    return TestImages.jpeg(TestImages.pattern(), 0.9f);
  }

  private static byte[] withoutEnd(byte[] jpeg) {
    return Arrays.copyOf(jpeg, jpeg.length - 2);
  }

  private static void assertRepaired(byte[] sound, byte[] odd) {
    assertEquals(READER.read(sound, "sound"), read(odd).image());
    assertTrue(kinds(odd).contains(Kind.REPAIRED), kinds(odd).toString());
  }

  @Test
  void strayBytesBeforeAnyMarkerAreSkippedAndNoted() {
    byte[] file = jpeg();
    byte[] junk = TestFiles.bytes(0x12, 0x34, 0, 0x56, 0xff, 0, 0x78);
    for (int marker : new int[] {0xe0, 0xdb, 0xc0, 0xc4, 0xda}) {
      int at = JpegImageTest.marker(file, marker);
      assertRepaired(file, TestFiles.insert(file, at, junk));
    }
    for (int length = 8; length < 40; length += 7) {
      assertRepaired(file, TestFiles.insert(file, file.length - 2, new byte[length]));
    }
    // So few are read ahead with the last block, and nobody sees them.
    byte[] two = TestFiles.insert(file, file.length - 2, TestFiles.bytes(0x34, 0x56));
    assertEquals(READER.read(file, "sound"), read(two).image());
  }

  @Test
  void aMissingEndIsNotedWhereAllRowsAreThere() {
    byte[] file = jpeg();
    assertRepaired(file, withoutEnd(file));
    assertRepaired(file, Arrays.copyOf(file, file.length - 1));
    for (int filling : new int[] {0, 0xff, 0x20}) {
      for (int length : new int[] {1, 9, 512, 70_000}) {
        byte[] padding = new byte[length];
        Arrays.fill(padding, (byte) filling);
        assertRepaired(file, TestFiles.join(withoutEnd(file), padding));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 0xff, 0x20})
  void aCopyThatStoppedHalfWayIsRefusedWhateverFillsTheRest(int filling) {
    byte[] file = TestImages.jpeg(TestImages.grey(200, 160, (x, y) -> x * y ^ x), 0.9f);
    for (int kept = file.length / 3; kept < file.length - 40; kept += 97) {
      byte[] half = file.clone();
      Arrays.fill(half, kept, half.length, (byte) filling);
      fault(half);
      fault(Arrays.copyOf(half, kept));
    }
  }

  @Test
  void aProgressivePictureWithoutItsLastScanIsRefused() {
    byte[] file =
        TestImages.write(
            "jpeg",
            new javax.imageio.IIOImage(TestImages.rgb(TestImages.pattern()), null, null),
            param -> param.setProgressiveMode(javax.imageio.ImageWriteParam.MODE_DEFAULT));
    assertRepaired(file, withoutEnd(file));
    int last = 0;
    for (int at = 2; at + 1 < file.length; at++) {
      last = file[at] == (byte) 0xff && file[at + 1] == (byte) 0xda ? at : last;
    }
    assertTrue(fault(Arrays.copyOf(file, last)).problem().contains("lacks scans"));
  }

  @Test
  void furtherPicturesOfAStereoCameraAreNotedAndPreviewsAreNot() {
    byte[] file = jpeg();
    for (int[] type : new int[][] {{0x02_0002, 1}, {0x01_0001, 0}, {0, 0}}) {
      ByteBuffer table = ByteBuffer.allocate(8 + 2 + 12 + 4 + 32);
      table.put(TestFiles.ascii("MM")).putShort((short) 42).putInt(8);
      table.putShort((short) 1).putShort((short) 0xb002).putShort((short) 7);
      table.putInt(32).putInt(26).putInt(0).putInt(0x03_0000).position(42).putInt(type[0]);
      byte[] segment = TestFiles.join(TestFiles.ascii("MPF\0"), table.array());
      byte[] odd = TestFiles.insert(file, 2, TestFiles.jpegSegment(0xe2, segment));
      assertEquals(type[1] == 1 ? List.of(Kind.FURTHER_PAGES) : List.of(), kinds(odd));
    }
  }

  // Orientation.

  private static byte[] xmp(String how) {
    return TestFiles.ascii(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF><rdf:Description " + how + "</rdf:RDF>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tiff:Orientation=\"6\"/>",
        "tiff:Orientation='6'/>",
        "><tiff:Orientation>6</tiff:Orientation></rdf:Description>"
      })
  void anOrientationInXmpTurnsEveryFormat(String how) {
    byte[] packet = xmp(how);
    byte[] inJpeg =
        TestFiles.jpegSegment(
            0xe1, TestFiles.join(TestFiles.ascii("http://ns.adobe.com/xap/1.0/\0"), packet));
    assertTurned(jpeg(), TestFiles.insert(jpeg(), 2, inJpeg));
    byte[] png = Drawing.of(3, 8).png(2);
    byte[] text =
        TestFiles.join(TestFiles.ascii("XML:com.adobe.xmp\0"), new byte[] {0, 0, 0, 0}, packet);
    byte[] inPng = TestFiles.pngChunk("iTXt", text);
    assertTurned(png, TestFiles.insert(png, TestFiles.AFTER_IHDR, inPng));
    byte[] packedText =
        TestFiles.join(
            TestFiles.ascii("XML:com.adobe.xmp\0"),
            new byte[] {1, 0, 0, 0},
            Drawing.deflated(packet));
    byte[] packedInPng = TestFiles.pngChunk("iTXt", packedText);
    assertTurned(png, TestFiles.insert(png, TestFiles.AFTER_IHDR, packedInPng));
  }

  @ParameterizedTest
  @ValueSource(strings = {"Raw profile type exif", "Raw profile type APP1"})
  void anOrientationInTheTextsOfImageMagickTurnsThePicture(String keyword) {
    StringBuilder digits = new StringBuilder("\nexif\n      38\n");
    for (byte b : TestFiles.join(TestFiles.ascii("Exif\0\0"), TestFiles.exif(6))) {
      digits.append("%02x".formatted(b)).append(digits.length() % 72 == 0 ? "\n" : "");
    }
    byte[] profile = TestFiles.ascii(digits + "\n");
    byte[] png = Drawing.of(3, 8).png(2);
    byte[] name = TestFiles.ascii(keyword + "\0");
    byte[] plain = TestFiles.pngChunk("tEXt", TestFiles.join(name, profile));
    assertTurned(png, TestFiles.insert(png, TestFiles.AFTER_IHDR, plain));
    byte[] packed =
        TestFiles.pngChunk(
            "zTXt", TestFiles.join(name, new byte[1], Drawing.deflated(profile)));
    assertTurned(png, TestFiles.insert(png, TestFiles.AFTER_IHDR, packed));
    // Behind the pixels it counts as well.
    assertTurned(png, TestFiles.insert(png, png.length - 12, packed));
  }

  @Test
  void exifComesBeforeXmpAlsoWhereItSaysUpright() {
    byte[] png = Drawing.of(3, 8).png(2);
    byte[] text =
        TestFiles.join(
            TestFiles.ascii("XML:com.adobe.xmp\0"),
            new byte[4],
            xmp("tiff:Orientation=\"6\"/>"));
    byte[] both =
        TestFiles.join(
            TestFiles.pngChunk("iTXt", text), TestFiles.pngChunk("eXIf", TestFiles.exif(1)));
    assertEquals(
        READER.read(png, "png"), read(TestFiles.insert(png, TestFiles.AFTER_IHDR, both)).image());
  }

  @Test
  void brokenTextsSayNothing() {
    byte[] png = Drawing.of(3, 8).png(2);
    for (byte[] text :
        new byte[][] {
          TestFiles.ascii("Raw profile type exif\0\nexif\n 4\nxyz!"),
          TestFiles.ascii("Raw profile type exif\0"),
          TestFiles.ascii("Raw profile type exif"),
          TestFiles.ascii("XML:com.adobe.xmp\0\1\0\0\0no deflate"),
          TestFiles.ascii("XML:com.adobe.xmp\0"),
          new byte[0]
        }) {
      for (String type : new String[] {"tEXt", "zTXt", "iTXt"}) {
        byte[] chunk = TestFiles.pngChunk(type, text);
        assertEquals(
            READER.read(png, "png"),
            read(TestFiles.insert(png, TestFiles.AFTER_IHDR, chunk)).image());
      }
    }
  }

  private static void assertTurned(byte[] upright, byte[] turned) {
    assertEquals(Orientation.CLOCKWISE.apply(READER.read(upright, "upright")), read(turned).image());
    assertEquals(List.of(), read(turned).notes());
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
      Drawing stored =
          new Drawing(drawing.width(), drawing.height(), bands, bits, multiplied);
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
