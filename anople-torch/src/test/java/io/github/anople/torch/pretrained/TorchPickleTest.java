package io.github.anople.torch.pretrained;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.anople.core.Fixtures;
import io.github.anople.core.InputException;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.SafetensorsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TorchPickleTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"open_clip_pytorch_model.bin", "epoch_3.pt"})
  void theSameWeightsComeOutOfEveryFormatBitForBit(String name) {
    try (TorchPickle pickle = TorchPickle.open(Fixtures.golden("tiny_clip").resolve(name));
        SafetensorsFile expected =
            SafetensorsFile.open(Fixtures.golden("tiny_clip/open_clip_model.safetensors"))) {
      assertEquals(Set.copyOf(expected.names()), Set.copyOf(pickle.names()));
      for (String weight : expected.names()) {
        StoredTensor tensor = pickle.tensor(weight);
        assertEquals(expected.info(weight).shape(), tensor.shape(), weight);
        assertArrayEquals(bits(expected.floats(weight)), bits(pickle.floats(tensor)), weight);
        if (tensor.isContiguous()) {
          assertEquals(expected.bytes(weight), pickle.bytes(tensor), weight);
        }
      }
    }
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void sharedStoragesAndColumnMajorStridesAreSeenAsStored() {
    try (TorchPickle pickle = TorchPickle.open(Fixtures.golden("tiny_clip/epoch_3.pt"))) {
      StoredTensor projection = pickle.tensor("text_projection");
      assertEquals(List.of(1L, projection.shape().get(0)), projection.strides());
      assertFalse(projection.isContiguous());
      assertThrows(IllegalArgumentException.class, () -> pickle.bytes(projection));
      StoredTensor weight = pickle.tensor("ln_final.weight");
      StoredTensor bias = pickle.tensor("ln_final.bias");
      assertEquals(weight.storageBegin(), bias.storageBegin());
      assertEquals(weight.elements(), bias.elementOffset());
    }
  }

  @Test
  void anyStridesGiveTheElementsThatTheirIndicesName() throws IOException {
    float[] storage = new float[2000];
    for (int i = 0; i < storage.length; i++) {
      storage[i] = i;
    }
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      long[] shape = random.longs(1 + random.nextInt(4), 1, 6).toArray();
      long[] strides = random.longs(shape.length, 0, 40).toArray();
      int offset = random.nextInt(500);
      byte[] pickle =
          new PickleBytes()
              .raw('}')
              .text("x")
              .tensor("FloatStorage", "0", storage.length, offset, shape, strides)
              .raw('s')
              .stop();
      try (TorchPickle file = open(new TorchArchive(pickle).floats("0", storage))) {
        float[] values = file.floats(file.tensor("x"));
        for (int flat = 0; flat < values.length; flat++) {
          long expected = offset;
          long rest = flat;
          for (int d = shape.length - 1; d >= 0; d--) {
            expected += rest % shape[d] * strides[d];
            rest /= shape[d];
          }
          assertEquals(storage[(int) expected], values[flat], "seed " + seed);
        }
      }
    }
  }

  @Test
  void emptyTensorsAndScalarsAreTensors() throws IOException {
    byte[] pickle =
        new PickleBytes()
            .raw('}', '(')
            .text("empty")
            .tensor("FloatStorage", "0", 2, 0, new long[] {0, 3}, new long[] {3, 1})
            .text("scalar")
            .tensor("FloatStorage", "0", 2, 1, new long[0], new long[0])
            .raw('u')
            .stop();
    try (TorchPickle file = open(new TorchArchive(pickle).floats("0", 1, 2))) {
      assertEquals(0, file.floats(file.tensor("empty")).length);
      assertArrayEquals(new float[] {2}, file.floats(file.tensor("scalar")));
    }
  }

  @Test
  void everyStorageTypeIsKnown() throws IOException {
    List<String> names =
        List.of(
            "Bool", "Byte", "Char", "Short", "Int", "Long", "Half", "BFloat16", "Float", "Double");
    List<DType> types =
        List.of(
            DType.BOOL,
            DType.U8,
            DType.I8,
            DType.I16,
            DType.I32,
            DType.I64,
            DType.F16,
            DType.BF16,
            DType.F32,
            DType.F64);
    for (int i = 0; i < names.size(); i++) {
      byte[] pickle =
          new PickleBytes()
              .raw('}')
              .text("x")
              .tensor(
                  names.get(i) + "Storage",
                  "0",
                  8 / types.get(i).byteSize(),
                  0,
                  new long[] {1},
                  new long[] {1})
              .raw('s')
              .stop();
      try (TorchPickle file = open(new TorchArchive(pickle).entry("data/0", new byte[8]))) {
        StoredTensor tensor = file.tensor("x");
        assertEquals(types.get(i), tensor.dtype());
        if (tensor.dtype().isFloating()) {
          assertArrayEquals(new float[1], file.floats(tensor));
        } else {
          assertThrows(InputException.class, () -> file.floats(tensor));
        }
      }
    }
  }

  @Test
  void aTrainingCheckpointGivesItsStateDictAndNothingElse() throws IOException {
    PickleBytes pickle = new PickleBytes().raw('}', '(');
    pickle.text("epoch").raw('K', 3);
    pickle.text("best").global("numpy.core.multiarray", "scalar").raw('(');
    pickle.global("numpy", "dtype").raw('(').text("f8").raw(0x89, 0x88, 't', 'R', '(');
    pickle.raw('K', 3).text("<").raw('N', 't', 'b'); // the state of the numpy type
    pickle.raw('C', 2, 0, 0, 't', 'R');
    pickle.text("device").global("torch", "device").text("cuda").raw('K', 0, 0x86, 'R');
    pickle.text("big").raw(0x8a, 20).raw(new int[20]);
    pickle.text("optimizer").raw('}').text("exp_avg").vector("1", 1).raw('s');
    pickle.text("state_dict").orderedDict().raw('(');
    pickle.text("module.a").vector("0", 2);
    pickle.text("module.b").global("torch._utils", "_rebuild_parameter").raw('(');
    pickle.vector("0", 2).raw(0x88).orderedDict().raw('t', 'R');
    pickle.text("module.count").raw('K', 1).raw('u', 'u');
    try (TorchPickle file =
        open(new TorchArchive(pickle.stop()).floats("0", 5, 6).floats("1", 7))) {
      assertEquals(List.of("a", "b"), file.names());
      assertArrayEquals(new float[] {5, 6}, file.floats(file.tensor("b")));
      assertFalse(file.contains("exp_avg"));
    }
  }

  @Test
  void aPrefixThatOnlySomeNamesHaveStays() throws IOException {
    byte[] pickle =
        new PickleBytes()
            .raw('}', '(')
            .text("module.a")
            .vector("0", 1)
            .text("b")
            .vector("0", 1)
            .raw('u')
            .stop();
    try (TorchPickle file = open(new TorchArchive(pickle).floats("0", 1))) {
      assertEquals(List.of("module.a", "b"), file.names());
    }
  }

  @Test
  void theFormsOfProtocolFourAreRead() throws IOException {
    PickleBytes pickle = new PickleBytes().raw(0x80, 4, 0x95).little(8, 99).raw('}');
    pickle.shortText("x").raw(0x94); // memo 0
    pickle.shortText("torch._utils").shortText("_rebuild_tensor_v2").raw(0x93, 0x94); // memo 1
    pickle.raw('(', '(').shortText("storage").shortText("torch").shortText("FloatStorage");
    pickle.raw(0x93).shortText("0").shortText("cpu").raw('K', 2, 't', 'Q', 'K', 0);
    pickle.global("torch", "Size").raw(']').raw('K', 2, 'a', 0x85, 'R');
    pickle.raw('K', 1, 0x85, 0x89, 'N', 't', 'R', 's', 'h', 0, '0').raw('h', 1, '0');
    try (TorchPickle file = open(new TorchArchive(pickle.stop()).floats("0", 3, 4))) {
      assertArrayEquals(new float[] {3, 4}, file.floats(file.tensor("x")));
    }
  }

  @Test
  void littleEndianIsReadAndBigEndianRefused() throws IOException {
    byte[] pickle = new PickleBytes().raw('}').text("x").vector("0", 1).raw('s').stop();
    TorchArchive archive = new TorchArchive(pickle).floats("0", 9);
    try (TorchPickle file = open(archive.entry("byteorder", "little"))) {
      assertEquals(List.of("x"), file.names());
    }
    archive.entry("byteorder", "big");
    InputException e = assertThrows(InputException.class, () -> open(archive));
    assertTrue(e.getMessage().contains("byte order 'big'"), e.getMessage());
  }

  @Test
  void anAbsentTensorIsRefusedByName() {
    try (TorchPickle file = TorchPickle.open(Fixtures.golden("tiny_clip/epoch_3.pt"))) {
      InputException e = assertThrows(InputException.class, () -> file.tensor("no such"));
      assertTrue(e.getMessage().contains("'no such'"), e.getMessage());
    }
  }

  private TorchPickle open(TorchArchive archive) throws IOException {
    Path path = folder.resolve("x.pt");
    Files.write(path, archive.stored());
    return TorchPickle.open(path);
  }
}
