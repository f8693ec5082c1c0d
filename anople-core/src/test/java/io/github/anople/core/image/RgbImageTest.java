package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class RgbImageTest {

  private static final byte[] SAMPLES = TestFiles.bytes(1, 2, 3, 200, 201, 202);

  @Test
  void samplesAreUnsignedAndRowsComeFirst() {
    RgbImage row = RgbImage.of(2, 1, SAMPLES);
    RgbImage column = RgbImage.of(1, 2, SAMPLES);
    assertEquals(200, row.red(1, 0));
    assertEquals(201, row.green(1, 0));
    assertEquals(202, column.blue(0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> row.red(0, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> row.red(2, 0));
    assertNotEquals(row, column);
  }

  @Test
  void writingToTheArraysOfTheCallerChangesNothing() {
    byte[] mine = SAMPLES.clone();
    RgbImage image = RgbImage.of(2, 1, mine);
    mine[0] = 99;
    image.pixels()[1] = 99;
    assertArrayEquals(SAMPLES, image.pixels());
    assertEquals(RgbImage.of(2, 1, SAMPLES), image);
    assertEquals(RgbImage.of(2, 1, SAMPLES).hashCode(), image.hashCode());
  }

  @Test
  void aFrameInMemoryIsCopiedWithoutColourConversion() {
    BufferedImage frame = new BufferedImage(1, 1, BufferedImage.TYPE_BYTE_GRAY);
    frame.getRaster().setSample(0, 0, 0, 100);
    RgbImage image = RgbImage.of(frame);
    frame.getRaster().setSample(0, 0, 0, 7);
    assertEquals(TestImages.grey(1, 1, (x, y) -> 100), image);
  }

  @Test
  void anImageSurvivesTheWayThroughJavasOwnType() {
    RgbImage image = TestImages.pattern();
    assertEquals(image, RgbImage.of(image.toBufferedImage()));
    assertEquals(image, RgbImage.of(TestImages.rgb(image)));
  }

  @Test
  void planesHoldEachChannelDividedBy255() {
    assertArrayEquals(
        new float[] {1 / 255f, 200 / 255f, 2 / 255f, 201 / 255f, 3 / 255f, 202 / 255f},
        RgbImage.of(2, 1, SAMPLES).toPlanar());
  }

  @Test
  void sizesThatContradictTheSamplesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> RgbImage.of(1, 1, SAMPLES));
    assertThrows(IllegalArgumentException.class, () -> RgbImage.of(0, 1, new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> RgbImage.of(-2, -1, SAMPLES));
  }

  @Test
  void planesOfBytesFollowOneAnotherInABatch() {
    RgbImage image = RgbImage.of(2, 1, new byte[] {1, 2, 3, 4, 5, 6});
    ByteBuffer batch = ByteBuffer.allocate(12);
    image.putPlanar(batch);
    image.putPlanar(batch);
    assertArrayEquals(new byte[] {1, 4, 2, 5, 3, 6, 1, 4, 2, 5, 3, 6}, batch.array());
  }
}
