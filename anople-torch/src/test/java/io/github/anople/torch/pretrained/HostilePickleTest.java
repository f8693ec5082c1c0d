package io.github.anople.torch.pretrained;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.Fuzz;
import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.BinaryFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Pickles that ask for more than weights, or lie about them: refused by name, never obeyed. */
class HostilePickleTest {

  @TempDir Path folder;

  @Test
  void aCallOfTheShellIsRefusedByNameInEveryForm() throws IOException {
    String name = "asks to call 'posix.system'";
    PickleBytes reduce = new PickleBytes().global("posix", "system").raw('(').text("id");
    refused(reduce.raw('t', 'R').stop(), name);
    PickleBytes stackGlobal = new PickleBytes().shortText("posix").shortText("system").raw(0x93);
    refused(stackGlobal.shortText("id").raw(0x85, 'R').stop(), name);
    byte[] names = "posix\nsystem\n".getBytes(StandardCharsets.US_ASCII);
    PickleBytes inst = new PickleBytes().raw('(').text("id").raw('i');
    for (byte b : names) {
      inst.raw(b);
    }
    refused(inst.stop(), name);
    refused(new PickleBytes().raw('(').global("posix", "system").raw('o').stop(), name);
  }

  @Test
  void aCallHiddenInsideACheckpointIsRefusedThoughNobodyReadsItsValue() throws IOException {
    PickleBytes pickle = new PickleBytes().raw('}', '(').text("state_dict").raw('}');
    pickle.text("x").vector("0", 1).raw('s').text("optimizer");
    pickle.global("builtins", "eval").text("1").raw(0x85, 'R', 'u');
    refused(pickle.stop(), "asks to call 'builtins.eval'");
  }

  @Test
  void namesThatOnlyLookAllowedAreRefused() throws IOException {
    String[][] names = {
      {"torch", "load"},
      {"torch", "hub.load"},
      {"torch._utils", "_rebuild_tensor_v2.__globals__"},
      {"collections", "namedtuple"},
      {"torch.nn.modules.linear", "Linear"},
      {"torch.storage", "_load_from_bytes"},
      {"", "torch.FloatStorage"},
      {"java.lang", "Runtime"},
      {"java.lang.ProcessBuilder", "start"}
    };
    for (String[] name : names) {
      refused(
          new PickleBytes().global(name[0], name[1]).raw(')', 'R').stop(),
          "asks to call '" + name[0] + "." + name[1] + "'");
    }
  }

  @Test
  void otherWaysToMakeObjectsAreRefused() throws IOException {
    PickleBytes base = new PickleBytes().global("collections", "OrderedDict");
    refused(base.raw(')', 0x81).stop(), "NEWOBJ");
    base = new PickleBytes().global("collections", "OrderedDict");
    refused(base.raw(')', '}', 0x92).stop(), "NEWOBJ_EX");
    refused(new PickleBytes().raw('(').orderedDict().raw('o').stop(), "OBJ");
    refused(new PickleBytes().raw(0x82, 1).stop(), "EXT");
    refused(new PickleBytes().raw('P', '0', '\n').stop(), "PERSID");
    refused(new PickleBytes().raw(0xff).stop(), "0xff");
  }

  @Test
  void onlyInertThingsCanBeGivenAState() throws IOException {
    refused(
        new PickleBytes().global("torch", "FloatStorage").raw('}', 'b').stop(),
        "change the state of a Global");
    refused(new PickleBytes().text("x").raw('}', 'b').stop(), "change the state of a String");
  }

  @Test
  void allowedNamesCalledWithTheWrongThingsAreRefused() throws IOException {
    refused(
        new PickleBytes().global("torch", "FloatStorage").raw(')', 'R').stop(),
        "asks to call torch.FloatStorage");
    refused(
        new PickleBytes().global("collections", "OrderedDict").raw('K', 1, 0x85, 'R').stop(),
        "with 1 arguments");
    refused(
        new PickleBytes().global("torch._utils", "_rebuild_tensor_v2").raw(')', 'R').stop(),
        "with 0 arguments");
    refused(
        new PickleBytes()
            .global("torch._utils", "_rebuild_tensor_v2")
            .raw('(', 'N', 'N', 'N', 'N', 'N', 'N', 't', 'R')
            .stop(),
        "for a Storage");
    refused(new PickleBytes().text("not a name").raw(')', 'R').stop(), "for a Global");
  }

  @Test
  void persistentIdsThatLieAreRefused() throws IOException {
    refused(new PickleBytes().raw('(', 't', 'Q').stop(), "does not name a storage");
    refused(new PickleBytes().text("x").raw('Q').stop(), "for a Sequence");
    PickleBytes type = new PickleBytes().raw('(').text("storage");
    type.global("collections", "OrderedDict").text("0").text("cpu").raw('K', 1, 't', 'Q');
    refused(type.stop(), "gives collections.OrderedDict for a storage's type");
    refusedTensor("0", 2, 0, "states a storage of 2 elements of F32 where the archive has 4");
    refusedTensor("0", -1, 0, "states a storage of -1 elements");
    refusedTensor("0", 1L << 62, 0, "states a storage of 4611686018427387904 elements");
    refusedTensor("1", 1, 0, "'x': its storage '1' is not in the archive");
    refusedTensor("../../data.pkl", 1, 0, "is not in the archive");
  }

  @Test
  void tensorsThatReachOutOfTheirStorageAreRefused() throws IOException {
    long max = Long.MAX_VALUE;
    refusedTensor("0", 1, 1, "offset 1 reach beyond the 1 elements", 1, 1);
    refusedTensor("0", 1, -1, "negative", 1, 1);
    refusedTensor("0", 1, 0, "reach beyond", 2, 1);
    refusedTensor("0", 1, 0, "negative", -1, 1);
    refusedTensor("0", 1, 0, "negative", 2, -1);
    refusedTensor("0", 1, max, "overflow", 1, 1);
    refusedTensor("0", 1, 1, "overflow", 2, max);
    refusedTensor("0", 1, 0, "overflow", max, 0);
    refusedTensor("0", 1, 0, "overflow", 1L << 32, 0, 1L << 32, 0);
    refusedTensor("0", 1, 2, "reach beyond", 0, 1);
  }

  @Test
  void aTensorOfManyElementsAndNoBytesDoesNotExhaustTheHeap() throws IOException {
    byte[] pickle =
        new PickleBytes()
            .raw('}')
            .text("x")
            .tensor("FloatStorage", "0", 1, 0, new long[] {1L << 40}, new long[] {0})
            .raw('s')
            .text("y")
            .tensor("FloatStorage", "0", 1, 0, new long[] {Integer.MAX_VALUE - 8}, new long[] {0})
            .raw('s')
            .stop();
    Path path = write(new TorchArchive(pickle).floats("0", 1).stored());
    try (TorchPickle file = TorchPickle.open(path)) {
      for (String name : file.names()) {
        InputException e = assertThrows(InputException.class, () -> file.floats(file.tensor(name)));
        assertTrue(e.getMessage().contains("-Xmx"), e.getMessage());
      }
    }
  }

  @Test
  void aStackThatRunsDryAndAMemoThatIsEmptyAreRefused() throws IOException {
    for (int opcode : new int[] {'0', '1', '2', 'a', 'e', 's', 'u', 't', 'R', 'b', 'Q', 0x85}) {
      refused(new PickleBytes().raw(opcode).stop(), "byte 2 of data.pkl");
    }
    refused(new PickleBytes().raw('K', 1, '(', '0').stop(), "empty stack");
    refused(new PickleBytes().raw('h', 7).stop(), "recalls value 7");
    refused(new PickleBytes().raw('}', '(', 'N', 'u').stop(), "a key without a value");
    refused(new PickleBytes().raw('N', 'N').stop(), "values left");
    refused(new PickleBytes().stop(), "empty stack");
    refused(new byte[0], "1 bytes are read where 0 are left");
    refused(new PickleBytes().raw('X').int32(-1).stop(), "4294967295 bytes are read");
    refused(new PickleBytes().raw(0x8d).little(8, -1).stop(), "18446744073709551615 bytes");
    refused(new PickleBytes().raw(0x8b).int32(-5).stop(), "bytes are read");
    refused(new PickleBytes().raw('c').raw('x').stop(), "a name does not end");
    refused(new PickleBytes().raw('X').int32(1).raw(0xff).stop(), "not UTF-8");
    refused(new PickleBytes().raw(0x80, 9).stop(), "protocol 9");
  }

  @Test
  void whatIsNoStateDictIsRefused() throws IOException {
    refused(new PickleBytes().raw('K', 1).stop(), "holds a Long, not a state dict");
    refused(new PickleBytes().vector("0", 1).stop(), "holds a Tensor, not a state dict");
    refused(new PickleBytes().raw('}').stop(), "holds no tensors");
  }

  @Test
  @Timeout(60)
  void nestingAndLengthAreBoundedWithoutExhaustingStackOrHeap() throws IOException {
    refused(repeated('(', 5_000_000), "more than 1000000 opcodes");
    refused(repeated('}', 5_000_000), "more than 1000000 opcodes");
    // A tuple in a tuple in a tuple: legal, and of no use.
    ByteArrayOutputStream deep = new ByteArrayOutputStream();
    deep.write(')');
    deep.writeBytes(repeated(0x85, 900_000));
    deep.write('.');
    refused(deep.toByteArray(), "holds a Sequence, not a state dict");
    // A list and a dictionary inside themselves, and as their own keys.
    refused(new PickleBytes().raw(']', 'q', 0, 'h', 0, 'a').stop(), "holds a Sequence");
    refused(new PickleBytes().raw('}', 'q', 0, 'h', 0, 'h', 0, 's').stop(), "holds no tensors");
    refused(new byte[33 << 20], "its data.pkl has 34603008 bytes");
  }

  @Test
  @Timeout(120)
  void noMutationOfAPickleEndsInAnythingButDataOrARefusal() {
    Path path = Fixtures.golden("tiny_clip/epoch_3.pt");
    byte[] good = pickleOf(path);
    int refusals = 0;
    int all = Fuzz.times("pickle", 3000);
    for (int seed = 0; seed < all; seed++) {
      Random random = new Random(seed);
      byte[] bytes = good.clone();
      for (int changes = 1 + random.nextInt(6); changes > 0; changes--) {
        int at = 2 + random.nextInt(random.nextBoolean() ? 400 : bytes.length - 2);
        switch (random.nextInt(3)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes[at] = (byte) "(.01]})teausRbQhqcKMX\u0085".charAt(random.nextInt(22));
          default ->
              System.arraycopy(
                  good,
                  random.nextInt(good.length - 20),
                  bytes,
                  at - 2,
                  Math.min(20, bytes.length - at));
        }
      }
      try {
        Unpickler.run(path, ByteBuffer.wrap(bytes));
      } catch (InputException e) {
        refusals++;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
    }
    assertTrue(refusals > all * 2L / 5, "mutations that bite: " + refusals);
  }

  private static byte[] pickleOf(Path path) {
    try (BinaryFile file = BinaryFile.open(path)) {
      Map<String, ZipDirectory.Entry> entries = ZipDirectory.read(file).entries();
      String name =
          entries.keySet().stream().filter(n -> n.endsWith("/data.pkl")).findFirst().get();
      ZipDirectory.Entry entry = entries.get(name);
      byte[] bytes = new byte[(int) entry.size()];
      file.read(entry.begin(), bytes.length).get(bytes);
      return bytes;
    }
  }

  private static byte[] repeated(int opcode, int times) {
    byte[] bytes = new byte[times];
    Arrays.fill(bytes, (byte) opcode);
    return bytes;
  }

  /** A tensor 'x' over an archive whose storage '0' holds one float. */
  private void refusedTensor(
      String key, long storageElements, long offset, String problem, long... shapeAndStrides)
      throws IOException {
    long[] shape = new long[shapeAndStrides.length / 2];
    long[] strides = new long[shape.length];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = shapeAndStrides[2 * i];
      strides[i] = shapeAndStrides[2 * i + 1];
    }
    refused(
        new PickleBytes()
            .raw('}')
            .text("x")
            .tensor("FloatStorage", key, storageElements, offset, shape, strides)
            .raw('s')
            .stop(),
        problem);
  }

  private void refused(byte[] pickle, String problem) throws IOException {
    Path path = write(new TorchArchive(pickle).floats("0", 1).stored());
    InputException e = assertThrows(InputException.class, () -> TorchPickle.open(path));
    assertTrue(e.getMessage().contains(problem), e.getMessage());
    assertTrue(e.getMessage().contains("hostile.pt"), e.getMessage());
    assertFalse(e.getMessage().contains("\n"), e.getMessage());
  }

  private Path write(byte[] archive) throws IOException {
    return Files.write(folder.resolve("hostile.pt"), archive);
  }
}
