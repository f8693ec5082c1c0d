package io.github.anople.lab.pretrain.trunk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.flatbuffers.FlatBufferBuilder;
import io.github.anople.core.InputException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TfliteModelTest {

  private static final byte[] HALVES = {0, 0x3c, 0, (byte) 0xc0}; // 1 and -2

  @Test
  void operatorsAndConstantsAreRead() {
    TfliteModel model = TfliteModel.read("tiny", tiny("TFL3"));
    assertEquals(
        List.of(
            new TfliteModel.Operator(TfliteModel.DEQUANTIZE, List.of(0), List.of(1)),
            new TfliteModel.Operator(TfliteModel.CONV_2D, List.of(2, 1), List.of(2))),
        model.operators());
    TfliteModel.Tensor kernels = model.tensors().get(0);
    assertEquals("kernels", kernels.name());
    assertEquals(TfliteModel.FLOAT16, kernels.type());
    assertEquals(List.of(2, 1), kernels.shape());
    assertEquals(ByteBuffer.wrap(HALVES), kernels.bytes());
    assertEquals(0, model.tensors().get(1).bytes().remaining());
    assertEquals(Map.of(1, 0), model.widened());
  }

  @Test
  void anotherFileIsRefused() {
    for (byte[] content : new byte[][] {{}, new byte[100], tiny("TFL9")}) {
      InputException fault =
          assertThrows(InputException.class, () -> TfliteModel.read("other", content));
      assertEquals("is not a TensorFlow Lite model", fault.problem());
    }
  }

  /** Cut anywhere, or with any byte changed, a file is read or refused, and nothing else. */
  @Test
  void aDamagedFileIsRefusedByItsName() {
    byte[] whole = tiny("TFL3");
    InputException cut =
        assertThrows(InputException.class, () -> TfliteModel.read("cut", Arrays.copyOf(whole, 20)));
    assertTrue(cut.problem().startsWith("is damaged"), cut.getMessage());
    for (int i = 8; i < whole.length; i++) {
      byte[] changed = whole.clone();
      changed[i] ^= 0x7f;
      try {
        TfliteModel.read("changed", changed);
      } catch (InputException e) {
        assertEquals("changed", e.where());
      }
    }
  }

  @Test
  void aModelOfOtherLayersIsRefused() {
    TfliteModel model = TfliteModel.read("tiny", tiny("TFL3"));
    InputException fault =
        assertThrows(InputException.class, () -> new TrunkConversion("tiny", model).weights());
    assertTrue(fault.problem().contains("Conv"), fault.getMessage());
  }

  /** A constant of two halves, widened, and a convolution with it. */
  private static byte[] tiny(String type) {
    FlatBufferBuilder builder = new FlatBufferBuilder();
    int data = builder.createByteVector(HALVES);
    int[] buffers = {table(builder, 1, 0, 0), table(builder, 1, 0, data)};
    int[] tensors = {
      tensor(builder, "kernels", new int[] {2, 1}, TfliteModel.FLOAT16, 1),
      tensor(builder, "widened", new int[] {2, 1}, 0, 0),
      tensor(builder, "image", new int[] {1}, 0, 0)
    };
    int[] operators = {
      operator(builder, 0, new int[] {0}, new int[] {1}),
      operator(builder, 1, new int[] {2, 1}, new int[] {2})
    };
    int[] codes = {code(builder, TfliteModel.DEQUANTIZE), code(builder, TfliteModel.CONV_2D)};
    int ofTensors = builder.createVectorOfTables(tensors);
    int ofOperators = builder.createVectorOfTables(operators);
    builder.startTable(4);
    builder.addOffset(0, ofTensors, 0);
    builder.addOffset(3, ofOperators, 0);
    int graphs = builder.createVectorOfTables(new int[] {builder.endTable()});
    int ofCodes = builder.createVectorOfTables(codes);
    int ofBuffers = builder.createVectorOfTables(buffers);
    builder.startTable(5);
    builder.addInt(0, 3, 0);
    builder.addOffset(1, ofCodes, 0);
    builder.addOffset(2, graphs, 0);
    builder.addOffset(4, ofBuffers, 0);
    builder.finish(builder.endTable(), type);
    return builder.sizedByteArray();
  }

  private static int table(FlatBufferBuilder builder, int fields, int field, int offset) {
    builder.startTable(fields);
    builder.addOffset(field, offset, 0);
    return builder.endTable();
  }

  private static int tensor(
      FlatBufferBuilder builder, String name, int[] shape, int type, int buffer) {
    int ofName = builder.createString(name);
    int ofShape = numbers(builder, shape);
    builder.startTable(4);
    builder.addOffset(0, ofShape, 0);
    builder.addByte(1, (byte) type, 0);
    builder.addInt(2, buffer, 0);
    builder.addOffset(3, ofName, 0);
    return builder.endTable();
  }

  private static int operator(FlatBufferBuilder builder, int code, int[] inputs, int[] outputs) {
    int ofInputs = numbers(builder, inputs);
    int ofOutputs = numbers(builder, outputs);
    builder.startTable(3);
    builder.addInt(0, code, 0);
    builder.addOffset(1, ofInputs, 0);
    builder.addOffset(2, ofOutputs, 0);
    return builder.endTable();
  }

  /** The dequantising one by the field of 8 bits, the other by that of 32. */
  private static int code(FlatBufferBuilder builder, int code) {
    builder.startTable(4);
    if (code == TfliteModel.DEQUANTIZE) {
      builder.addByte(0, (byte) code, 0);
    } else {
      builder.addInt(3, code, 0);
    }
    return builder.endTable();
  }

  private static int numbers(FlatBufferBuilder builder, int[] values) {
    builder.startVector(Integer.BYTES, values.length, Integer.BYTES);
    for (int i = values.length - 1; i >= 0; i--) {
      builder.addInt(values[i]);
    }
    return builder.endVector();
  }
}
