package io.github.anople.app.export;

import io.github.anople.core.tensorfile.DType;
import java.util.List;

/**
 * Products of fp32 numbers.
 *
 * @param weights the detector's
 * @param stored the type of the weights in the file: {@link DType#F32} or {@link DType#F16}
 */
record FloatProducts(Weights weights, DType stored) implements Products {

  @Override
  public String linear(GraphScope room, String x, String prefix, Rows rows) {
    String product = room.node("MatMul", "product", List.of(x, matrix(room, prefix + "weight")));
    String row = room.floats("bias", weights.get(prefix + "bias"));
    return room.node("Add", "sum", List.of(product, row));
  }

  /** {@code [in, out]} in fp32. */
  private String matrix(GraphScope room, String weight) {
    List<Long> shape = weights.shape(weight);
    String kept =
        room.later(
            "weight",
            stored,
            List.of(shape.get(1), shape.get(0)),
            () -> Weights.transposed(weights.get(weight)));
    return stored == DType.F32 ? kept : Products.cast(room, "weight_widened", kept, DType.F32);
  }
}
