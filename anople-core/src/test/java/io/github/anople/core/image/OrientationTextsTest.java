package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.anople.core.image.TestFiles.Tiff;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Orientation where EXIF is not: in XMP, and in the texts of a PNG. */
class OrientationTextsTest {

  private static final ImageReader READER = new ImageReader();

  private static NotedImage read(byte[] file) {
    return READER.readNoted(file, "picture");
  }

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
    byte[] jpeg = TestImages.jpeg(TestImages.pattern(), 0.9f);
    byte[] inJpeg =
        TestFiles.jpegSegment(
            0xe1, TestFiles.join(TestFiles.ascii("http://ns.adobe.com/xap/1.0/\0"), packet));
    assertTurned(jpeg, TestFiles.insert(jpeg, 2, inJpeg));
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
    byte[] grey = TestFiles.bytes(10, 20, 30, 40, 50, 60);
    byte[] tiff = grey().file(grey, 6);
    assertTurned(tiff, grey().put(700, inPairs(packet)).file(grey, 6));
    assertEquals(
        READER.read(tiff, "tiff"),
        read(grey().put(274, 1).put(700, inPairs(packet)).file(grey, 6)).image());
    byte[] webp = TestImages.resource("pattern-lossless.webp");
    byte[] chunk = TestFiles.webpChunk("XMP ", packet);
    byte[] more = TestFiles.join(webp, chunk);
    System.arraycopy(TestFiles.little(more.length - 8), 0, more, 4, 4);
    assertTurned(webp, more);
  }

  private static Tiff grey() {
    return new Tiff(ByteOrder.BIG_ENDIAN).size(3, 2).put(258, 8).put(262, 1).put(277, 1);
  }

  /** As numbers of 16 bits, which these files hold. */
  private static int[] inPairs(byte[] text) {
    int[] pairs = new int[text.length / 2 + 1];
    for (int i = 0; i < text.length; i++) {
      pairs[i / 2] |= (text[i] & 0xff) << (8 - 8 * (i % 2));
    }
    return pairs;
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
        TestFiles.pngChunk("zTXt", TestFiles.join(name, new byte[1], Drawing.deflated(profile)));
    assertTurned(png, TestFiles.insert(png, TestFiles.AFTER_IHDR, packed));
    // Behind the pixels it counts as well.
    assertTurned(png, TestFiles.insert(png, png.length - 12, packed));
  }

  @Test
  void exifComesBeforeXmpAlsoWhereItSaysUpright() {
    byte[] png = Drawing.of(3, 8).png(2);
    byte[] text =
        TestFiles.join(
            TestFiles.ascii("XML:com.adobe.xmp\0"), new byte[4], xmp("tiff:Orientation=\"6\"/>"));
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
    assertEquals(
        Orientation.CLOCKWISE.apply(READER.read(upright, "upright")), read(turned).image());
    assertEquals(List.of(), read(turned).notes());
  }
}
