package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.image.PictureNote.Kind;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams that break the rules, and what of them is a whole picture all the same. */
class JpegDamageTest {

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
  void aCamerasFrameWithoutHuffmanTablesIsReadWithTheUsualOnes() {
    BufferedImage grey = new BufferedImage(40, 24, BufferedImage.TYPE_BYTE_GRAY);
    grey.getGraphics().fillOval(5, 5, 20, 12);
    byte[] file = TestImages.write(grey, "jpeg");
    byte[] bare = file;
    for (int at = 2; at < bare.length - 2; ) {
      int length = 2 + ((bare[at + 2] & 0xff) << 8 | (bare[at + 3] & 0xff));
      if ((bare[at + 1] & 0xff) == 0xda) {
        break;
      }
      if ((bare[at + 1] & 0xff) == 0xc4) {
        bare =
            TestFiles.join(
                Arrays.copyOf(bare, at), Arrays.copyOfRange(bare, at + length, bare.length));
      } else {
        at += length;
      }
    }
    assertTrue(bare.length < file.length);
    assertEquals(READER.read(file, "whole"), read(bare).image());
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
            new IIOImage(TestImages.rgb(TestImages.pattern()), null, null),
            param -> param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT));
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
}
