package io.github.anople.app.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.TensorSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A graph that is being built: nodes in the order of computation, and constants that are made when
 * they are written.
 */
final class OnnxGraph {

  private final GraphProto.Builder graph;
  private final List<TensorSource> constants = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  OnnxGraph(String name) {
    this.graph = GraphProto.newBuilder().setName(name);
  }

  /** Nodes, inputs and outputs, without the constants. */
  GraphProto proto() {
    return graph.build();
  }

  /** In the order in which they were added. */
  List<TensorSource> constants() {
    return List.copyOf(constants);
  }

  /** A place in the graph whose values carry its name. */
  GraphScope room(String name) {
    return new GraphScope(this, name);
  }

  /** Declares an input. A dimension is a number, or a name where it is left open. */
  String input(String name, DType type, String... dimensions) {
    graph.addInput(value(name, type, dimensions));
    return claim(name);
  }

  /** Declares that a value is an output. */
  void output(String name, DType type, String... dimensions) {
    graph.addOutput(value(name, type, dimensions));
  }

  /** Adds a constant; returns its name. */
  String constant(TensorSource source) {
    constants.add(source);
    return claim(source.name());
  }

  /** Declares an input of one number that a caller may leave out. */
  String optionalInput(String name, float standard) {
    constants.add(TensorSource.of(name, List.of(), new float[] {standard}));
    return input(name, DType.F32);
  }

  /** Declares an input of some numbers that a caller may leave out. */
  String optionalInput(String name, List<Float> standard) {
    float[] values = new float[standard.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = standard.get(i);
    }
    constants.add(TensorSource.of(name, List.of((long) values.length), values));
    return input(name, DType.F32, Integer.toString(values.length));
  }

  /** Adds an operator with one output, which is named as the node is. */
  String node(String type, String name, List<String> inputs, AttributeProto... attributes) {
    return node(type, name, inputs, List.of(name), attributes).get(0);
  }

  /** Adds an operator. */
  List<String> node(
      String type,
      String name,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    outputs.forEach(this::claim);
    graph.addNode(
        NodeProto.newBuilder()
            .setOpType(type)
            .setName(name)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(List.of(attributes)));
    return outputs;
  }

  private String claim(String name) {
    if (!names.add(name)) {
      throw new IllegalStateException("two values are called " + name);
    }
    return name;
  }

  private static ValueInfoProto value(String name, DType type, String... dimensions) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (String dimension : dimensions) {
      TensorShapeProto.Dimension.Builder one = shape.addDimBuilder();
      if (Character.isDigit(dimension.charAt(0))) {
        one.setDimValue(Long.parseLong(dimension));
      } else {
        one.setDimParam(dimension);
      }
    }
    TypeProto.Tensor.Builder tensor =
        TypeProto.Tensor.newBuilder().setElemType(elementType(type)).setShape(shape);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(tensor))
        .build();
  }

  /** ONNX's number of a type. */
  static int elementType(DType type) {
    TensorProto.DataType named =
        switch (type) {
          case BOOL -> TensorProto.DataType.BOOL;
          case U8 -> TensorProto.DataType.UINT8;
          case I8 -> TensorProto.DataType.INT8;
          case I32 -> TensorProto.DataType.INT32;
          case I64 -> TensorProto.DataType.INT64;
          case F16 -> TensorProto.DataType.FLOAT16;
          case F32 -> TensorProto.DataType.FLOAT;
          default -> throw new IllegalArgumentException("a graph cannot hold " + type);
        };
    return named.getNumber();
  }
}
