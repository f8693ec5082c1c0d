package io.github.anople.core.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.InputException;
import io.github.anople.core.image.PictureNote.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;

/** libjpeg warns of the first oddity alone: what is harmless must not hide what is not. */
class HiddenDamageTest {

  private static final ImageReader READER = new ImageReader();
  private static final byte[] JUNK = TestFiles.bytes(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);

  /** A slope of grey, 16 x 32, with a restart marker behind each row of blocks. */
  private static final byte[] RESTARTS =
      Base64.getDecoder()
          .decode(
              "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxO"
                  + "QERXRTc4UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAAgABABAREA/8QAFgABAQEAAAAAAAAAAAAAAAAABQYE"
                  + "/8QAFxAAAwEAAAAAAAAAAAAAAAAAAAMEMf/dAAQAAv/aAAgBAQAAPwCNnVgpOrD/0JmdWCk6sP/RFnVgpOrD"
                  + "/9LDOrBSdWH/2Q==");

  private static void assertRepaired(byte[] sound, byte[] odd) {
    NotedImage read = READER.readNoted(odd, "picture");
    assertEquals(READER.read(sound, "sound"), read.image());
    assertEquals(List.of(Kind.REPAIRED), read.notes().stream().map(PictureNote::kind).toList());
  }

  private static InputException fault(byte[] file) {
    return assertThrows(InputException.class, () -> READER.read(file, "picture"));
  }

  private static byte[] without(byte[] file, int from, int to) {
    return TestFiles.join(Arrays.copyOf(file, from), Arrays.copyOfRange(file, to, file.length));
  }

  private static List<Integer> markers(byte[] file, int from, int first, int last) {
    List<Integer> places = new ArrayList<>();
    for (int at = from; at + 1 < file.length; at++) {
      int marker = file[at + 1] & 0xff;
      if (file[at] == (byte) 0xff && marker >= first && marker <= last) {
        places.add(at);
      }
    }
    return places;
  }

  private static byte[] progressive() {
    return TestImages.write(
        "jpeg",
        new IIOImage(TestImages.rgb(TestImages.grey(200, 160, (x, y) -> x * y ^ x)), null, null),
        param -> param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT));
  }

  @Test
  void strayBytesBehindScansAreSkippedAndHideNothing() {
    byte[] file = progressive();
    List<Integer> scans = markers(file, 2, 0xda, 0xda);
    List<Integer> tables = markers(file, scans.get(0), 0xc4, 0xc4);
    byte[] every = file;
    for (int i = tables.size() - 1; i >= 0; i--) {
      every = TestFiles.insert(every, tables.get(i), JUNK);
      assertRepaired(file, TestFiles.insert(file, tables.get(i), JUNK));
    }
    assertRepaired(file, every);
    // The last scan has lost its middle.
    int last = scans.get(scans.size() - 1);
    byte[] damaged = without(file, last + 14, (last + file.length) / 2 + 14);
    assertTrue(fault(damaged).problem().contains("premature end"));
    byte[] hidden = TestFiles.insert(damaged, tables.get(0), JUNK);
    assertTrue(fault(hidden).problem().contains("premature end"), fault(hidden).problem());
  }

  @Test
  void strayBytesBeforeRestartsAreSkippedAndAMissingRestartIsDamage() {
    List<Integer> restarts = markers(RESTARTS, 2, 0xd0, 0xd7);
    assertEquals(3, restarts.size());
    byte[] every = RESTARTS;
    for (int i = 2; i >= 0; i--) {
      every = TestFiles.insert(every, restarts.get(i), new byte[4]);
      assertRepaired(RESTARTS, TestFiles.insert(RESTARTS, restarts.get(i), JUNK));
      if (i < 2) {
        fault(without(RESTARTS, restarts.get(i), restarts.get(i) + 2));
      }
    }
    assertRepaired(RESTARTS, every);
  }

  @Test
  void oddNumbersInAScansHeaderHideNoMissingRows() {
    byte[] file = TestImages.jpeg(TestImages.pattern(), 0.9f);
    int scan = JpegImageTest.marker(file, 0xda);
    int end = scan + 2 + ByteBuffer.wrap(file).getShort(scan + 2);
    byte[] odd = file.clone();
    Arrays.fill(odd, end - 3, end, (byte) 0);
    assertEquals(READER.readNoted(file, "sound"), READER.readNoted(odd, "odd"));
    byte[] half = Arrays.copyOf(odd, (end + odd.length) / 2);
    fault(half);
    fault(TestFiles.join(half, TestFiles.bytes(0xff, 0xd9)));
  }
}
