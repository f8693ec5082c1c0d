package io.github.anople.torch.clip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MergesReaderTest {

  private static final int VOCAB_SIZE = ClipTokenizerTest.tinyConfig().get("vocab_size").asInt();
  private static final Path MERGES = Fixtures.golden("tiny_clip/merges.txt");

  @TempDir private Path folder;

  private static ClipTokenizer read(byte[] file, int vocabSize) {
    return ClipTokenizer.read(new ByteArrayInputStream(file), "merges.txt", vocabSize, 77);
  }

  private static ClipTokenizer read(String file, int merges) {
    return read(file.getBytes(StandardCharsets.UTF_8), 514 + merges);
  }

  private static byte[] gzip(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }

  private static void assertFault(String expected, Runnable reading) {
    InputException fault = assertThrows(InputException.class, reading::run);
    assertTrue(fault.getMessage().contains(expected), fault::getMessage);
    assertFalse(fault.getMessage().contains("\n"));
  }

  @Test
  void gzipIsRecognisedWhateverTheName() throws IOException {
    Path file = folder.resolve("vocabulary.txt");
    Files.write(file, gzip(Files.readAllBytes(MERGES)));
    String text = "abnormal metal nut";
    assertArrayEquals(
        ClipTokenizer.read(MERGES, VOCAB_SIZE, 77).encode(text),
        ClipTokenizer.read(file, VOCAB_SIZE, 77).encode(text));
  }

  @Test
  void windowsLineEndsAreTaken() {
    assertArrayEquals(
        read("#version\na b\nab c</w>\n", 2).encode("abc"),
        read("#version\r\na b\r\nab c</w>\r\n", 2).encode("abc"));
    assertEquals(3, read("#version\r\na b\r\nab c</w>", 2).encode("abc").length);
  }

  @Test
  void whatFollowsTheMergesUsedIsNotRead() {
    assertEquals(513, read("#version\na b\nthis is not a merge\n", 1).startOfText());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "#~a b~ab| line 3 is \"ab\", not two symbols",
        "#~a b~| has 1 merges, but vocab_size 516 needs 2",
        "#~a b~~b c| line 3 is \"\"",
        "#~a b~a  c| line 3",
        "#~a b~a b c| line 3",
        "#~a b~a b| makes the symbol \"ab\" a second time",
        "#~a b~ac b| uses the symbol \"ac\", which no line before it makes",
        "#~a b~a €| uses the symbol \"€\"",
        "#| has 0 merges",
      })
  void aBrokenLineIsNamed(String file, String expected) {
    assertFault(expected, () -> read(file.replace('~', '\n'), 2));
    assertFault("merges.txt: ", () -> read(file.replace('~', '\n'), 2));
  }

  @Test
  void anEmptyFileABadSizeAndAMissingFileAreRefused() {
    assertFault("is empty", () -> read("", 0));
    assertFault("vocab_size is 513", () -> read("#\n", -1));
    assertFault("context_length: is 1", () -> ClipTokenizer.read(MERGES, VOCAB_SIZE, 1));
    assertFault(
        "nowhere.txt: does not exist",
        () -> ClipTokenizer.read(folder.resolve("nowhere.txt"), VOCAB_SIZE, 77));
    assertFault("is not a file", () -> ClipTokenizer.read(folder, VOCAB_SIZE, 77));
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertFault(
        "line 2 is not UTF-8",
        () -> read("#\na \u00e9".getBytes(StandardCharsets.ISO_8859_1), 515));
  }

  @Test
  void aFileThatIsCutShortIsRefused() throws IOException {
    byte[] whole = gzip(Files.readAllBytes(MERGES));
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    assertFault("damaged or cut short", () -> read(half, VOCAB_SIZE));
  }

  @Test
  @Timeout(60)
  void anEndlessLineIsRefusedWithoutFillingTheMemory() throws IOException {
    byte[] bomb = gzip(new byte[64 << 20]);
    assertFault("line 1 is longer than", () -> read(bomb, VOCAB_SIZE));
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }
        };
    assertFault("line 1", () -> ClipTokenizer.read(endless, "merges.txt", VOCAB_SIZE, 77));
  }

  @Test
  @Timeout(60)
  void aMutatedFileIsReadOrRefusedByName() throws IOException {
    long seed = 514;
    System.out.println("MergesReaderTest seed " + seed);
    Random random = new Random(seed);
    byte[][] originals = {Files.readAllBytes(MERGES), gzip(Files.readAllBytes(MERGES))};
    int refused = 0;
    int all = Fuzz.times("merges", 2000);
    for (int round = 0; round < all; round++) {
      byte[] file = originals[round % 2].clone();
      for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
        file[random.nextInt(file.length)] = (byte) random.nextInt(256);
      }
      byte[] cut = random.nextInt(4) == 0 ? Arrays.copyOf(file, random.nextInt(file.length)) : file;
      try {
        read(cut, VOCAB_SIZE).encode("abnormal metal nut");
      } catch (InputException e) {
        refused++;
        assertTrue(e.getMessage().startsWith("merges.txt: "), e::getMessage);
      }
    }
    assertTrue(refused > all / 20, "seed " + seed + " refused only " + refused);
  }
}
