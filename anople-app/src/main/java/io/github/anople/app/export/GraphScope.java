package io.github.anople.app.export;

import ai.onnx.proto.OnnxMl.AttributeProto;
import io.github.anople.core.tensorfile.DType;
import io.github.anople.core.tensorfile.FloatTensor;
import io.github.anople.core.tensorfile.TensorSource;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A part of a graph, named after the room of the program that computes the same: a viewer shows
 * where a node comes from.
 *
 * @param graph the whole
 * @param name for example {@code clip.vision.layer3.attention}
 */
record GraphScope(OnnxGraph graph, String name) {

  /** A room inside this one. */
  GraphScope room(String part) {
    return new GraphScope(graph, name + "." + part);
  }

  /** A node of this room; returns its output. */
  String node(String type, String part, List<String> inputs, AttributeProto... attributes) {
    return graph.node(type, path(part), inputs, attributes);
  }

  /** A node of this room with several outputs, which are named {@code part.output}. */
  List<String> nodes(
      String type,
      String part,
      List<String> inputs,
      List<String> outputs,
      AttributeProto... attributes) {
    List<String> named = new ArrayList<>();
    outputs.forEach(output -> named.add(path(part) + "." + output));
    return graph.node(type, path(part), inputs, named, attributes);
  }

  /** A constant of fp32 numbers. */
  String floats(String part, FloatTensor tensor) {
    return floats(part, DType.F32, tensor);
  }

  /** A constant of floating-point numbers. */
  String floats(String part, DType type, FloatTensor tensor) {
    return graph.constant(TensorSource.of(path(part), type, tensor.shape(), tensor.values()));
  }

  /** One fp32 number. */
  String number(String part, double value) {
    return floats(part, new FloatTensor(List.of(), new float[] {(float) value}));
  }

  /** A row of whole numbers, as shapes and positions are given. */
  String integers(String part, long... values) {
    return graph.constant(
        new TensorSource(
            path(part),
            DType.I64,
            List.of((long) values.length),
            () -> {
              ByteBuffer bytes = littleEndian(Long.BYTES * values.length);
              bytes.asLongBuffer().put(values);
              return bytes;
            }));
  }

  /** One whole number, without a dimension. */
  String integer(String part, long value) {
    return graph.constant(
        new TensorSource(
            path(part), DType.I64, List.of(), () -> littleEndian(Long.BYTES).putLong(0, value)));
  }

  /** A constant of floating-point numbers that are made when they are written. */
  String later(String part, DType type, List<Long> shape, Supplier<FloatTensor> values) {
    String path = path(part);
    return graph.constant(
        new TensorSource(
            path,
            type,
            shape,
            () -> TensorSource.of(path, type, shape, values.get().values()).bytes().get()));
  }

  /** A constant of signed 8-bit numbers that are made when they are written. */
  String laterBytes(String part, List<Long> shape, Supplier<byte[]> values) {
    return graph.constant(
        new TensorSource(path(part), DType.I8, shape, () -> ByteBuffer.wrap(values.get())));
  }

  private String path(String part) {
    return name + "." + part;
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
