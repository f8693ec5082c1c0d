package io.github.anople.core.tensorfile;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Damaged and hostile files: each is refused in one line that names the fault. */
class SafetensorsFaultsTest {

  @TempDir Path folder;

  /** In the headers single quotes stand for double ones; every file has 8 bytes of data. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # JSON
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}     | not valid JSON
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} {} | continues after
          ['x']                                                     | does not begin with '{'
          ` {}`                                                     | does not begin with '{'
          nonsense                                                  | not valid JSON
          {x:1}                                                     | not valid JSON
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 'x': appears twice
          {'x':{'dtype':'F32','dtype':'F32','shape':[2],'data_offsets':[0,8]}}     | dtype appears twice
          # entries
          {'x':3}                                                   | not an object
          {'x':{'shape':[2],'data_offsets':[0,8]}}                  | dtype is missing
          {'x':{'dtype':'F32','data_offsets':[0,8]}}                | shape is missing
          {'x':{'dtype':'F32','shape':[2]}}                         | data_offsets is missing
          {'x':{'dtype':7,'shape':[2],'data_offsets':[0,8]}}        | dtype is not a string
          {'x':{'dtype':'F8_E4M3','shape':[8],'data_offsets':[0,8]}} | 'F8_E4M3' is not supported
          {'x':{'dtype':'f32','shape':[2],'data_offsets':[0,8]}}    | 'f32' is not supported
          {'x':{'dtype':'F32','shape':2,'data_offsets':[0,8]}}      | shape is not an array
          {'x':{'dtype':'F32','shape':[2.0],'data_offsets':[0,8]}}  | '2.0', not an integer
          {'x':{'dtype':'F32','shape':['2'],'data_offsets':[0,8]}}  | not an integer
          {'x':{'dtype':'F32','shape':[[2]],'data_offsets':[0,8]}}  | not an integer
          {'x':{'dtype':'F32','shape':[-2],'data_offsets':[0,8]}}   | '-2', negative
          {'x':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,8]}} | beyond 63 bits
          {'x':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,8]}} | overflows
          {'x':{'dtype':'F32','shape':[9223372036854775807],'data_offsets':[0,8]}} | overflows
          {'x':{'dtype':'F32','shape':[3],'data_offsets':[0,8]}}    | needs 12 bytes
          # offsets
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[0]}}      | are not two numbers
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8,8]}}  | are not two numbers
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[-8,0]}}   | '-8', negative
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[8,0]}}    | end before they begin
          {'x':{'dtype':'F32','shape':[3],'data_offsets':[0,12]}}   | reach beyond the 8 bytes
          {'x':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}}    | a hole
          {'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}}    | 4 bytes follow the last tensor
          {}                                                        | 8 bytes follow the last tensor
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'y':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | an overlap
          {'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]},'y':{'dtype':'F32','shape':[1],'data_offsets':[4,8]}} | an overlap
          # metadata
          {'__metadata__':3,'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}    | not an object of strings
          {'__metadata__':{'k':3},'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | value of 'k'
          {'__metadata__':{'k':{}},'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | value of 'k'
          {'__metadata__':{'k':'','k':''},'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}} | 'k' appears twice
          {'__metadata__':{},'__metadata__':{}}                     | '__metadata__': appears twice
          """)
  void aHeaderThatBreaksARuleIsRefusedByName(String header, String problem) throws IOException {
    refused(
        SafetensorsBytes.file(
            header.replace('\'', '"').getBytes(StandardCharsets.UTF_8), new byte[8]),
        problem);
  }

  @Test
  void aFileOfAFewZerosIsRefused() throws IOException {
    refused(new byte[0], "has 0 bytes");
    refused(new byte[7], "has 7 bytes");
    refused(new byte[8], "does not begin with '{'"); // a length of zero: no JSON at all
  }

  @ParameterizedTest
  @CsvSource({
    "17, 'a header of 17 bytes but has only 16'",
    "100000001, '100000001 bytes, the format''s limit'",
    "9223372036854775807, 'the format''s limit'",
    "-1, '18446744073709551615 bytes'"
  })
  void aLengthThatCannotBeIsRefused(long stated, String problem) throws IOException {
    byte[] file = new byte[24];
    ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(stated);
    refused(file, problem);
  }

  @Test
  void aHeaderThatIsNotUtf8IsRefused() throws IOException {
    byte[] header = "{\"?\":{}}".getBytes(StandardCharsets.US_ASCII);
    header[2] = (byte) 0xff;
    refused(SafetensorsBytes.file(header, new byte[0]), "not UTF-8");
    byte[] wide = "{}".getBytes(StandardCharsets.UTF_16LE);
    refused(SafetensorsBytes.file(wide, new byte[0]), "not valid JSON");
  }

  @Test
  @Timeout(60)
  void hostileSizesInsideTheHeaderAreRefusedWithoutExhaustingStackOrHeap() throws IOException {
    String deep = "{\"x\":{\"y\":" + "[".repeat(5_000_000);
    refused(SafetensorsBytes.file(deep.getBytes(StandardCharsets.UTF_8), new byte[0]), "nesting");
    String ranks = "{\"x\":{\"shape\":[" + "1,".repeat(5_000_000) + "1]}}";
    refused(SafetensorsBytes.file(ranks.getBytes(StandardCharsets.UTF_8), new byte[0]), "shape");
    String digits = "{\"x\":{\"shape\":[" + "9".repeat(5_000_000) + "]}}";
    refused(SafetensorsBytes.file(digits.getBytes(StandardCharsets.UTF_8), new byte[0]), "JSON");
    StringBuilder many = new StringBuilder("{");
    for (int i = 0; i <= SafetensorsHeader.MAX_TENSORS; i++) {
      many.append('"').append(i).append("\":{\"dtype\":\"U8\",\"shape\":[0],");
      many.append("\"data_offsets\":[0,0]},");
    }
    refused(
        SafetensorsBytes.file(many.toString().getBytes(StandardCharsets.UTF_8), new byte[0]),
        "more than 200000 tensors");
  }

  @Test
  void aHostileNameStaysOneShortLineOfTheMessage() throws IOException {
    String name = "a\\nb\\u001b[31m" + "x".repeat(10_000);
    byte[] header = ("{\"" + name + "\":3}").getBytes(StandardCharsets.UTF_8);
    InputException e = refused(SafetensorsBytes.file(header, new byte[0]), "not an object");
    assertTrue(e.getMessage().length() < 600, e.getMessage());
    assertFalse(e.getMessage().contains("\u001b"), e.getMessage());
  }

  @Test
  void aGitLfsPointerIsRecognised() throws IOException {
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:" + "0".repeat(64) + "\nsize 9\n";
    refused(pointer.getBytes(StandardCharsets.US_ASCII), "git lfs pull");
  }

  @Test
  void anAbsentFileAFolderAndADeviceAreRefused() {
    Path absent = folder.resolve("absent");
    assertThrows(InputException.class, () -> SafetensorsFile.open(absent));
    InputException e = assertThrows(InputException.class, () -> SafetensorsFile.open(folder));
    assertTrue(e.getMessage().contains("not a regular file"), e.getMessage());
    assertThrows(InputException.class, () -> SafetensorsFile.open(Path.of("/dev/zero")));
  }

  @Test
  @Timeout(120)
  void noMutationOfAFileEndsInAnythingButItsTensorsOrARefusal() throws IOException {
    byte[] good = Files.readAllBytes(Fixtures.golden("losses.safetensors"));
    int header = 8 + (int) ByteBuffer.wrap(good).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
    Path path = folder.resolve("fuzz.safetensors");
    int refusals = 0;
    int all = Fuzz.times("safetensors", 1500);
    for (int seed = 0; seed < all; seed++) {
      Files.write(path, mutated(good, header, new Random(seed)));
      try (SafetensorsFile file = SafetensorsFile.open(path)) {
        for (String name : file.names()) {
          if (file.info(name).dtype().isFloating()) {
            file.floats(name);
          } else {
            file.longs(name);
          }
        }
      } catch (InputException e) {
        refusals++;
        assertTrue(e.getMessage().contains("fuzz.safetensors"), "seed " + seed);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(refusals > all / 2 - all / 30, "mutations that bite: " + refusals);
  }

  private static byte[] mutated(byte[] good, int header, Random random) {
    byte[] bytes = good.clone();
    for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(header);
      switch (random.nextInt(5)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[at] = (byte) "{}[]\",:0123456789-eE.\\ntf".charAt(random.nextInt(25));
        case 3 -> bytes[random.nextInt(8)] = (byte) random.nextInt(256);
        default ->
            System.arraycopy(good, random.nextInt(header), bytes, at, random.nextInt(header - at));
      }
    }
    return random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
  }

  private InputException refused(byte[] bytes, String problem) throws IOException {
    Path path = folder.resolve("faulty.safetensors");
    Files.write(path, bytes);
    InputException e = assertThrows(InputException.class, () -> SafetensorsFile.open(path));
    assertTrue(e.getMessage().contains(problem), e.getMessage());
    assertTrue(e.getMessage().contains("faulty.safetensors"), e.getMessage());
    return e;
  }
}
