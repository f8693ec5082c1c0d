package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngImageTest {

  private static final ImageReader READER = new ImageReader();

  private static RgbImage read(byte[] file) {
    return READER.read(file, "test.png");
  }

  @Test
  void colourImagesAreReadAsTheyAre() {
    RgbImage pattern = TestImages.pattern();
    assertEquals(pattern, read(TestImages.write(TestImages.rgb(pattern), "png")));
  }

  @Test
  void interlacedImagesAreReadAsTheyAre() {
    RgbImage pattern = TestImages.pattern();
    IIOImage image = new IIOImage(TestImages.rgb(pattern), null, null);
    byte[] file =
        TestImages.write(
            "png", image, param -> param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT));
    assertEquals(1, file[28], "the writer interlaces");
    assertEquals(pattern, read(file));
  }

  @Test
  void greyIsRepeatedWithoutChangingItsLevels() {
    BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
    for (int x = 0; x < 256; x++) {
      grey.getRaster().setSample(x, 0, 0, x);
    }
    assertEquals(TestImages.grey(256, 1, (x, y) -> x), read(TestImages.write(grey, "png")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4})
  void greyOfFewBitsIsStretchedToTheWholeRange(int bits) {
    int levels = 1 << bits;
    byte[] ramp = new byte[levels];
    for (int i = 0; i < levels; i++) {
      ramp[i] = (byte) (255 * i / (levels - 1));
    }
    byte[] file = TestImages.write(TestImages.indexed(bits, ramp, ramp, ramp), "png");
    assertEquals(bits, file[24], "the writer keeps the depth");
    assertEquals(
        TestImages.grey(levels, 2, (x, y) -> 255 * (y == 0 ? x : levels - 1 - x) / (levels - 1)),
        read(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8})
  void palettesAreLookedUpAndTheirTransparencyIsDropped(int bits) {
    int colors = (1 << bits) - (bits > 1 ? 1 : 0);
    byte[] red = new byte[colors];
    byte[] green = new byte[colors];
    byte[] blue = new byte[colors];
    for (int i = 0; i < colors; i++) {
      red[i] = (byte) (37 * i + 5);
      green[i] = (byte) (91 * i + 1);
      blue[i] = (byte) (200 - i);
    }
    byte[] file = TestImages.write(TestImages.indexed(bits, red, green, blue), "png");
    int data = new String(file, StandardCharsets.ISO_8859_1).indexOf("IDAT") - 4;
    byte[] transparency = TestFiles.pngChunk("tRNS", new byte[colors]);
    for (byte[] each : new byte[][] {file, TestFiles.insert(file, data, transparency)}) {
      RgbImage image = read(each);
      for (int x = 0; x < colors; x++) {
        assertEquals(red[x] & 0xff, image.red(x, 0));
        assertEquals(green[x] & 0xff, image.green(x, 0));
        assertEquals(blue[colors - 1 - x] & 0xff, image.blue(x, 1));
      }
    }
  }

  @Test
  void alphaIsDroppedAndNotBlended() {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_4BYTE_ABGR);
    image.setRGB(0, 0, 0x00_10_80_f0);
    image.setRGB(1, 0, 0x80_ff_01_02);
    assertEquals(
        RgbImage.of(2, 1, TestFiles.bytes(0x10, 0x80, 0xf0, 0xff, 1, 2)),
        read(TestImages.write(image, "png")));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void sixteenBitsKeepTheirHighByteAndAlphaIsDropped(int bands) {
    boolean alpha = bands % 2 == 0;
    ColorModel colors =
        new ComponentColorModel(
            ColorSpace.getInstance(bands < 3 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
            alpha,
            false,
            alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = colors.createCompatibleWritableRaster(256, 1);
    byte[] expected = new byte[3 * 256];
    for (int x = 0; x < 256; x++) {
      for (int band = 0; band < bands; band++) {
        raster.setSample(x, 0, band, ((x + band) & 0xff) << 8 | 0xfe);
      }
      for (int band = 0; band < 3; band++) {
        expected[3 * x + band] = (byte) (bands < 3 ? x : x + band);
      }
    }
    byte[] file = TestImages.write(new BufferedImage(colors, raster, false, null), "png");
    assertEquals(16, file[24], "the writer keeps the depth");
    assertEquals(RgbImage.of(256, 1, expected), read(file));
  }

  @Test
  void gammaProfilesAndBrokenTextsDoNotMatter() {
    RgbImage pattern = TestImages.pattern();
    byte[] file = TestImages.write(TestImages.rgb(pattern), "png");
    byte[] extra =
        TestFiles.join(
            TestFiles.pngChunk("gAMA", TestFiles.big(220_000)),
            TestFiles.pngChunk("iCCP", TestFiles.ascii("broken\0\0\1\2\3")),
            TestFiles.pngChunk("tRNS", TestFiles.bytes(0, 0, 0, 0, 0, 0)),
            TestFiles.pngChunk("iTXt", TestFiles.bytes(1, 2, 3)),
            TestFiles.pngChunk("eXIf", TestFiles.bytes(9, 9, 9)));
    assertEquals(pattern, read(TestFiles.insert(file, TestFiles.AFTER_IHDR, extra)));
  }

  @Test
  void aChangedByteFailsTheChecksum() {
    byte[] file = TestImages.write(TestImages.rgb(TestImages.pattern()), "png");
    file[file.length - 30] ^= 1;
    InputException fault = assertThrows(InputException.class, () -> read(file));
    assertTrue(fault.getMessage().contains("checksum"), fault.getMessage());
  }

  @Test
  void anUnknownCriticalChunkIsRefused() {
    byte[] file = TestImages.write(TestImages.rgb(TestImages.pattern()), "png");
    byte[] chunk = TestFiles.pngChunk("ABCD", new byte[3]);
    byte[] changed = TestFiles.insert(file, TestFiles.AFTER_IHDR, chunk);
    assertThrows(InputException.class, () -> read(changed));
  }

  @Test
  void pixelDataThatStopEarlyAreRefusedThoughAllChunksAreWhole() {
    byte[] file = TestImages.write(TestImages.rgb(TestImages.pattern()), "png");
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("IDAT") + 4;
    byte[] compressed = Arrays.copyOfRange(file, at, file.length - 16);
    byte[] half =
        TestFiles.join(
            Arrays.copyOf(file, at - 8),
            TestFiles.pngChunk("IDAT", Arrays.copyOf(compressed, compressed.length / 2)),
            TestFiles.pngChunk("IEND", new byte[0]));
    assertThrows(InputException.class, () -> read(half));
  }
}
