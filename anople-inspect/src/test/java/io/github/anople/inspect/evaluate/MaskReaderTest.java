package io.github.anople.inspect.evaluate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.detect.ScoreMap;
import io.github.anople.core.image.RgbImage;
import io.github.anople.inspect.data.Label;
import io.github.anople.inspect.data.MaskStyle;
import io.github.anople.inspect.data.Sample;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskReaderTest {

  private static final int WIDTH = 96;
  private static final int HEIGHT = 72;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"png,1", "png,255", "png,256", "png,65535", "tif,1", "tif,65535"})
  void anySampleOf16BitsThatIsNotZeroMarksADefect(String format, int label) throws IOException {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(1, 0, 0, label);
    Path file = write(image, format);
    assertArrayEquals(new byte[] {0, 1, 0, 0}, read(file, 2).marks());
  }

  @Test
  void theNoiseOfAMaskThatWasSavedAsJpegIsNoMark() throws IOException {
    BufferedImage image = square(BufferedImage.TYPE_BYTE_GRAY, 0xffffff, 40, 30, 8);
    MaskReader.Mask mask = read(write(image, "jpg"), WIDTH);
    int marked = count(read(write(image, "png"), WIDTH).marks());
    assertTrue(
        Math.abs(count(mask.marks()) - marked) <= marked / 8, () -> "" + count(mask.marks()));
    assertEquals(MaskPixels.Faint.BACKGROUND, mask.faint());
  }

  @Test
  void aMaskThatWasSavedAsJpegOnceAndAsPngThenIsStillNoisy() throws IOException {
    BufferedImage image = square(BufferedImage.TYPE_BYTE_GRAY, 0xffffff, 40, 30, 8);
    BufferedImage noisy = ImageIO.read(write(image, "jpg").toFile());
    for (int i = 0; i < 40; i++) {
      // More values than any list of defects: what is left of soft edges.
      noisy.getRaster().setSample(i, 0, 0, 2 + 2 * i);
    }
    MaskReader.Mask mask = read(write(noisy, "png"), WIDTH);
    assertTrue(Math.abs(count(mask.marks()) - 64 * WIDTH / HEIGHT) <= 16);
    assertEquals(MaskPixels.Faint.BACKGROUND, mask.faint());
  }

  @Test
  void aBlackMaskThatWasSavedAsJpegMarksNothing() throws IOException {
    BufferedImage image = square(BufferedImage.TYPE_BYTE_GRAY, 0x060606, 0, 0, 30);
    assertEquals(0, count(read(write(image, "jpg"), WIDTH).marks()));
  }

  @Test
  void aMaskOfNumbersMarksEveryKind() throws IOException {
    BufferedImage image = square(BufferedImage.TYPE_BYTE_GRAY, 0, 0, 0, 1);
    image.getRaster().setSample(1, 1, 0, 1);
    image.getRaster().setSample(5, 5, 0, 2);
    image.getRaster().setSample(9, 9, 0, 255);
    MaskReader.Mask mask = read(write(image, "png"), 240);
    assertEquals(3 / (double) (WIDTH * HEIGHT), mask.marked(), 1e-12);
    assertEquals(MaskPixels.Faint.MARKS, mask.faint(), "said, since it may be noise");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x000000, 0xffffff, 0xff0000})
  void whereTheColoursAreAllOneTheAlphaMarks(int colour) throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      boolean marked = i % WIDTH / 10 == 3 && i / WIDTH / 10 == 2;
      image.setRGB(i % WIDTH, i / WIDTH, (marked ? 0xff000000 : 0) | colour);
    }
    assertEquals(100 / (double) (WIDTH * HEIGHT), read(write(image, "png"), 240).marked(), 1e-12);
  }

  @Test
  void coloursUnderTransparentPixelsAreNoMarks() throws IOException {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_ARGB);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, i < 50 ? 0xffff0000 : 0x00ffffff);
    }
    assertEquals(50 / (double) (WIDTH * HEIGHT), read(write(image, "png"), 240).marked(), 1e-12);
    for (int i = 50; i < WIDTH * HEIGHT; i++) {
      image.setRGB(i % WIDTH, i / WIDTH, 0xff000000);
    }
    assertEquals(
        50 / (double) (WIDTH * HEIGHT),
        read(write(image, "png"), 240).marked(),
        1e-12,
        "opaque everywhere: its colours mark");
  }

  @Test
  void aWhiteBackgroundIsNoMarkWhereTheStyleSaysSo() throws IOException {
    BufferedImage image = square(BufferedImage.TYPE_INT_RGB, 0x2ca02c, 0, 0, 6);
    for (int i = 0; i < WIDTH * HEIGHT; i++) {
      if (image.getRGB(i % WIDTH, i / WIDTH) == 0xff000000) {
        image.setRGB(i % WIDTH, i / WIDTH, 0xffffff);
      }
    }
    Path file = write(image, "png");
    MaskStyle white = new MaskStyle(0xffffff, MaskStyle.Pixels.UNSAID);
    Sample sample = new Sample(file, Optional.of(file), Label.ANOMALOUS, "nut", "dent", white);
    RgbImage picture = RgbImage.of(image);
    assertEquals(
        36 / (double) (WIDTH * HEIGHT),
        new MaskReader().read(sample, picture, square(240)).marked(),
        1e-12);
  }

  @Test
  void theMasksOfAFolderMarkTogether() throws IOException {
    Path parts = Files.createDirectories(folder.resolve("000"));
    ImageIO.write(
        square(BufferedImage.TYPE_BYTE_GRAY, 0xffffff, 0, 0, 24),
        "png",
        parts.resolve("0.png").toFile());
    ImageIO.write(
        square(BufferedImage.TYPE_BYTE_GRAY, 0xffffff, 48, 24, 24),
        "png",
        parts.resolve("1.png").toFile());
    byte[] marks = read(parts, 3, picture(WIDTH, HEIGHT), parts, MaskStyle.Pixels.UNSAID).marks();
    assertArrayEquals(new byte[] {1, 0, 0, 0, 1, 0, 0, 0, 0}, marks);
  }

  /** Orientation 3 and 6, as cameras write them. */
  @ParameterizedTest
  @CsvSource({"3,96,72", "6,72,96"})
  void aMaskDrawnOverTheStoredPixelsIsTurnedWithItsPicture(int orientation, int width, int height)
      throws IOException {
    Path image = turned(orientation);
    RgbImage shown = new io.github.anople.core.image.ImageReader().read(image);
    assertEquals(width, shown.width());
    Path mask = write(square(BufferedImage.TYPE_BYTE_GRAY, 0xffffff, 0, 0, 8), "png");
    byte[] marks = read(mask, 240, shown, image, MaskStyle.Pixels.STORED).marks();
    // The stored corner is shown at the lower right (3), at the upper right (6).
    assertEquals(1, marks[(orientation == 3 ? 239 : 0) * 240 + 239]);
    assertEquals(0, marks[0]);
    MaskReader.Mask unsaid = read(mask, 240, shown, image, MaskStyle.Pixels.UNSAID);
    if (orientation == 3) {
      assertEquals(MaskReader.Turning.TAKEN_AS_SHOWN, unsaid.turning());
      assertEquals(1, unsaid.marks()[0]);
    } else {
      assertEquals(MaskReader.Turning.TURNED_BY_SIZE, unsaid.turning(), "only one size fits");
      assertArrayEquals(marks, unsaid.marks());
    }
    MaskReader.Mask asShown = read(mask, 240, shown, image, MaskStyle.Pixels.SHOWN);
    assertEquals(MaskReader.Turning.NONE, asShown.turning());
    assertEquals(1, asShown.marks()[0]);
  }

  @Test
  void ofAPictureThatIsNotTurnedThereIsNothingToSay() throws IOException {
    Path mask = write(square(BufferedImage.TYPE_BYTE_GRAY, 0xffffff, 0, 0, 8), "png");
    Path image = turned(1);
    RgbImage shown = new io.github.anople.core.image.ImageReader().read(image);
    for (MaskStyle.Pixels pixels : MaskStyle.Pixels.values()) {
      MaskReader.Mask found = read(mask, 240, shown, image, pixels);
      assertEquals(MaskReader.Turning.NONE, found.turning());
      assertEquals(1, found.marks()[0]);
    }
  }

  @ParameterizedTest
  @EnumSource(Turn.class)
  void aTurnIsFoundAgainFromThePicturesAlone(Turn turn) {
    byte[] stored = {1, 2, 3, 4, 5, 6};
    byte[] shown = turn.apply(stored, 3, 2);
    assertEquals(
        Optional.of(turn),
        Turn.between(grey(3, 2, stored), grey(turn.width(3, 2), turn.width(2, 3), shown)));
  }

  private static RgbImage grey(int width, int height, byte[] values) {
    byte[] samples = new byte[3 * values.length];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = values[i / 3];
    }
    return RgbImage.of(width, height, samples);
  }

  /** A JPEG file of an uneven picture with an orientation. */
  private Path turned(int orientation) throws IOException {
    BufferedImage image = square(BufferedImage.TYPE_INT_RGB, 0x00ff00, 10, 5, 20);
    ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
    ImageIO.write(image, "jpg", jpeg);
    byte[] plain = jpeg.toByteArray();
    byte[] exif = {
      (byte) 0xff,
      (byte) 0xe1,
      0,
      34,
      'E',
      'x',
      'i',
      'f',
      0,
      0,
      'M',
      'M',
      0,
      42,
      0,
      0,
      0,
      8,
      0,
      1,
      0x01,
      0x12,
      0,
      3,
      0,
      0,
      0,
      1,
      0,
      (byte) orientation,
      0,
      0,
      0,
      0,
      0,
      0
    };
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(plain, 0, 2);
    all.write(exif);
    all.write(plain, 2, plain.length - 2);
    return Files.write(folder.resolve("turned.jpg"), all.toByteArray());
  }

  private static BufferedImage square(int type, int colour, int left, int top, int side) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, type);
    for (int i = 0; i < side * side; i++) {
      image.setRGB(left + i % side, top + i / side, colour);
    }
    return image;
  }

  private static RgbImage picture(int width, int height) {
    return RgbImage.of(width, height, new byte[3 * width * height]);
  }

  private Path write(BufferedImage image, String format) throws IOException {
    Path file = folder.resolve("mask." + format);
    assertTrue(ImageIO.write(image, format, file.toFile()));
    return file;
  }

  private MaskReader.Mask read(Path mask, int side) {
    return read(mask, side, picture(WIDTH, HEIGHT), mask, MaskStyle.Pixels.SHOWN);
  }

  private static MaskReader.Mask read(
      Path mask, int side, RgbImage image, Path file, MaskStyle.Pixels pixels) {
    Sample sample =
        new Sample(
            file, Optional.of(mask), Label.ANOMALOUS, "nut", "dent", MaskStyle.USUAL.over(pixels));
    return new MaskReader().read(sample, image, square(side));
  }

  private static int count(byte[] marks) {
    int count = 0;
    for (byte mark : marks) {
      count += mark;
    }
    return count;
  }

  private static ScoreMap square(int side) {
    return ScoreMap.of(side, new float[side * side]);
  }
}
