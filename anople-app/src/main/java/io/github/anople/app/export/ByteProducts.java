package io.github.anople.app.export;

import io.github.anople.core.tensorfile.DType;
import java.util.List;
import java.util.Set;

/**
 * Products of bytes: weights by column in 7 bits, activations in 8 by the range that they turn out
 * to have in each picture (dynamic quantisation), the result in fp32.
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

  /**
   * With bytes a of scale s and zero point z, one of each for a picture, and weights t q: Σ s (a −
   * z) t q = s t Σ a q − z s t Σ q. Runtimes know no zero point of a picture, so it is taken off
   * the sum.
   */
  String quantized(GraphScope room, String x, String prefix) {
    QuantizedMatrix matrix = QuantizedMatrix.scales(weights.get(prefix + "weight"));
    GraphScope input = room.room("input");
    ByteRange range = ByteRange.of(input, x);
    String zero =
        room.laterBytes("weight_zero", List.of(), () -> new byte[] {QuantizedMatrix.ZERO_POINT});
    String product =
        room.node(
            "MatMulInteger",
            "product_int32",
            List.of(range.bytes(input, x), bytes(room, prefix, matrix), "", zero));
    String numbers = Products.cast(room, "product_fp32", product, DType.F32);
    // [images, 1] and [out] to [images, out].
    String axis = room.integers("after_images", 1);
    String inputScale = room.node("Unsqueeze", "input_scale", List.of(range.scale(), axis));
    String inputZero = room.node("Unsqueeze", "input_zero", List.of(range.zero(), axis));
    String weightScale = room.floats("weight_scale", matrix.scaleRow());
    String scale = room.node("Mul", "scale", List.of(inputScale, weightScale));
    String zeros = room.node("Mul", "zeros", List.of(inputZero, sums(room, prefix, matrix)));
    String tooMuch = room.node("Mul", "too_much", List.of(zeros, scale));
    String bias = room.floats("bias_fp32", weights.get(prefix + "bias"));
    String rest = room.node("Sub", "rest", List.of(bias, tooMuch));
    String scaleOfRows = room.node("Unsqueeze", "scale_of_rows", List.of(scale, axis));
    String restOfRows = room.node("Unsqueeze", "rest_of_rows", List.of(rest, axis));
    String scaled = room.node("Mul", "product_scaled", List.of(numbers, scaleOfRows));
    return room.node("Add", "sum_int8", List.of(scaled, restOfRows));
  }

  /** q as it is stored, {@code [in, out]}. */
  private String bytes(GraphScope room, String prefix, QuantizedMatrix matrix) {
    String weight = prefix + "weight";
    List<Long> shape = weights.shape(weight);
    return room.laterBytes(
        "weight_int8",
        List.of(shape.get(1), shape.get(0)),
        () -> matrix.columns(weights.get(weight)));
  }

  /** Σ q, {@code [out]}. */
  private String sums(GraphScope room, String prefix, QuantizedMatrix matrix) {
    String weight = prefix + "weight";
    return room.later(
        "weight_sum",
        DType.F32,
        List.of(weights.shape(weight).get(0)),
        () -> matrix.sums(weights.get(weight)));
  }
}
