package io.github.anople.torch.pretrained;

import static io.github.anople.torch.pretrained.TorchArchive.central;
import static io.github.anople.torch.pretrained.TorchArchive.local;
import static io.github.anople.torch.pretrained.TorchArchive.patched;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Archives that are damaged, of another kind, or lie about themselves. */
class ArchiveFaultsTest {

  private static final byte[] PICKLE =
      new PickleBytes()
          .raw('}', '(')
          .text("x")
          .vector("0", 2)
          .text("y")
          .vector("1", 3)
          .raw('u')
          .stop();

  @TempDir Path folder;

  private static TorchArchive archive() {
    return new TorchArchive(PICKLE).floats("0", 1, 2).floats("1", 3, 4, 5);
  }

  @Test
  void theArchiveTheLiesStartFromIsRead() throws IOException {
    readsWell(archive().stored());
  }

  @Test
  void whatIsNoZipIsRefusedForWhatItIs() throws IOException {
    refused(new byte[0], "is empty");
    refused(new byte[100], "is not a zip archive of torch.save");
    refused("PK\u0003\u0004".getBytes(StandardCharsets.US_ASCII), "is not a zip archive");
    refused("<!DOCTYPE html><html></html>".getBytes(StandardCharsets.US_ASCII), "HTML page");
    byte[] legacy = new byte[100];
    byte[] magic = {(byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46};
    System.arraycopy(magic, 0, legacy, 0, magic.length);
    legacy[8] = (byte) 0xf9;
    legacy[9] = 0x20;
    refused(legacy, "is in the format of torch before 1.6");
    byte[] tar = new byte[1024];
    System.arraycopy("ustar".getBytes(StandardCharsets.US_ASCII), 0, tar, 257, 5);
    refused(tar, "is in the format of torch before 1.6");
    refused(
        Files.readAllBytes(Fixtures.golden("memory.safetensors")), "looks like a safetensors file");
  }

  @Test
  void anAbsentFileAndAFolderAreRefused() {
    assertThrows(InputException.class, () -> TorchPickle.open(folder.resolve("absent.pt")));
    InputException e = assertThrows(InputException.class, () -> TorchPickle.open(folder));
    assertTrue(e.getMessage().contains("not a regular file"), e.getMessage());
  }

  @Test
  void aTorchScriptArchiveIsRefusedForWhatItIsThoughItsProgramIsCompressed() throws IOException {
    TorchArchive script = archive().entry("code/model.py", "x").entry("constants.pkl", "x");
    refused(script.deflated(), "is a TorchScript archive");
    refused(archive().entry("code/model.py", "x").stored(), "is a TorchScript archive");
  }

  @Test
  void otherZipsAreRefused() throws IOException {
    byte[] zip = archive().stored();
    byte[] renamed =
        new String(zip, StandardCharsets.ISO_8859_1)
            .replace("archive/data.pkl", "archive/text.txt")
            .getBytes(StandardCharsets.ISO_8859_1);
    refused(renamed, "with 0 entries FOLDER/data.pkl");
  }

  @Test
  @Timeout(60)
  void aZipBombIsRefusedBecauseItIsCompressed() throws IOException {
    byte[] bomb = archive().entry("data/2", new byte[50_000_000]).deflated();
    assertTrue(bomb.length < 100_000, "compressed to " + bomb.length);
    refused(bomb, "is compressed (method 8)");
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    byte[] zip = archive().stored();
    for (int length = 0; length < zip.length; length++) {
      refused(Arrays.copyOf(zip, length), "x.pt");
    }
  }

  @Test
  void bytesBeforeOrBehindTheArchiveAreRefused() throws IOException {
    byte[] zip = archive().stored();
    refused(Arrays.copyOf(zip, zip.length + 1), "zip directory");
    byte[] shifted = new byte[zip.length + 30];
    System.arraycopy(zip, 0, shifted, 0, 30);
    System.arraycopy(zip, 0, shifted, 30, zip.length);
    refused(shifted, "which does not end at offset");
  }

  @Test
  void aDirectoryThatLiesIsRefused() throws IOException {
    byte[] zip = archive().stored();
    int entry = central(zip, "data/1");
    refused(patched(zip, entry + 8, 2, 1), "is encrypted");
    refused(patched(zip, local(zip, "data/1") + 6, 2, 1), "is encrypted");
    refused(patched(zip, entry + 10, 2, 12), "another size or method");
    refused(patched(zip, entry + 20, 4, 11), "states 12 bytes stored as 11");
    refused(patched(patched(zip, entry + 20, 4, 8), entry + 24, 4, 8), "another size or method");
    refused(patched(zip, local(zip, "data/1") + 18, 4, 8), "another size or method");
    refused(patched(zip, local(zip, "data/1") + 26, 2, 9), "no local header of that name");
    refused(patched(zip, entry + 42, 4, local(zip, "data/0")), "no local header of that name");
    refused(patched(zip, entry + 42, 4, 0xfffffffeL), "outside the");
    refused(patched(zip, entry + 42, 4, 0xffffffffL), "lacks its 64-bit size or offset");
    refused(patched(zip, entry + 28, 2, 60_000), "its zip directory is damaged");
    refused(patched(zip, entry, 4, 0), "its zip directory is damaged");
    int end = zip.length - 22;
    refused(patched(patched(zip, end + 8, 2, 4), end + 10, 2, 4), "states 4 entries and holds 3");
    refused(patched(zip, end + 16, 4, 1), "which does not end at offset");
    refused(patched(zip, end + 12, 4, 0xffffffffL), "which does not end at offset");
  }

  @Test
  void sizesThatRunIntoTheNextEntryAreRefused() throws IOException {
    byte[] zip = archive().stored();
    byte[] lie = zip;
    for (int at : new int[] {central(zip, "data/0") + 20, central(zip, "data/0") + 24}) {
      lie = patched(lie, at, 4, 40);
    }
    for (int at : new int[] {local(zip, "data/0") + 18, local(zip, "data/0") + 22}) {
      lie = patched(lie, at, 4, 40);
    }
    refused(lie, "overlaps");
    byte[] last = zip;
    for (int at : new int[] {central(zip, "data/1") + 20, central(zip, "data/1") + 24}) {
      last = patched(last, at, 4, 1000);
    }
    refused(patched(last, local(zip, "data/1") + 18, 4, 1000), "states 1000 bytes at offset");
  }

  @Test
  void twoEntriesOfOneNameAreRefused() throws IOException {
    byte[] zip = archive().stored();
    // The digit of data/1 becomes 0, in both of its headers.
    int inCentral = central(zip, "data/1") + 46 + "archive/data/".length();
    int inLocal = local(zip, "data/1") + 30 + "archive/data/".length();
    refused(patched(patched(zip, inCentral, 1, '0'), inLocal, 1, '0'), "appears twice");
  }

  @Test
  void sizesAndOffsetsInZip64FieldsAreRead() throws IOException {
    readsWell(Zip64.widened(archive().stored()));
  }

  @Test
  void zip64RecordsThatContradictTheOthersAreRefused() throws IOException {
    byte[] zip = Zip64.widened(archive().stored());
    int end64 = zip.length - 22 - 20 - 56;
    refused(patched(zip, end64 + 32, 8, 2), "contradict each other");
    refused(patched(zip, end64 + 48, 8, 0), "which does not end at offset");
    refused(patched(zip, end64 + 40, 8, -1), "which does not end at offset");
    refused(patched(zip, end64, 4, 0), "zip64 end record is not at offset");
    refused(patched(zip, zip.length - 22 - 12, 8, Long.MAX_VALUE), "zip64 end record is not at");
    int entry = central(zip, "data/1");
    int extra = entry + 46 + "archive/data/1".length() + 4;
    refused(patched(zip, extra, 8, -1), "states -1 bytes stored as 12");
    refused(patched(patched(zip, extra, 8, -1), extra + 8, 8, -1), "outside the");
    refused(patched(zip, extra + 16, 8, Long.MIN_VALUE), "outside the");
    refused(patched(zip, extra + 16, 8, Long.MAX_VALUE), "outside the");
  }

  @Test
  void aStorageBehindFourGigabytesIsReadWhereItLies() throws IOException {
    Path path = folder.resolve("large.pt");
    byte[] small = archive().stored();
    // The local part as it is, a hole, then data/1 once more and the directory behind the hole.
    long hole = 5L << 30;
    int moved = local(small, "data/1");
    int directory = central(small, "data.pkl");
    byte[] tail = Zip64.widened(small, moved, hole);
    try (FileChannel channel =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.write(ByteBuffer.wrap(small, 0, moved), 0);
      channel.write(ByteBuffer.wrap(small, moved, directory - moved), moved + hole);
      channel.write(ByteBuffer.wrap(tail), directory + hole);
    }
    try (TorchPickle file = TorchPickle.open(path)) {
      assertTrue(file.tensor("y").begin() > hole);
      assertArrayEquals(new float[] {3, 4, 5}, file.floats(file.tensor("y")));
      assertEquals(4, file.bytes(file.tensor("y")).getFloat(4));
    }
  }

  @Test
  @Timeout(120)
  void noMutationOfAnArchiveEndsInAnythingButItsTensorsOrARefusal() throws IOException {
    byte[][] good = {archive().stored(), Zip64.widened(archive().stored())};
    Path path = folder.resolve("x.pt");
    int refusals = 0;
    int all = Fuzz.times("archive of PyTorch", 1500);
    for (int seed = 0; seed < all; seed++) {
      Random random = new Random(seed);
      byte[] bytes = good[seed % 2].clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
          case 2 -> bytes[at] = (byte) 0xff;
          default -> Arrays.fill(bytes, at, Math.min(at + 4, bytes.length), (byte) 0xff);
        }
      }
      Files.write(path, bytes);
      try (TorchPickle file = TorchPickle.open(path)) {
        for (String name : file.names()) {
          file.floats(file.tensor(name));
        }
      } catch (InputException e) {
        refusals++;
        assertTrue(e.getMessage().contains("x.pt"), "seed " + seed);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(refusals > all / 2 - all / 30, "mutations that bite: " + refusals);
  }

  private void readsWell(byte[] archive) throws IOException {
    Path path = Files.write(folder.resolve("x.pt"), archive);
    try (TorchPickle file = TorchPickle.open(path)) {
      assertArrayEquals(new float[] {1, 2}, file.floats(file.tensor("x")));
      assertArrayEquals(new float[] {3, 4, 5}, file.floats(file.tensor("y")));
    }
  }

  private void refused(byte[] archive, String problem) throws IOException {
    Path path = Files.write(folder.resolve("x.pt"), archive);
    InputException e = assertThrows(InputException.class, () -> TorchPickle.open(path));
    assertTrue(e.getMessage().contains(problem), e.getMessage());
    assertTrue(e.getMessage().contains("x.pt"), e.getMessage());
  }

  /** The same archive with every size and offset of its directory in zip64 fields. */
  private static final class Zip64 {

    private Zip64() {}

    static byte[] widened(byte[] zip) {
      int directory = central(zip, "data.pkl");
      byte[] tail = widened(zip, zip.length, 0);
      byte[] whole = Arrays.copyOf(zip, directory + tail.length);
      System.arraycopy(tail, 0, whole, directory, tail.length);
      return whole;
    }

    /** The directory and the end records, for an archive whose bytes from {@code from} moved. */
    static byte[] widened(byte[] zip, int from, long by) {
      ByteBuffer in = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
      ByteBuffer out = ByteBuffer.allocate(zip.length + 1000).order(ByteOrder.LITTLE_ENDIAN);
      int directory = central(zip, "data.pkl");
      int count = 0;
      for (int at = directory; in.getInt(at) == 0x02014b50; count++) {
        int nameLength = in.getShort(at + 28);
        long offset = in.getInt(at + 42);
        int record = out.position();
        out.put(zip, at, 46 + nameLength);
        out.putInt(record + 20, -1).putInt(record + 24, -1).putInt(record + 42, -1);
        out.putShort(record + 30, (short) 28);
        out.putShort((short) 1).putShort((short) 24).putLong(in.getInt(at + 24));
        out.putLong(in.getInt(at + 20)).putLong(offset < from ? offset : offset + by);
        at += 46 + nameLength + in.getShort(at + 30);
      }
      long size = out.position();
      long begin = from < directory ? directory + by : directory;
      out.putInt(0x06064b50).putLong(44).putShort((short) 45).putShort((short) 45);
      out.putInt(0).putInt(0).putLong(count).putLong(count).putLong(size).putLong(begin);
      out.putInt(0x07064b50).putInt(0).putLong(begin + size).putInt(1);
      out.putInt(0x06054b50).putInt(0).putShort((short) count).putShort((short) count);
      out.putInt(-1).putInt(-1).putShort((short) 0);
      return Arrays.copyOf(out.array(), out.position());
    }
  }
}
