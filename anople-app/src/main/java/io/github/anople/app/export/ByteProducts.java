package io.github.anople.app.export;

import io.github.anople.core.tensorfile.DType;
import java.util.List;
import java.util.Set;

/**
 * Products of bytes: weights by column in 7 bits, activations in 8 by the range that they turn out
 * to have (dynamic quantisation), the result in fp32.
 *
 * @param weights the detector's
 * @param floating names of the maps that stay in floating point
 * @param inFloat computes those
 */
record ByteProducts(Weights weights, Set<String> floating, FloatProducts inFloat)
    implements Products {

  /** In 8 bits but for some maps, whose weights are stored in fp16. */
  static ByteProducts but(Weights weights, Set<String> floating) {
    return new ByteProducts(weights, floating, new FloatProducts(weights, DType.F16));
  }

  /** All in 8 bits. */
  static ByteProducts everywhere(Weights weights) {
    return but(weights, Set.of());
  }

  @Override
  public DType stored() {
    return DType.F16;
  }

  @Override
  public String linear(GraphScope room, String x, String prefix, Rows rows) {
    return floating.contains(room.name())
        ? inFloat.linear(room, x, prefix, rows)
        : quantized(room, x, prefix);
  }

  String quantized(GraphScope room, String x, String prefix) {
    String weight = prefix + "weight";
    QuantizedMatrix matrix = QuantizedMatrix.scales(weights.get(weight));
    List<Long> shape = weights.shape(weight);
    String bytes =
        room.laterBytes(
            "weight_int8",
            List.of(shape.get(1), shape.get(0)),
            () -> matrix.columns(weights.get(weight)));
    String zero =
        room.laterBytes("weight_zero", List.of(), () -> new byte[] {QuantizedMatrix.ZERO_POINT});
    String scales = room.floats("weight_scale", matrix.scaleRow());
    List<String> input =
        room.nodes("DynamicQuantizeLinear", "input", List.of(x), List.of("bytes", "scale", "zero"));
    String product =
        room.node(
            "MatMulInteger", "product_int32", List.of(input.get(0), bytes, input.get(2), zero));
    String scale = room.node("Mul", "scale", List.of(input.get(1), scales));
    String numbers = Products.cast(room, "product_fp32", product, DType.F32);
    String scaled = room.node("Mul", "product_scaled", List.of(numbers, scale));
    String row = room.floats("bias_fp32", weights.get(prefix + "bias"));
    return room.node("Add", "sum_int8", List.of(scaled, row));
  }
}
