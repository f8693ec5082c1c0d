package io.github.anople.export;

import static io.github.anople.export.Attributes.integer;

import io.github.anople.core.tensorfile.DType;
import java.util.List;

/**
 * How the encoder's blocks multiply: in fp32, in fp16 between two additions, or in 8 bits.
 *
 * <p>The residual stream and layer normalisation are fp32 in all of them, as in libtorch's bf16.
 */
interface Products {

  /** The type of what lies between two additions to the residual stream. */
  DType inner();

  /** The type in which other weights are stored. */
  DType stored();

  /**
   * The affine map y = x Wᵀ + b.
   *
   * @param room where it stands; the map is named after it
   * @param x {@code [..., in]} of the inner type
   * @param weight name of W, {@code [out, in]}
   * @param bias name of b, {@code [out]}
   * @return {@code [..., out]} of the inner type
   */
  String linear(Room room, String x, String weight, String bias);

  /** From the residual stream to the inner type. */
  default String enter(Room room, String x) {
    return inner() == DType.F32 ? x : cast(room, "to_inner", x, inner());
  }

  /** From the inner type to the residual stream. */
  default String leave(Room room, String x) {
    return inner() == DType.F32 ? x : cast(room, "to_residual", x, DType.F32);
  }

  /** Converts values. */
  static String cast(Room room, String part, String x, DType to) {
    return room.node("Cast", part, List.of(x), integer("to", OnnxGraph.elementType(to)));
  }
}
