package io.github.anople.lab.pretrain.trunk;

import io.github.anople.core.InputException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is needed of a TensorFlow Lite model: the operators of its first graph, and its constants.
 * Field numbers are those of {@code tensorflow/lite/schema/schema.fbs}, version 3.
 *
 * @param operators in the order of computation
 * @param tensors by number
 */
record TfliteModel(List<Operator> operators, List<Tensor> tensors) {

  /** Numbers of operators that are looked for. */
  static final int CONV_2D = 3;

  static final int DEPTHWISE_CONV_2D = 4;
  static final int DEQUANTIZE = 6;

  /** Number of a type. */
  static final int FLOAT16 = 1;

  private static final String TYPE = "TFL3";

  /**
   * One operator.
   *
   * @param code what it computes
   * @param inputs numbers of tensors
   * @param outputs numbers of tensors
   */
  record Operator(int code, List<Integer> inputs, List<Integer> outputs) {}

  /**
   * One tensor.
   *
   * @param name its name
   * @param type number of its type
   * @param shape its dimensions
   * @param bytes its numbers, little-endian; empty where they are computed
   */
  record Tensor(String name, int type, List<Integer> shape, ByteBuffer bytes) {}

  /**
   * Reads a model.
   *
   * @param where what messages call it
   * @param content its bytes
   * @throws InputException if it is damaged or none
   */
  static TfliteModel read(String where, byte[] content) {
    if (!FlatTable.isOfType(content, TYPE)) {
      throw new InputException(where, "is not a TensorFlow Lite model", "check the file");
    }
    try {
      return read(FlatTable.root(content));
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw new InputException(
          where, "is damaged (" + e.getMessage() + ")", "fetch the file again", e);
    }
  }

  private static TfliteModel read(FlatTable model) {
    List<Integer> codes = model.tables(1).stream().map(TfliteModel::code).toList();
    FlatTable graph = model.tables(2).get(0);
    List<FlatTable> buffers = model.tables(4);
    List<Operator> operators = new ArrayList<>();
    for (FlatTable operator : graph.tables(3)) {
      operators.add(
          new Operator(codes.get(operator.number(0, 0)), operator.numbers(1), operator.numbers(2)));
    }
    List<Tensor> tensors = new ArrayList<>();
    for (FlatTable tensor : graph.tables(0)) {
      tensors.add(
          new Tensor(
              tensor.text(3),
              tensor.small(1, 0),
              tensor.numbers(0),
              buffers.get(tensor.number(2, 0)).bytes(0)));
    }
    return new TfliteModel(operators, tensors);
  }

  /** The larger of the field of 8 bits, which older files have, and the one of 32. */
  private static int code(FlatTable operator) {
    return Math.max(operator.small(0, 0), operator.number(3, 0));
  }

  /** By the number of what a DEQUANTIZE puts out: the number of the constant that it widens. */
  Map<Integer, Integer> widened() {
    Map<Integer, Integer> sources = new HashMap<>();
    for (Operator operator : operators) {
      if (operator.code() == DEQUANTIZE) {
        sources.put(operator.outputs().get(0), operator.inputs().get(0));
      }
    }
    return sources;
  }
}
