package io.github.anople.export;

import static io.github.anople.export.Attributes.integer;

import io.github.anople.core.tensorfile.DType;
import java.util.List;

/** How the encoder's blocks multiply: in fp32, or in 8 bits. Everything between is fp32. */
interface Products {

  /** The type in which other weights are stored; they are widened to fp32 when they are read. */
  DType stored();

  /**
   * The affine map y = x Wᵀ + b.
   *
   * @param room where it stands; the map is named after it
   * @param x {@code [..., in]}
   * @param weight name of W, {@code [out, in]}
   * @param bias name of b, {@code [out]}
   * @return {@code [..., out]}
   */
  String linear(Room room, String x, String weight, String bias);

  /** Converts values. */
  static String cast(Room room, String part, String x, DType to) {
    return room.node("Cast", part, List.of(x), integer("to", OnnxGraph.elementType(to)));
  }
}
